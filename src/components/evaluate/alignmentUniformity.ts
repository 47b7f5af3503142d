import {plainProducts, type Products} from "./products.js";
import {checkColumns, normalised, sizeOf, span, type Rows} from "./rows.js";

/**
 * How far positive pairs are apart on the unit sphere. Wang & Isola 2020, section 4.1.
 *
 *   ℓ_align = E ‖f(x) − f(y)‖^α over pairs (x, y)
 *
 * @param x, y (N, D): row i of both is one pair; any scale, rows are brought to length 1.
 * @returns 0 for equal pairs, at most 2^α.
 * @throws RangeError if the shapes differ, or α ≤ 0.
 */
export function alignment(x: Rows, y: Rows, alpha = 2): number {
  const [rows, columns] = sizeOf("alignment", x);
  sizeOf("alignment", y);
  checkColumns("alignment", x, y);
  if (y.shape[0] !== rows) throw new RangeError(`alignment: expected ${rows} rows, got ${y.shape[0]}`);
  if (!(alpha > 0)) throw new RangeError(`alignment: expected α > 0, got ${alpha}`);
  const [{data: a}, {data: b}] = [normalised(x), normalised(y)];
  let sum = 0;
  for (let i = 0, j = 0; i < rows; ++i) {
    let square = 0;
    for (const end = j + columns; j < end; ++j) square += (a[j] - b[j]) ** 2;
    sum += square ** (alpha / 2);
  }
  return sum / rows;
}

interface Options {
  /** The kernel's sharpness. */
  t?: number;
  products?: Products;
}

const chunk = 256;

/**
 * How evenly features lie on the unit sphere. Wang & Isola 2020, section 4.1.
 *
 *   ℓ_uniform = log E exp(−t ‖f(x) − f(y)‖²) over all pairs of different rows
 *
 * @param x (N, D), N ≥ 2; any scale, rows are brought to length 1.
 * @returns 0 where all rows have one direction, lower the more evenly they lie; never below −4 t.
 * @throws RangeError if there is one row only, or t ≤ 0.
 */
export async function uniformity(x: Rows, {t = 2, products = plainProducts}: Options = {}): Promise<number> {
  const [rows] = sizeOf("uniformity", x);
  if (rows < 2) throw new RangeError(`uniformity: expected at least 2 rows, got ${rows}`);
  if (!(t > 0)) throw new RangeError(`uniformity: expected t > 0, got ${t}`);
  const unit = normalised(x);
  let sum = 0;
  for (let start = 0; start < rows; start += chunk) {
    const some = span(unit, start, Math.min(rows, start + chunk));
    const {data} = await products.ofRows(some, unit);
    for (let i = 0; i < some.shape[0]; ++i)
      for (let j = 0; j < rows; ++j) if (j !== start + i) sum += Math.exp(2 * t * (data[i * rows + j] - 1)); // ‖a − b‖² = 2 − 2 a·b
  }
  return Math.log(sum / (rows * (rows - 1)));
}
