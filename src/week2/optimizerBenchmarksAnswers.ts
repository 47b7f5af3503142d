import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";

const start = `// gradient(theta): a list; theta and v: lists of the same length. Gives the Hessian times v, with h = 1e-5.
function hessianTimes(theta, v) {
  const gradient = (x) => x.map((value, i) => (i + 1) * value ** 3);
  return v;
}`;

const startMuon = `// G: a matrix as a list of rows. Gives U Vᵀ of G = U Σ Vᵀ.
function orthogonalised(G) {
  return G;
}`;

/** The orthogonal factor of a 2 × 2 matrix with a positive determinant: the rotation nearest to it. */
function nearestRotation([[a, b], [c, d]]: number[][]): number[][] {
  const size = Math.hypot(a + d, c - b);
  return [[(a + d) / size, (b - c) / size], [(c - b) / size, (a + d) / size]]; // prettier-ignore
}

const [shear, turn] = [[[2, 1], [0, 1]], [[0.3, -2], [1, 0.1]]]; // prettier-ignore

/** Points of held-out accuracy, from the records of SGD at 0.1 and at 0.01. */
export const costOfSharedRate = 16.1;

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-lucky": number("points", 1.16296 * 0.4, 0.01),
  "ex-memory": number("numbers a parameter", 2, 0),
  "ex-shrink": number("factor", (1 - 0.003 * 0.05) ** 1000, 2e-3),
  "ex-products": number("products", Math.ceil(Math.log(1e-4) / Math.log(0.9 ** 2)), 1),
  "ex-rate": number("η", 2 / 40, 1e-6),
  "ex-fair": choice(
    "Which of the two is better is shown by",
    0,
    "nothing in this sentence",
    "the larger number",
    "the lower training loss"
  ),
  "ex-unit": number("SGD's rate", 0.1 / 128, 1e-5),
  "ex-shared": number("points", costOfSharedRate, 0.3),
  "ex-muon": {
    kind: "code",
    ask: "The orthogonal factor",
    start: startMuon,
    cases: [
      {args: [[[3, 0], [0, 0.5]]], expected: [[1, 0], [0, 1]], within: 1e-6}, // prettier-ignore
      {args: [shear], expected: nearestRotation(shear), within: 1e-6},
      {args: [turn], expected: nearestRotation(turn), within: 1e-6},
      {args: [[[3, 4]]], expected: [[0.6, 0.8]], within: 1e-6}
    ]
  },
  "ex-hvp": {
    kind: "code",
    ask: "A Hessian-vector product from two gradients",
    start,
    cases: [
      {args: [[1, 1], [1, 0]], expected: [3, 0], within: 1e-6}, // prettier-ignore
      {args: [[2, -1], [0.5, 2]], expected: [6, 12], within: 1e-6}, // prettier-ignore
      {args: [[0, 0, 1], [1, 1, 1]], expected: [0, 0, 9], within: 1e-6} // prettier-ignore
    ]
  }
};
