import {eigen} from "../../../components/math/eigen.js";
import type {Equation} from "../../../components/math/equation.js";
import {apply, diagonal, dot, identity, add, scale, trace, transpose, type Matrix} from "../../../components/math/matrix.js"; // prettier-ignore
import {powerIteration} from "../../../components/math/powerIteration.js";
import {randomSymmetric, randomVector, withEigenvalues} from "../../../components/math/randomMatrix.js";
import {broken, numbered} from "../../../components/math/numbered.js";
import {offDiagonal, rotation, smallerRoot, turned} from "../jacobi.js";
import {product, same} from "./same.js";

const quotient = (a: Matrix, x: number[]): number => dot(x, apply(a, x)) / dot(x, x);

/** exp(A) by its series: 40 terms reach rounding for ‖A‖ below 5. */
function exponential(a: Matrix): Matrix {
  let term = identity(a.length);
  let total = term;
  for (let k = 1; k <= 40; ++k) {
    term = scale(product(term, a), 1 / k);
    total = add(total, term);
  }
  return total;
}

/** Quadratic forms in their axes, the spectral theorem, Jacobi's rotation, power iteration. */
export const spectrum: Equation[] = [
  numbered("principal-axes", "xᵀAx against Σ λᵢ yᵢ² with y = Vᵀx", "y = Vx", (rng, wrong) => {
    const [a, x] = [randomSymmetric(rng, 4), randomVector(rng, 4)];
    const {values, vectors} = eigen(a);
    const y = apply(wrong ? vectors : transpose(vectors), x);
    const got = values.reduce((sum, value, i) => sum + value * y[i] ** 2, 0);
    return {got, expected: dot(x, apply(a, x)), within: 1e-12};
  }),
  numbered(
    "rayleigh",
    "200 quotients lie between λₙ and λ₁, and both ends are reached: the worst excess",
    "λₙ₋₁ for λₙ",
    (rng, wrong) => {
      // prettier-ignore
      const a = randomSymmetric(rng, 5);
      const {values, vectors} = eigen(a);
      const low = values[wrong ? 3 : 4];
      const drawn = Array.from({length: 200}, () => quotient(a, randomVector(rng, 5)));
      const ends = [0, 4].map((j) => quotient(a, vectors.map((row) => row[j]))); // prettier-ignore
      return broken([
        ...[...drawn, ...ends].flatMap((q): [number, number][] => [[values[0], q], [q, low]]), // prettier-ignore
        [ends[0], values[0]],
        [low, ends[1]]
      ]);
    }
  ),
  numbered("spectral", "‖A − VΛVᵀ‖ / ‖A‖", "VᵀΛV", (rng, wrong) => {
    const a = randomSymmetric(rng, 6);
    const {values, vectors} = eigen(a);
    const [left, right] = wrong ? [transpose(vectors), vectors] : [vectors, transpose(vectors)];
    return same(product(left, diagonal(values), right), a);
  }),
  numbered("functions", "exp(A) by its series against V exp(Λ) Vᵀ", "exp of each entry of A", (rng, wrong) => {
    const a = randomSymmetric(rng, 4);
    const {values, vectors} = eigen(a);
    const byValues = product(vectors, diagonal(values.map(Math.exp)), transpose(vectors));
    return same(wrong ? a.map((row) => row.map(Math.exp)) : byValues, exponential(a), 1e-11);
  }),
  numbered("trace-power", "tr A³ against Σ λᵢ³", "(Σ λᵢ)³", (rng, wrong) => {
    const a = randomSymmetric(rng, 5);
    const {values} = eigen(a);
    const cubes = values.reduce((sum, value) => sum + value ** 3, 0);
    return {got: wrong ? trace(a) ** 3 : cubes, expected: trace(product(a, a, a)), within: 1e-10};
  }),
  numbered(
    "angle",
    "the element (p, q) after the rotation by the smaller root",
    "+ 1 for − 1 in the equation",
    (rng, wrong) => {
      // prettier-ignore
      const a = randomSymmetric(rng, 4);
      const tau = (a[2][2] - a[0][0]) / (2 * a[0][2]);
      const root = wrong ? smallerRoot(-tau) : smallerRoot(tau);
      return {got: turned(a, 0, 2, root)[0][2], expected: 0, within: 1e-13};
    }
  ),
  numbered("off", "off(A′)² against off(A)² − 2Aₚ𝑞²", "Aₚ𝑞² taken once", (rng, wrong) => {
    const a = randomSymmetric(rng, 5);
    const after = turned(a, 1, 3, rotation(a, 1, 3));
    const expected = offDiagonal(a) ** 2 - (wrong ? 1 : 2) * a[1][3] ** 2;
    return {got: offDiagonal(after) ** 2, expected, within: 1e-11};
  }),
  numbered("power-rate", "tan θ after 40 steps over that after 39 against |λ₂/λ₁|", "its square", (rng, wrong) => {
    const a = withEigenvalues(rng, [3, 0.5, 0.1, -2]);
    const {vectors} = eigen(a);
    const along = vectors.map((row) => row[0]);
    const tangents = powerIteration(a, randomVector(rng, 4), 40).map(({vector}) => {
      const cosine = dot(vector, along);
      return Math.hypot(...vector.map((x, i) => x - cosine * along[i])) / Math.abs(cosine);
    });
    return {got: tangents[40] / tangents[39], expected: wrong ? 4 / 9 : 2 / 3, within: 1e-5};
  }),
  numbered("rayleigh-error", "λ₁ − vᵀAv against Σ (λ₁ − λᵢ)(vᵢᵀv)²", "without the square", (rng, wrong) => {
    const a = randomSymmetric(rng, 4);
    const {values, vectors} = eigen(a);
    const [{vector, value}] = powerIteration(a, randomVector(rng, 4), 0);
    const parts = apply(transpose(vectors), vector);
    const got = parts.reduce((sum, y, i) => sum + (values[0] - values[i]) * (wrong ? Math.abs(y) : y * y), 0);
    return {got, expected: values[0] - value, within: 1e-12};
  })
];
