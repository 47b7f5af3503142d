import type {Verify} from "../components/ui/verify.js";

const number = (ask: string, expected: number, within?: number): Verify => ({kind: "number", ask, expected, within});

const start = `// gradient(theta): a list; theta and v: lists of the same length. Gives the Hessian times v, with h = 1e-5.
function hessianTimes(theta, v) {
  const gradient = (x) => x.map((value, i) => (i + 1) * value ** 3);
  return v;
}`;

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-lucky": number("points", 1.16296 * 0.4, 0.01),
  "ex-memory": number("numbers a parameter", 2, 0),
  "ex-shrink": number("factor", (1 - 0.003 * 0.05) ** 1000, 2e-3),
  "ex-products": number("products", Math.ceil(Math.log(1e-4) / Math.log(0.9 ** 2)), 1),
  "ex-rate": number("η", 2 / 40, 1e-6),
  "ex-fair": {
    kind: "choice",
    ask: "Which of the two is better is shown by",
    options: ["nothing in this sentence", "the larger number", "the lower training loss"],
    correct: 0
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
