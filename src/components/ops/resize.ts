import * as tf from "@tensorflow/tfjs";
import {shapes} from "../tensor/shape.js";
import {defineOp, type Compute} from "./op.js";
import {matMul} from "./matMul.js";
import {linearMap} from "./webgpu/resize.js";

/** One axis, taken as (outer, from, inner), of `from` numbers made `to`; `adjoint` for the map's transpose. */
export type Axis = {outer: number; from: number; to: number; inner: number; adjoint: boolean};

/** Weights of the `from` numbers in each of the `to`: half-pixel centres, the border repeated. (to, from) */
function weightsOf(from: number, to: number): Float32Array {
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; ++i) {
    const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const low = Math.floor(at);
    weights[i * from + low] += 1 - (at - low);
    if (low + 1 < from) weights[i * from + low + 1] += at - low;
  }
  return weights;
}

const along: Compute<{x: tf.Tensor}, Axis, tf.Tensor> = defineOp({
  name: "ResizeAxis",
  plain({x}, {outer, from, to, inner, adjoint}) {
    const weights = tf.tensor2d(weightsOf(from, to), [to, from]);
    const columns = tf.reshape(tf.transpose(x, [1, 0, 2]), [x.shape[1]!, outer * inner]);
    const moved = matMul(weights as tf.Tensor, columns, {transposeA: adjoint});
    return tf.transpose(tf.reshape(moved, [adjoint ? from : to, outer, inner]), [1, 0, 2]);
  },
  variants: {webgpu: ({x}, axis) => (x.dtype === "float32" && x.size > 0 ? linearMap(x, axis) : null)},
  gradient: {rule: (dy, _, __, axis) => ({x: () => along({x: dy}, {...axis, adjoint: !axis.adjoint})})}
});

/**
 * Images of another size by linear interpolation along both axes: (B, H, W, C) → (B, H', W', C).
 *
 *   y[i] = (1 − f) x[⌊t⌋] + f x[⌊t⌋ + 1],   t = (i + ½) H / H' − ½ within [0, H − 1],   f = t − ⌊t⌋
 *
 * The centres of the outer pixels' areas, not of the outer pixels, fall on each other, as in torch with align_corners off;
 * nothing is smoothed before sizes shrink. The gradient is the transposed map.
 *
 * @throws RangeError if x is no image or a size is no integer ≥ 1.
 */
export function resize(x: tf.Tensor, height: number, width: number): tf.Tensor4D {
  const {B, H, W, C} = shapes("resize", {x: [x, "B H W C"]});
  for (const size of [height, width])
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`resize: expected integer sizes ≥ 1, got ${size}`);
  const onAxis = (image: tf.Tensor, outer: number, from: number, to: number, inner: number) =>
    along({x: tf.reshape(image, [outer, from, inner])}, {outer, from, to, inner, adjoint: false});
  const tall = onAxis(x, B, H, height, W * C);
  const wide = onAxis(tall, B * height, W, width, C);
  return tf.reshape(wide, [B, height, width, C]);
}
