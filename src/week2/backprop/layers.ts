import {add, build, multiply, scale, transpose, type Matrix, type Vector} from "../../components/math/matrix.js";

/** Parameters of a network of one hidden layer, I → H → K. */
export interface Parameters {
  /** (I, H) and (H). */
  first: Matrix;
  firstBias: Vector;
  /** (H, K) and (K). */
  second: Matrix;
  secondBias: Vector;
}

const rowSum = (a: Matrix): Vector => a[0].map((_, j) => a.reduce((sum, row) => sum + row[j], 0));
const shifted = (a: Matrix, b: Vector): Matrix => a.map((row) => row.map((x, j) => x + b[j]));
const each = (a: Matrix, b: Matrix, f: (x: number, y: number) => number): Matrix =>
  build(a.length, a[0].length, (i, j) => f(a[i][j], b[i][j]));

/** softmax of each row. */
export const softmaxRows = (z: Matrix): Matrix =>
  z.map((row) => {
    const top = Math.max(...row);
    const exps = row.map((x) => Math.exp(x - top));
    const total = exps.reduce((a, b) => a + b);
    return exps.map((x) => x / total);
  });

/** Y = X W + 1 bᵀ backwards: Ȳ (B, O) → X̄ = Ȳ Wᵀ, W̄ = Xᵀ Ȳ, b̄ = Ȳᵀ 1. */
export const linearBackward = (x: Matrix, w: Matrix, dy: Matrix) => ({
  x: multiply(dy, transpose(w)),
  w: multiply(transpose(x), dy),
  b: rowSum(dy)
});

/**
 * Mean cross-entropy of softmax(tanh(X W₁ + b₁) W₂ + b₂) against the targets, and its gradient by hand, one line forward for
 * each line back.
 *
 * @param x (B, I), @param targets (B, K), rows that sum to 1.
 */
export function network({first, firstBias, second, secondBias}: Parameters, x: Matrix, targets: Matrix) {
  const h = shifted(multiply(x, first), firstBias).map((row) => row.map(Math.tanh)); // (B, H)
  const p = softmaxRows(shifted(multiply(h, second), secondBias)); // (B, K)
  const loss = -each(targets, p, (t, q) => t * Math.log(q)).flat().reduce((a, b) => a + b) / x.length; // prettier-ignore

  const dz = scale(add(p, targets, -1), 1 / x.length); // Z̄ = (P − T)/B
  const top = linearBackward(h, second, dz);
  const da = each(top.x, h, (dh, y) => dh * (1 - y * y)); // Ā = H̄ ⊙ (1 − H²)
  const bottom = linearBackward(x, first, da);
  const gradient: Parameters = {first: bottom.w, firstBias: bottom.b, second: top.w, secondBias: top.b};
  return {loss, gradient};
}
