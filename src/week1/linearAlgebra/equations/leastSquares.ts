import type {Equation} from "../../../components/math/equation.js";
import {add, apply, diagonal, identity, inverse, norm, scale, transpose} from "../../../components/math/matrix.js";
import {pseudoInverse} from "../../../components/math/pseudoInverse.js";
import {randomMatrix, randomVector, withSingularValues} from "../../../components/math/randomMatrix.js";
import {svd} from "../../../components/math/svd.js";
import {moments, whitening} from "../../../components/math/whitening.js";
import {broken, numbered} from "../../../components/math/numbered.js";
import {column, product, same} from "./same.js";

const size = (x: number[]) => Math.hypot(...x);

/** Least squares, the pseudo-inverse, the condition number, principal components and whitening. */
export const leastSquares: Equation[] = [
  numbered("normal-equations", "Aᵀ(b − A x̂) for x̂ = A⁺b: its size", "x̂ = Aᵀb", (rng, wrong) => {
    const [a, b] = [randomMatrix(rng, 7, 3), randomVector(rng, 7)];
    const x = apply(wrong ? transpose(a) : pseudoInverse(a), b);
    const residual = apply(a, x).map((y, i) => b[i] - y);
    return {got: size(apply(transpose(a), residual)), expected: 0, within: 1e-11};
  }),
  numbered("pseudo-inverse", "VΣ⁺Uᵀ against (AᵀA)⁻¹Aᵀ, full column rank", "Σ for Σ⁺", (rng, wrong) => {
    const a = withSingularValues(rng, 6, 4, [3, 2, 1, 0.4]);
    const {u, values, v} = svd(a);
    const inverted = values.map((value) => (wrong ? value : 1 / value));
    const formula = product(v, diagonal(inverted), transpose(u));
    return same(formula, product(inverse(product(transpose(a), a)), transpose(a)), 1e-11);
  }),
  numbered("shortest", "‖A⁺b + z‖² − ‖A⁺b‖² against ‖z‖² for a z with Az = 0", "z any vector", (rng, wrong) => {
    const a = randomMatrix(rng, 3, 6);
    const plus = pseudoInverse(a);
    const drawn = randomVector(rng, 6);
    const z = wrong ? drawn : apply(add(identity(6), product(plus, a), -1), drawn);
    const x = apply(plus, randomVector(rng, 3));
    const longer = size(x.map((value, i) => value + z[i])) ** 2;
    return {got: longer - size(x) ** 2, expected: size(z) ** 2, within: 1e-11};
  }),
  numbered(
    "condition",
    "relative error of x over that of b: κ where b = u₁, δb = uₙ, and no more for 100 others: the worst excess",
    "√κ",
    (rng, wrong) => {
      // prettier-ignore
      const a = withSingularValues(rng, 4, 4, [5, 2, 1, 0.25]);
      const {u} = svd(a);
      const solution = inverse(a);
      const growth = (b: number[], change: number[]) =>
        (size(apply(solution, change)) / size(apply(solution, b))) * (size(b) / size(change));
      const worst = growth(
        u.map((row) => row[0]),
        u.map((row) => row[3])
      );
      const kappa = wrong ? Math.sqrt(20) : 20;
      const others = Array.from({length: 100}, () => growth(randomVector(rng, 4), randomVector(rng, 4)));
      return broken([[worst, kappa], ...[worst, ...others].map((g): [number, number] => [kappa, g])], 1e-10);
    }
  ),
  numbered("condition-squared", "κ(AᵀA) against κ(A)²", "2κ(A)", (rng, wrong) => {
    const a = withSingularValues(rng, 6, 3, [4, 2, 0.5]);
    const {values} = svd(product(transpose(a), a));
    return {got: values[0] / values[2], expected: wrong ? 16 : 64, within: 1e-9};
  }),
  numbered("ridge", "(AᵀA + λI)⁻¹Aᵀb against Σ σᵢ/(σᵢ² + λ) (uᵢᵀb) vᵢ", "1/(σᵢ + λ)", (rng, wrong) => {
    const [a, b, lambda] = [randomMatrix(rng, 6, 4), randomVector(rng, 6), 0.3];
    const {u, values, v} = svd(a);
    const parts = apply(transpose(u), b).map((y, i) => {
      const value = values[i];
      return y * (wrong ? 1 / (value + lambda) : value / (value * value + lambda));
    });
    const solved = product(inverse(add(product(transpose(a), a), identity(4), lambda)), transpose(a));
    return same(column(apply(v, parts)), column(apply(solved, b)), 1e-11);
  }),
  numbered(
    "pca",
    "mean squared distance of 60 points to their best plane against λ₃ + λ₄",
    "λ₂ + λ₃ + λ₄",
    (rng, wrong) => {
      // prettier-ignore
      const mix = randomMatrix(rng, 4);
      const points = randomMatrix(rng, 60, 4).map((row) => apply(mix, row));
      const {mean, covariance} = moments(Float64Array.from(points.flat()), 4);
      const {spectrum} = whitening(covariance);
      const plane = spectrum.vectors.map((row) => row.slice(0, 2));
      const out = add(identity(4), product(plane, transpose(plane)), -1);
      const distances = points.map((x) => size(apply(out, x.map((value, i) => value - mean[i]))) ** 2); // prettier-ignore
      const left = spectrum.values.slice(wrong ? 1 : 2).reduce((sum, value) => sum + value, 0);
      return {got: distances.reduce((sum, d) => sum + d, 0) / 60, expected: left, within: 1e-11};
    }
  ),
  numbered("whitening", "‖W C Wᵀ − I‖ for the covariance C of 60 points", "Λ^½ for Λ^−½", (rng, wrong) => {
    const {covariance} = moments(
      Float64Array.from(randomMatrix(rng, 60, 4).flat(), (x, i) => x * (1 + (i % 4))),
      4
    );
    const {filters, spectrum} = whitening(covariance);
    const w = wrong ? filters.map((row, k) => scale([row], spectrum.values[k])[0]) : filters;
    return {got: norm(add(product(w, covariance, transpose(w)), identity(4), -1)), expected: 0, within: 1e-11};
  })
];
