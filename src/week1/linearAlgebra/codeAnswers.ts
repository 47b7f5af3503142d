import {jvp} from "../../components/math/dual.js";
import type {Vector} from "../../components/math/matrix.js";
import {randomMatrix, randomVector} from "../../components/math/randomMatrix.js";
import {rng} from "../../components/math/random.js";
import {svd} from "../../components/math/svd.js";
import {vjp} from "../../components/math/tape.js";
import type {Verify} from "../../components/ui/verify.js";
import {layer} from "./equations/derivatives.js";
import {smallerRoot} from "./jacobi.js";
import {tail} from "./lowRank.js";

type Code = Extract<Verify, {kind: "code"}>;

const code = (ask: string, start: string, cases: Code["cases"]): Code => ({kind: "code", ask, start, cases});
const rounded = (x: Vector): Vector => x.map((value) => Math.round(value * 100) / 100); // cases that can be read
const cases = [1, 2, 3].map((seed) => {
  const from = rng(seed);
  const w = randomMatrix(from, 2, 3).map(rounded);
  return {w, x: rounded(randomVector(from, 3)), u: rounded(randomVector(from, 2)), v: rounded(randomVector(from, 3))};
});

/** Functions to be written in the page, judged on these cases. */
export const codeAnswers: Record<string, Code> = {
  "ex-root": code(
    "The root of t² + 2τt − 1 = 0 with |t| ≤ 1, exact to twelve digits for every τ",
    "function smallerRoot(tau) {\n  return -tau + Math.sqrt(tau * tau + 1);\n}",
    [0, 0.75, -0.75, 2e4, -2e4, 1e9].map((tau) => ({args: [tau], expected: smallerRoot(tau), within: 1e-12 * Math.abs(smallerRoot(tau))})) // prettier-ignore
  ),
  "ex-spectral-code": code(
    "σ₁ of the matrix [[a, b], [c, d]], from its entries",
    "function spectralNorm(a, b, c, d) {\n  // AᵀA has trace and determinant; its eigenvalues follow from them.\n  return Math.hypot(a, b, c, d);\n}",
    [[1, -2, 3, 4], [3, 0, 4, 5], [1, 1, 1, 1], [0, -2, 0, 0], [2, 0, 0, 2]].map((args) => ({args, expected: svd([args.slice(0, 2), args.slice(2)]).values[0]})) // prettier-ignore
  ),
  "ex-rank-code": code(
    "The smallest rank k with ‖A − Aₖ‖F ≤ share · ‖A‖F, from the singular values, largest first",
    "function rankFor(values, share) {\n  return values.length;\n}",
    [[[5, 3, 2, 1], 0.36], [[5, 3, 2, 1], 0.35], [[5, 3, 2, 1], 0], [[5, 3, 2, 1], 1], [[1, 1, 1, 1], 0.5], [[100, 1, 0, 0], 0]].map(([values, share]) => ({args: [values, share], expected: smallestRank(values as Vector, share as number)})) // prettier-ignore
  ),
  "ex-vjp-code": code(
    "Jᵀu for f(x) = tanh(Wx), W given as its rows, without forming J",
    "function pullBack(W, x, u) {\n  const y = W.map((row) => Math.tanh(row.reduce((sum, w, j) => sum + w * x[j], 0)));\n  return x.map(() => 0);\n}",
    cases.map(({w, x, u}) => ({args: [w, x, u], expected: vjp(layer(w), x, u).product}))
  ),
  "ex-jvp-code": code(
    "[f(x), J v] for f(x) = tanh(Wx): carry value and tangent together",
    "function pushForward(W, x, v) {\n  return [[], []];\n}",
    cases.map(({w, x, v}) => {
      const {value, product} = jvp(layer(w), x, v);
      return {args: [w, x, v], expected: [value, product]};
    })
  )
};

function smallestRank(values: Vector, share: number): number {
  const whole = tail(values, 0);
  for (let k = 0; ; ++k) if (tail(values, k) <= share * whole) return k;
}
