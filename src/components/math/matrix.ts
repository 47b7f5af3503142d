/** A small dense matrix in float64: rows of equal length. Functions here return new matrices and leave their inputs alone. */
export type Matrix = number[][];
export type Vector = number[];

/** [rows, columns]. @throws RangeError if there is no row, or a row differs in length from the first. */
export function shapeOf(a: Matrix, caller = "shapeOf"): [rows: number, columns: number] {
  if (a.length === 0) throw new RangeError(`${caller}: expected at least one row, got none`);
  for (const row of a)
    if (row.length !== a[0].length)
      throw new RangeError(`${caller}: expected rows of ${a[0].length} numbers, got one of ${row.length}`);
  return [a.length, a[0].length];
}

/** The m × n matrix with element f(i, j). */
export const build = (m: number, n: number, f: (i: number, j: number) => number): Matrix =>
  Array.from({length: m}, (_, i) => Array.from({length: n}, (_, j) => f(i, j)));

/** I, (n, n): ones on the diagonal. */
export const identity = (n: number): Matrix => build(n, n, (i, j) => (i === j ? 1 : 0));

/** The square matrix with v on its diagonal. */
export const diagonal = (v: Vector): Matrix => build(v.length, v.length, (i, j) => (i === j ? v[i] : 0));

/** Aᵀ. */
export function transpose(a: Matrix): Matrix {
  const [m, n] = shapeOf(a, "transpose");
  return build(n, m, (i, j) => a[j][i]);
}

/** Elementwise A + s B; s = −1 subtracts. @throws RangeError if the shapes differ. */
export function add(a: Matrix, b: Matrix, s = 1): Matrix {
  const [[m, n], [p, q]] = [shapeOf(a, "add"), shapeOf(b, "add")];
  if (m !== p || n !== q) throw new RangeError(`add: expected ${m} × ${n}, got ${p} × ${q}`);
  return build(m, n, (i, j) => a[i][j] + s * b[i][j]);
}

/** s A. */
export const scale = (a: Matrix, s: number): Matrix => a.map((row) => row.map((x) => s * x));

/** (A B)ᵢⱼ = Σₖ Aᵢₖ Bₖⱼ. @throws RangeError if A's columns are not B's rows. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const [[m, k], [p, n]] = [shapeOf(a, "multiply"), shapeOf(b, "multiply")];
  if (k !== p) throw new RangeError(`multiply: expected a right factor of ${k} rows, got ${p} × ${n}`);
  const columns = transpose(b);
  return build(m, n, (i, j) => dot(a[i], columns[j]));
}

/** (A x)ᵢ = Σⱼ Aᵢⱼ xⱼ. @throws RangeError if A's columns are not x's length. */
export const apply = (a: Matrix, x: Vector): Vector => a.map((row) => dot(row, x));

/** Σ xᵢ yᵢ. @throws RangeError if the lengths differ. */
export function dot(x: Vector, y: Vector): number {
  if (x.length !== y.length) throw new RangeError(`dot: expected ${x.length} numbers, got ${y.length}`);
  return x.reduce((sum, xi, i) => sum + xi * y[i], 0);
}

/** x yᵀ. */
export const outer = (x: Vector, y: Vector): Matrix => x.map((xi) => y.map((yj) => xi * yj));

/** Σ Aᵢᵢ. @throws RangeError if A is not square. */
export const trace = (a: Matrix): number => a.slice(0, order(a, "trace")).reduce((sum, row, i) => sum + row[i], 0);

/** A norm of a matrix: √Σ Aᵢⱼ², the largest column sum of |Aᵢⱼ| (1), or the largest row sum (∞). */
export function norm(a: Matrix, kind: "frobenius" | 1 | "infinity" = "frobenius"): number {
  shapeOf(a, "norm");
  if (kind === "frobenius") return Math.hypot(...a.flat());
  const sums = (rows: Matrix) => rows.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0));
  return Math.max(...sums(kind === 1 ? transpose(a) : a));
}

/** P A = L U: unit lower triangle L and upper triangle U in one matrix, the rows' order, and the order's sign. */
export interface LU {
  lu: Matrix;
  rows: number[];
  sign: 1 | -1;
}

/**
 * Gaussian elimination with partial pivoting. Golub & Van Loan 2013, section 3.4.
 *
 * A singular A leaves a zero on U's diagonal; `determinant` is then 0 and `solve` throws.
 *
 * @throws RangeError if A is not square.
 */
export function factor(a: Matrix): LU {
  const n = order(a, "factor");
  const lu = a.map((row) => [...row]);
  const rows = lu.map((_, i) => i);
  let sign: 1 | -1 = 1;
  for (let k = 0; k < n; ++k) {
    let pivot = k;
    for (let i = k + 1; i < n; ++i) if (Math.abs(lu[i][k]) > Math.abs(lu[pivot][k])) pivot = i;
    if (lu[pivot][k] === 0) continue;
    if (pivot !== k) {
      [lu[k], lu[pivot]] = [lu[pivot], lu[k]];
      [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      sign = sign === 1 ? -1 : 1;
    }
    for (let i = k + 1; i < n; ++i) {
      const multiplier = (lu[i][k] /= lu[k][k]);
      for (let j = k + 1; j < n; ++j) lu[i][j] -= multiplier * lu[k][j];
    }
  }
  return {lu, rows, sign};
}

/** X with A X = B, by L Y = P B and U X = Y. @throws RangeError if A is singular, not square, or B has other rows. */
export function solve(a: Matrix, b: Matrix): Matrix {
  const n = order(a, "solve");
  const [m, width] = shapeOf(b, "solve");
  if (m !== n) throw new RangeError(`solve: expected a right side of ${n} rows, got ${m}`);
  const {lu, rows} = factor(a);
  const singular = lu.findIndex((row, i) => row[i] === 0);
  if (singular >= 0) throw new RangeError(`solve: expected a regular matrix, got a zero pivot in column ${singular}`);
  const x = rows.map((row) => [...b[row]]);
  for (let c = 0; c < width; ++c) {
    for (let i = 0; i < n; ++i) for (let j = 0; j < i; ++j) x[i][c] -= lu[i][j] * x[j][c];
    for (let i = n - 1; i >= 0; --i) {
      for (let j = i + 1; j < n; ++j) x[i][c] -= lu[i][j] * x[j][c];
      x[i][c] /= lu[i][i];
    }
  }
  return x;
}

/** A⁻¹. @throws RangeError if A is singular or not square. */
export const inverse = (a: Matrix): Matrix => solve(a, identity(order(a, "inverse")));

/** |A|, the product of the pivots times the sign of the row order. @throws RangeError if A is not square. */
export function determinant(a: Matrix): number {
  const {lu, sign} = factor(a);
  return lu.reduce((product, row, i) => product * row[i], sign as number);
}

function order(a: Matrix, caller: string): number {
  const [m, n] = shapeOf(a, caller);
  if (m !== n) throw new RangeError(`${caller}: expected a square matrix, got ${m} × ${n}`);
  return n;
}
