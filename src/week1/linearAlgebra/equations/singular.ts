import {eigen} from "../../../components/math/eigen.js";
import type {Equation} from "../../../components/math/equation.js";
import {add, apply, build, determinant, diagonal, norm, scale, transpose, type Matrix} from "../../../components/math/matrix.js"; // prettier-ignore
import {randomMatrix, randomVector, withSingularValues} from "../../../components/math/randomMatrix.js";
import type {Rng} from "../../../components/math/random.js";
import {svd} from "../../../components/math/svd.js";
import {broken, numbered} from "../../../components/math/numbered.js";
import {truncated} from "../lowRank.js";
import {column, product, same} from "./same.js";

/** 60 matrices of rank k in the shape of A, near the best one and far from it. */
function competitors(rng: Rng, a: Matrix, k: number): Matrix[] {
  const [m, n] = [a.length, a[0].length];
  const best = truncated(svd(a), k);
  const {u, values, v} = svd(best);
  const left = u.map((row) => row.slice(0, k).map((x, j) => x * values[j]));
  const right = transpose(v).slice(0, k);
  return Array.from({length: 60}, (_, i) => {
    const size = i % 2 ? 0.05 : 1;
    return product(add(left, randomMatrix(rng, m, k), size), add(right, randomMatrix(rng, k, n), size));
  });
}

/** The singular value decomposition and the best approximation of a given rank. */
export const singular: Equation[] = [
  numbered("svd", "‖A − UΣVᵀ‖ / ‖A‖ for a 6 × 4 matrix", "UΣV", (rng, wrong) => {
    const a = randomMatrix(rng, 6, 4);
    const {u, values, v} = svd(a);
    return same(product(u, diagonal(values), wrong ? v : transpose(v)), a);
  }),
  numbered(
    "gram",
    "σᵢ by one-sided rotations against √λᵢ(AᵀA) by the eigensolver",
    "λᵢ without the root",
    (rng, wrong) => {
      // prettier-ignore
      const a = randomMatrix(rng, 6, 4);
      const {values} = eigen(product(transpose(a), a));
      return same([wrong ? values : values.map(Math.sqrt)], [svd(a).values], 1e-10);
    }
  ),
  numbered(
    "pairs",
    "A vᵢ against σᵢ uᵢ and Aᵀ uᵢ against σᵢ vᵢ, all together",
    "Aᵀ uᵢ against σᵢ⁻¹ vᵢ",
    (rng, wrong) => {
      // prettier-ignore
      const a = randomMatrix(rng, 5, 3);
      const {u, values, v} = svd(a);
      const forward = add(product(a, v), product(u, diagonal(values)), -1);
      const back = product(v, diagonal(values.map((value) => (wrong ? 1 / value : value))));
      return {
        got: Math.hypot(norm(forward), norm(add(product(transpose(a), u), back, -1))),
        expected: 0,
        within: 1e-12
      };
    }
  ),
  numbered("sums", "Σσᵢ² against Σ Aᵢⱼ²", "Σσᵢ", (rng, wrong) => {
    const a = randomMatrix(rng, 5, 7);
    const {values} = svd(a);
    const got = values.reduce((sum, value) => sum + (wrong ? value : value * value), 0);
    return {got, expected: norm(a) ** 2, within: 1e-11};
  }),
  numbered(
    "sums",
    "Πσᵢ against |det A| from its LU factors",
    "det A with its sign, for a negative one",
    (rng, wrong) => {
      // prettier-ignore
      const drawn = randomMatrix(rng, 4);
      const a = determinant(drawn) < 0 ? drawn : build(4, 4, (i, j) => (i === 0 ? -1 : 1) * drawn[i][j]);
      const got = svd(a).values.reduce((all, value) => all * value, 1);
      return {got, expected: wrong ? determinant(a) : Math.abs(determinant(a)), within: 1e-11};
    }
  ),
  numbered(
    "weyl",
    "σᵢ₊ⱼ₋₁(A + B) ≤ σᵢ(A) + σⱼ(B) for all i, j: the worst excess",
    "σᵢ₊ⱼ₋₂ on the left",
    (rng, wrong) => {
      // prettier-ignore
      const [a, b] = [randomMatrix(rng, 5), scale(randomMatrix(rng, 5), 0.02)];
      const [of, ofA, ofB] = [add(a, b), a, b].map((x) => svd(x).values);
      const pairs = ofA.flatMap((x, i) => ofB.map((y, j): [number, number] => [x + y, of[Math.max(0, i + j - (wrong ? 1 : 0))] ?? 0])); // prettier-ignore
      return broken(pairs);
    }
  ),
  numbered("best-spectral", "‖A − A₂‖₂ against σ₃, and no other matrix of rank 2 is nearer", "σ₂", (rng, wrong) => {
    const a = withSingularValues(rng, 6, 5, [5, 3, 2, 1, 0.5]);
    const error = svd(add(a, truncated(svd(a), 2), -1)).values[0];
    const least = Math.min(...competitors(rng, a, 2).map((b) => svd(add(a, b, -1)).values[0]));
    return {got: Math.min(error, least), expected: wrong ? 3 : 2, within: 1e-12};
  }),
  numbered(
    "best-frobenius",
    "‖A − A₂‖F against √(σ₃² + σ₄² + σ₅²), and no other of rank 2 is nearer",
    "σ₃ + σ₄ + σ₅",
    (rng, wrong) => {
      // prettier-ignore
      const a = withSingularValues(rng, 6, 5, [5, 3, 2, 1, 0.5]);
      const least = Math.min(...competitors(rng, a, 2).map((b) => norm(add(a, b, -1))));
      const got = Math.min(norm(add(a, truncated(svd(a), 2), -1)), least);
      return {got, expected: wrong ? 3.5 : Math.hypot(2, 1, 0.5), within: 1e-12};
    }
  ),
  numbered("outer-sum", "A x by Σ σᵢ (vᵢᵀx) uᵢ", "uᵢ and vᵢ exchanged, A square", (rng, wrong) => {
    const [a, x] = [randomMatrix(rng, 4), randomVector(rng, 4)];
    const {u, values, v} = svd(a);
    const [left, right] = wrong ? [v, u] : [u, v];
    const parts = apply(transpose(right), x).map((y, i) => y * values[i]);
    return same(column(apply(left, parts)), column(apply(a, x)));
  })
];
