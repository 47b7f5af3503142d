import {build, type Matrix} from "./matrix.js";
import {svd} from "./svd.js";

/**
 * The Moore–Penrose inverse A⁺ = V Σ⁺ Uᵀ, (m, n) → (n, m), with 1/σ for each singular value above the cut and 0 for the rest.
 * A⁺ b is the least-squares solution of A x = b, and among several the shortest. Golub & Van Loan 2013, section 5.5.2.
 *
 * @param cut values up to cut · σ₁ count as zero; rounding, ε max(m, n), unless told.
 */
export function pseudoInverse(a: Matrix, cut = Number.EPSILON * Math.max(a.length, a[0]?.length ?? 0)): Matrix {
  const {u, values, v} = svd(a);
  const rank = values.filter((value) => value > cut * values[0]).length;
  return build(v.length, u.length, (i, j) => {
    let total = 0;
    for (let k = 0; k < rank; ++k) total += (v[i][k] * u[j][k]) / values[k];
    return total;
  });
}
