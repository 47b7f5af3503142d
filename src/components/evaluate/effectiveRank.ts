import {eigen} from "../math/eigen.js";
import {build} from "../math/matrix.js";
import {plainProducts} from "./products.js";
import {sizeOf, type Rows} from "./rows.js";

/**
 * How many directions a matrix of features really uses. Roy & Vetterli 2007; RankMe, Garrido et al. 2023, eq. 1.
 *
 *   erank(X) = exp(−Σₖ pₖ log pₖ),   pₖ = σₖ / Σ σ,   σ the singular values of X
 *
 * 1 for rank 1, r for r equal singular values, at most min(N, D). The mean is not taken out. The singular values are roots
 * of the eigenvalues of the smaller Gram matrix, summed in float64: those below 1e-8 σ₁ are rounding, and weigh as much.
 *
 * @param x (N, D); O(N D m) and about ten sweeps of O(m³), m = min(N, D): seconds at 512.
 * @throws RangeError if x is not (N, D), or all zeros.
 */
export async function effectiveRank(x: Rows): Promise<number> {
  const [rows, columns] = sizeOf("effectiveRank", x);
  const {data, shape} = await (columns <= rows ? plainProducts.ofColumns(x, x) : plainProducts.ofRows(x, x));
  const n = shape[0];
  const gram = build(n, n, (i, j) => (data[i * n + j] + data[j * n + i]) / 2);
  const singular = eigen(gram).values.map((value) => Math.sqrt(Math.max(0, value)));
  const total = singular.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) throw new RangeError(`effectiveRank: expected features that are not all zero, got ${rows} × ${columns} zeros`); // prettier-ignore
  const entropy = singular.reduce(
    (sum, value) => (value > 0 ? sum - (value / total) * Math.log(value / total) : sum),
    0
  );
  return Math.exp(entropy);
}
