import * as tf from "@tensorflow/tfjs";
import {defineOp, floats, type Compute} from "./op.js";
import * as webgpu from "./webgpu/matMul.js";
import {allocate, numbers, transposeInto} from "./wasmHeap.js";

type Pair = {a: tf.Tensor; b: tf.Tensor};
type Transposes = {transposeA: boolean; transposeB: boolean};

const product: Compute<Pair, Transposes, tf.Tensor> = defineOp({
  name: "MatMul",
  plain: ({a, b}, {transposeA, transposeB}) => tf.matMul(a, b, transposeA, transposeB),
  // The stock wasm kernel multiplies transposed operands in a scalar loop, others with XNNPACK: a copy pays.
  variants: {
    wasm: ({a, b}, {transposeA, transposeB}) => tf.matMul(transposeA ? turned(a) : a, transposeB ? turned(b) : b),
    webgpu: floats(webgpu.matMul)
  },
  gradient: {
    inputs: ["a", "b"],
    // With A' = op(a), B' = op(b): dA' = dy B'ᵀ, dB' = A'ᵀ dy; a transposed operand takes the transposed gradient.
    rule: (dy, {a, b}, _, {transposeA, transposeB}) => ({
      a: () =>
        transposeA
          ? product({a: b, b: dy}, {transposeA: transposeB, transposeB: true})
          : product({a: dy, b}, {transposeA: false, transposeB: !transposeB}),
      b: () =>
        transposeB
          ? product({a: dy, b: a}, {transposeA: true, transposeB: transposeA})
          : product({a, b: dy}, {transposeA: !transposeA, transposeB: false})
    })
  }
});

/**
 * Matrix product over the last two axes: (…, I, K) × (…, K, J) → (…, I, J).
 *
 * @param a (…, I, K), or (…, K, I) with transposeA.
 * @param b (…, K, J), or (…, J, K) with transposeB; the same rank and the same leading axes as a.
 * @throws RangeError if ranks, leading axes or the inner sizes differ.
 */
export function matMul<T extends tf.Tensor>(a: T, b: T, {transposeA = false, transposeB = false} = {}): T {
  const inner = [a.shape.at(transposeA ? -2 : -1), b.shape.at(transposeB ? -1 : -2)];
  const leading = [a, b].map(({shape}) => shape.slice(0, -2).join(", "));
  if (a.rank < 2 || a.rank !== b.rank || leading[0] !== leading[1] || inner[0] !== inner[1])
    throw new RangeError(
      `matMul: expected (…, I, K) × (…, K, J), got (${a.shape.join(", ")})${transposeA ? "ᵀ" : ""} × ` +
        `(${b.shape.join(", ")})${transposeB ? "ᵀ" : ""}`
    );
  return product({a, b}, {transposeA, transposeB}) as T;
}

/** The last two axes exchanged, on the wasm heap. */
function turned(x: tf.Tensor): tf.Tensor {
  const [rows, columns] = x.shape.slice(-2);
  const y = allocate([...x.shape.slice(0, -2), columns, rows]);
  const [from, to] = [numbers(x), numbers(y)];
  for (let offset = 0; offset < x.size; offset += rows * columns)
    transposeInto({values: to, offset, stride: rows}, {values: from, offset, stride: columns}, rows, columns);
  return y;
}
