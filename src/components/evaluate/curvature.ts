import {cholesky, choleskySolve} from "../math/cholesky.js";
import type {Products} from "./products.js";
import type {Rows} from "./rows.js";

/** (W, b) to H⁻¹ (W, b) for a fixed H near the Hessian of a linear classifier's loss. */
export type Preconditioner = (direction: Float64Array) => Float64Array;

const ridge = 1e-3; // above the rounding of a float32 product, below the decays that matter

/**
 * What makes the loss of a linear classifier on correlated features as round as on independent ones. Its Hessian is at
 * most ½ XᵀX / N in each class, Böhning 1992; so the gradient of each class's weights is divided by that matrix, with
 * 10⁻³ on its diagonal. The bias is left to itself. It changes how fast a minimum is found, and not where it is.
 *
 * @param x (N, D) standardised features: any that are distributed like those of the loss. N D² / 2 multiplications and D³ / 3.
 * @returns none where there are fewer rows than columns: passes over few rows cost less than this.
 */
export async function curvature(x: Rows, products: Products): Promise<Preconditioner | undefined> {
  const [rows, columns] = x.shape;
  if (rows < columns) return undefined;
  const gram = new Float64Array((await products.ofColumns(x, x)).data);
  for (let i = 0; i < gram.length; ++i) gram[i] /= 2 * rows;
  for (let i = 0; i < columns; ++i) gram[i * columns + i] += ridge;
  const factor = cholesky(gram);
  return (direction) => {
    const classes = direction.length / (columns + 1);
    const out = direction.map((value) => 2 * value); // ½ for the bias: a column of ones has mean square 1
    out.set(choleskySolve(factor, direction.subarray(0, classes * columns)));
    return out;
  };
}
