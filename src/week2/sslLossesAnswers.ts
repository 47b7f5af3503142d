import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {debiased, decoupled, infoNce, infoNceGradient, ntXent, states} from "./sslLosses/formulas.js";

const [right, flat] = [[[1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1]], Array.from({length: 4}, () => [1, 1, 1, 1])]; // prettier-ignore
const mixed = [[1, 0.2, 0.7, -0.3], [0.2, 1, 0.1, 0.5], [0.7, 0.1, 1, 0], [-0.3, 0.5, 0, 1]]; // prettier-ignore

/** Three pairs of unit vectors; the first image's views are opposite. */
const directions = [[1, 0], [0.6, 0.8], [0, 1], [-1, 0], [0.8, 0.6], [0.6, 0.8]]; // prettier-ignore
const long = directions.map((row) => row.map((x) => 3 * x));

/** A loss in float32 that becomes NaN: for the reader to find out why. */
const fragile = `// z: rows of 2N views, first views then second ones. As a float32 kernel computes it; find what makes it NaN or infinite.
function ntXent(z, tau) {
  const f = Math.fround, n = z.length;
  const dot = (a, b) => a.reduce((sum, x, d) => f(sum + x * b[d]), 0);
  let loss = 0;
  for (let i = 0; i < n; ++i) {
    const e = z.map((row) => f(Math.exp(f(dot(z[i], row) / tau))));
    const below = e.reduce((sum, x, k) => f(sum + x * (k === i ? 0 : 1)), 0);
    loss -= Math.log(f(e[(i + n / 2) % n] / below)) / n;
  }
  return loss;
}`;

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-first": number("loss (nats)", states.collapsed(128), 2e-3),
  "ex-queue": number("loss (nats)", Math.log(1025), 2e-3),
  "ex-two": number("loss (nats)", infoNce([0.8, 0.2], 0.2), 5e-4),
  "ex-ratio": number("times as hard", Math.exp(0.3 / 0.1), 0.05),
  "ex-pull": number("slope by the positive's similarity", infoNceGradient([0.8, 0.2], 0.2)[0], 1e-3),
  "ex-floor": number("loss (nats)", states.simplex(2, 0.5), 5e-4),
  "ex-half": choice(
    "Multiplying all projections by 10",
    1,
    "divides the temperature by 100",
    "leaves the loss as it is",
    "multiplies the gradient by 10"
  ),
  "ex-code": {
    kind: "code",
    ask: "NT-Xent of a table of similarities",
    start:
      "// s[i][k]: cosines of 2N views, rows 0 … N − 1 first views, N … 2N − 1 second ones; partner of i is (i + N) % 2N.\nfunction ntXent(s, tau) {\n  return 0;\n}",
    cases: [
      {args: [[[1, 1], [1, 1]], 0.5], expected: 0, within: 1e-9}, // prettier-ignore
      {args: [flat, 0.1], expected: Math.log(3), within: 1e-9},
      {args: [right, 0.5], expected: states.orthogonal(2, 0.5), within: 1e-9}
    ]
  },
  "ex-decoupled": {
    kind: "code",
    ask: "the decoupled loss of a table of similarities",
    start:
      "// s and tau as in exercise 8; the partner of i is (i + N) % 2N and does not stand below the line.\nfunction decoupled(s, tau) {\n  return 0;\n}",
    cases: [flat, right, mixed].map((s) => ({args: [s, 0.5], expected: decoupled(s, 0.5), within: 1e-9}))
  },
  "ex-false-negatives": {
    kind: "code",
    ask: "InfoNCE of one query with strangers corrected for a share ρ of its own kind",
    start:
      "// s[0]: similarity to the partner; s[1], …, s[K]: to the strangers.\nfunction debiased(s, tau, rho) {\n  return 0;\n}",
    cases: (
      [
        [[0.8, 0.5, 0.1, -0.2], 0.5, 0],
        [[0.8, 0.5, 0.1, -0.2], 0.5, 0.1],
        [[0.9, 0.9, 0.3, 0.2, 0, -0.1, -0.4], 0.2, 1 / 6],
        [[0.9, -0.5, -0.6], 0.1, 0.2]
      ] as [number[], number, number][]
    ).map((args) => ({args, expected: debiased(...args), within: 1e-9}))
  },
  "ex-nan": {
    kind: "code",
    ask: "the same loss, finite for every z and τ",
    start: fragile,
    cases: (
      [
        [directions, 0.07],
        [long, 0.07],
        [directions, 0.01],
        [long, 0.005]
      ] as [number[][], number][]
    ).map(([z, tau]) => ({args: [z, tau], expected: ntXent(z, tau), within: 1e-3}))
  },
  "ex-length": number("largest length", Math.sqrt(0.07 * 128 * Math.LN2), 5e-3)
};
