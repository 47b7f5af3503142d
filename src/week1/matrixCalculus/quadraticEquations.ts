import {eigen} from "../../components/math/eigen.js";
import {apply, diagonal, dot, scale, type Matrix} from "../../components/math/matrix.js";
import {
  quadraticForm,
  quadraticFormOn,
  quadraticGradient,
  quadraticHessian
} from "../../components/math/quadraticForm.js";
import {hessian} from "../../components/math/tape.js";
import {inv, length, mul, sum, T, times} from "./algebra.js";
import {threeWays} from "./threeWays.js";
import {type Draw, row} from "./trial.js";

/** Symmetric with the eigenvalues λ and random eigenvectors, and those as columns. */
function withEigenvalues(draw: Draw, values: number[]): {A: Matrix; Q: Matrix} {
  const Q = eigen(draw.symmetric(values.length)).vectors;
  return {A: mul(Q, diagonal(values), T(Q)), Q};
}

/** Quadratic forms and their condition. */
export const quadraticEquations = [
  row(
    "quadratic-symmetric",
    "xᵀAx against xᵀSx, S = ½(A + Aᵀ), 4 × 4",
    "S = A + Aᵀ",
    (draw) => {
      const [A, x] = [draw.regular(4), draw.vector(4)];
      const by = (s: number) => quadraticForm(times(s, sum(A, T(A))), x);
      return [quadraticForm(A, x), by(0.5), by(1)];
    },
    1e-12
  ),
  ...threeWays("quadratic-gradient", "(A + Aᵀ)x, A 4 × 4", "2Ax, right for a symmetric A only", (draw) => {
    const [A, x] = [draw.matrix(4, 4), draw.vector(4)];
    return {f: quadraticFormOn(A), x, jacobian: [quadraticGradient(A, x)], wrong: scale([apply(A, x)], 2)};
  }),
  row(
    "quadratic-hessian",
    "A + Aᵀ against dual numbers through the tape, 4 × 4",
    "2A",
    (draw) => {
      const [A, x] = [draw.matrix(4, 4), draw.vector(4)];
      return [hessian(quadraticFormOn(A), x), quadraticHessian(A), times(2, A)];
    },
    1e-12
  ),
  row(
    "quadratic-minimum",
    "½xᵀAx − bᵀx at A⁻¹b against −½bᵀA⁻¹b, and the gradient there",
    "at −A⁻¹b",
    (draw) => {
      const [A, b] = [draw.positive(4), draw.vector(4)];
      const best = apply(inv(A), b);
      const at = (x: number[]) => [
        0.5 * quadraticForm(A, x) - dot(b, x),
        ...quadraticGradient(times(0.5, A), x).map((g, i) => g - b[i])
      ];
      return [[-0.5 * dot(b, best), 0, 0, 0, 0], at(best), at(best.map((x) => -x))];
    },
    1e-10
  ),
  row(
    "condition-angle",
    "the least cosine over 4,000 directions against 2√κ/(κ + 1), κ = 50",
    "1/√κ",
    (draw) => {
      const {A} = withEigenvalues(draw, [50, 1]);
      let least = 1;
      for (let k = 0; k < 4000; ++k) {
        const x = [Math.cos((Math.PI * k) / 4000), Math.sin((Math.PI * k) / 4000)];
        least = Math.min(least, dot(x, apply(A, x)) / length([apply(A, x)]));
      }
      return [least, (2 * Math.sqrt(50)) / 51, 1 / Math.sqrt(50)];
    },
    1e-4
  ), // the directions are a grid
  row(
    "condition-error",
    "‖δx‖/‖x‖ over ‖δb‖/‖b‖ against κ = 400 for b along v₁, δb along v₂",
    "√κ",
    (draw) => {
      const {A, Q} = withEigenvalues(draw, [400, 1]);
      const [b, change] = [Q.map((r) => r[0]), Q.map((r) => 1e-3 * r[1])];
      const [x, dx] = [apply(inv(A), b), apply(inv(A), change)];
      return [length([dx]) / length([x]) / (length([change]) / length([b])) / 400, 1, 1 / 20];
    },
    1e-9
  )
];
