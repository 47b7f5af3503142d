import {eigen} from "../components/math/eigen.js";
import {diagonal, norm, apply, transpose, type Matrix} from "../components/math/matrix.js";
import {pseudoInverse} from "../components/math/pseudoInverse.js";
import {svd} from "../components/math/svd.js";
import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {codeAnswers} from "./linearAlgebra/codeAnswers.js";
import {smallerRoot} from "./linearAlgebra/jacobi.js";
import {tail} from "./linearAlgebra/lowRank.js";

const three: Matrix = [[3, 0], [4, 5]]; // prettier-ignore
const four: Matrix = [[1, -2], [3, 4]]; // prettier-ignore

/** What the page's exercises accept. */
export const answers: Record<string, Verify> = {
  "ex-jacobian": number("det J at (2, 0)", -20),
  "ex-saddle": choice("The origin is", 2, "a minimum", "a maximum", "a saddle", "a line of minima"),
  "ex-rayleigh": number("largest value", 4 * eigen([[2, 1], [1, 2]]).values[0]), // prettier-ignore
  "ex-angle": number("t", smallerRoot((4 - 1) / (2 * 2))),
  "ex-off": number("off(A′)²", 40 - 2 * 3 ** 2),
  "ex-spectral": number("σ₁", svd(four).values[0]),
  "ex-power": number("steps", Math.ceil(Math.log(1e6) / Math.log(10 / 9)), 0),
  "ex-rank": number("‖A − A₂‖ / ‖A‖ (Frobenius)", tail([5, 3, 2, 1], 2) / norm(diagonal([5, 3, 2, 1]))),
  "ex-storage": number("largest k", Math.floor((32 * 96 - 1) / (32 + 96)), 0),
  "ex-projection": number("x̂", apply(pseudoInverse([[1], [2], [2]]), [3, 3, 3])[0]),
  "ex-digits": choice(
    "Correct digits, about, by the normal equations and by the SVD",
    2,
    "16 and 16",
    "8 and 16",
    "0 and 8",
    "0 and 16"
  ),
  "ex-epsilon": number("variance of the second component", 0.25 / (0.25 + 0.25)),
  "ex-modes": choice(
    "Passes, forward mode and reverse mode",
    1,
    "1 and 1,000,000",
    "1,000,000 and 1",
    "1,000,000 and 1,000,000",
    "1 and 1"
  ),
  "ex-hvp": number("first component of H v", 1 / 4 - 1 / 16),
  "ex-procrustes": number("smallest ‖A − Q‖F", Math.hypot(...svd(three).values.map((value) => value - 1))),
  "ex-perturbation": number("λ₁′(0)", slope([[2, 1], [1, 2]], [[1, 3], [3, -2]])), // prettier-ignore
  ...codeAnswers
};

/** dλ₁/dt of A + tB at t = 0: v₁ᵀ B v₁. */
function slope(a: Matrix, b: Matrix): number {
  const [first] = transpose(eigen(a).vectors);
  return first.reduce((sum, x, i) => sum + x * apply(b, first)[i], 0);
}
