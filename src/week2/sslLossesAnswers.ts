import type {Verify} from "../components/ui/verify.js";
import {infoNce, infoNceGradient, states} from "./sslLosses/formulas.js";

const number = (ask: string, expected: number, within = 1e-3): Verify => ({kind: "number", ask, expected, within});

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-first": number("loss (nats)", states.collapsed(128), 2e-3),
  "ex-queue": number("loss (nats)", Math.log(1025), 2e-3),
  "ex-two": number("loss (nats)", infoNce([0.8, 0.2], 0.2), 5e-4),
  "ex-ratio": number("times as hard", Math.exp(0.3 / 0.1), 0.05),
  "ex-pull": number("slope by the positive's similarity", infoNceGradient([0.8, 0.2], 0.2)[0], 1e-3),
  "ex-floor": number("loss (nats)", states.simplex(2, 0.5), 5e-4),
  "ex-half": {
    kind: "choice",
    ask: "Multiplying all projections by 10",
    options: ["divides the temperature by 100", "leaves the loss as it is", "multiplies the gradient by 10"],
    correct: 1
  },
  "ex-code": {
    kind: "code",
    ask: "NT-Xent of a table of similarities",
    start:
      "// s[i][k]: cosines of 2N views, rows 0 … N − 1 first views, N … 2N − 1 second ones; partner of i is (i + N) % 2N.\nfunction ntXent(s, tau) {\n  return 0;\n}",
    cases: [
      {args: [[[1, 1], [1, 1]], 0.5], expected: 0, within: 1e-9}, // prettier-ignore
      {args: [Array.from({length: 4}, () => [1, 1, 1, 1]), 0.1], expected: Math.log(3), within: 1e-9}, // prettier-ignore
      {args: [[[1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1]], 0.5], expected: states.orthogonal(2, 0.5), within: 1e-9} // prettier-ignore
    ]
  }
};
