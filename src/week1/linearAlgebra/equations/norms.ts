import type {Comparison, Equation} from "../../../components/math/equation.js";
import {apply, build, norm, transpose, type Matrix} from "../../../components/math/matrix.js";
import {randomMatrix, randomVector} from "../../../components/math/randomMatrix.js";
import type {Rng} from "../../../components/math/random.js";
import {svd} from "../../../components/math/svd.js";
import {broken, numbered} from "../../../components/math/numbered.js";
import {inducedNorm, vectorNorm} from "../norms.js";
import {product} from "./same.js";

/** The largest ‖Ax‖ₚ of the given x, each of p-norm one, against a formula. */
function largest(a: Matrix, p: 1 | 2 | "∞", candidates: number[][], expected: number, within: number): Comparison {
  const got = Math.max(...candidates.map((x) => vectorNorm(apply(a, x), p) / vectorNorm(x, p)));
  return {got, expected, within};
}
const signs = (n: number): number[][] => Array.from({length: 2 ** n}, (_, bits) => Array.from({length: n}, (__, i) => ((bits >> i) & 1 ? 1 : -1))); // prettier-ignore
const axes = (n: number): number[][] => build(n, n, (i, j) => (i === j ? 1 : 0));
const drawn = (rng: Rng, n: number): number[][] => Array.from({length: 100}, () => randomVector(rng, n));
const columnSum = (a: Matrix) => norm(a, 1);
const rowSum = (a: Matrix) => norm(a, "infinity");
const spectral = (a: Matrix) => svd(a).values[0];
/** Random matrices, and the two on which bounds are tight: one row and one column of ones. */
const trials = (rng: Rng): Matrix[] => [build(1, 4, () => 1), build(4, 1, () => 1), ...[2, 3, 5].map((n) => randomMatrix(rng, n, 4))]; // prettier-ignore

/** Norms of vectors, the norms they induce, and what holds between them. */
export const norms: Equation[] = [
  numbered(
    "vector-norms",
    "the chain on 100 vectors, the axes and the corners: the worst excess",
    "‖x‖₁ ≤ ‖x‖₂",
    (rng, wrong) => {
      // prettier-ignore
      const root = Math.sqrt(5);
      return broken(
        [...drawn(rng, 5), ...axes(5), ...signs(5)].flatMap((x): [number, number][] => {
          const [one, two, infinity] = [vectorNorm(x, 1), vectorNorm(x, 2), vectorNorm(x, "∞")];
          return [[two, infinity], wrong ? [two, one] : [one, two], [root * two, one], [5 * infinity, root * two]];
        })
      );
    }
  ),
  numbered(
    "submultiplicative",
    "‖AB‖ ≤ ‖A‖ ‖B‖ in the norms 1, 2, ∞: the worst excess",
    "‖A‖ as the largest |Aᵢⱼ|",
    (rng, wrong) => {
      // prettier-ignore
      const positive = () => randomMatrix(rng, 4).map((row) => row.map((x) => 1 + Math.abs(x) / 100));
      const entry = (a: Matrix) => Math.max(...a.flat().map(Math.abs));
      const kinds = wrong ? [entry] : [columnSum, spectral, rowSum];
      const pairs = [[positive(), positive()], [randomMatrix(rng, 4), randomMatrix(rng, 4)]]; // prettier-ignore
      return broken(kinds.flatMap((size) => pairs.map(([a, b]): [number, number] => [size(a) * size(b), size(product(a, b))]))); // prettier-ignore
    }
  ),
  numbered(
    "norm-one",
    "the largest ‖Ax‖₁ on the axes and 100 other x, against the largest column sum",
    "the largest row sum",
    (rng, wrong) => {
      // prettier-ignore
      const a = randomMatrix(rng, 5, 3);
      return largest(a, 1, [...axes(3), ...drawn(rng, 3)], wrong ? rowSum(a) : columnSum(a), 1e-12);
    }
  ),
  numbered(
    "norm-infinity",
    "the largest ‖Ax‖∞ at the cube's corners and 100 other x, against the largest row sum",
    "the largest column sum",
    (rng, wrong) => {
      // prettier-ignore
      const a = randomMatrix(rng, 3, 5);
      return largest(a, "∞", [...signs(5), ...drawn(rng, 5)], wrong ? columnSum(a) : rowSum(a), 1e-12);
    }
  ),
  numbered("norm-two", "the largest ‖Ax‖₂ over 4,000 angles against σ₁", "√Σσᵢ²", (rng, wrong) => {
    const a = randomMatrix(rng, 4, 2);
    const circle = Array.from({length: 4000}, (_, i) => [Math.cos((i * Math.PI) / 4000), Math.sin((i * Math.PI) / 4000)]); // prettier-ignore
    return largest(a, 2, circle, wrong ? norm(a) : inducedNorm(a, 2), 1e-5);
  }),
  numbered(
    "norm-bound",
    "‖A‖₂ ≤ √(‖A‖₁ ‖A‖∞) on random matrices, a row and a column: the worst excess",
    "the smaller of the two",
    (rng, wrong) => {
      // prettier-ignore
      const bound = (a: Matrix) =>
      wrong ? Math.min(columnSum(a), rowSum(a)) : Math.sqrt(columnSum(a) * rowSum(a));
      return broken(trials(rng).map((a): [number, number] => [bound(a), spectral(a)]));
    }
  ),
  numbered("frobenius-bounds", "‖A‖₂ ≤ ‖A‖F ≤ √r ‖A‖₂, r the rank: the worst excess", "without √r", (rng, wrong) => {
    return broken(
      trials(rng).flatMap((a): [number, number][] => {
        const rank = Math.min(a.length, a[0].length);
        return [[norm(a), spectral(a)], [(wrong ? 1 : Math.sqrt(rank)) * spectral(a), norm(a)]]; // prettier-ignore
      })
    );
  }),
  numbered("transpose-norms", "‖Aᵀ‖₁ against ‖A‖∞", "against ‖A‖₁", (rng, wrong) => {
    const a = randomMatrix(rng, 4, 3);
    return {got: inducedNorm(transpose(a), 1), expected: inducedNorm(a, wrong ? 1 : "∞"), within: 1e-12};
  })
];
