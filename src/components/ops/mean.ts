import * as tf from "@tensorflow/tfjs";
import {defineOp, type Compute} from "./op.js";
import {repeatMiddle, sumOfMiddle} from "./webgpu/sum.js";
import {allocate, eachTile, numbers} from "./wasmHeap.js";

type Input = {x: tf.Tensor};
/** The axes to reduce or to repeat, in ascending order, and the shape of the tensor that has them whole. */
type Reduction = {axes: number[]; shape: number[]};

// Both keep the reduced axes with size 1: then each is the other's gradient.
const total: Compute<Input, Reduction, tf.Tensor> = defineOp({
  name: "Sum",
  plain: ({x}, {axes}) => tf.sum(x, axes, true),
  // The stock kernel adds up in float32: the mean of 2²⁴ numbers 0.1 comes out as 0.115. It is no faster.
  variants: {
    wasm: ({x}, reduction) => (x.dtype === "float32" ? sumOnHeap(x, reduction) : null),
    webgpu: ({x}, reduction) => onMiddle(sumOfMiddle, x, reduction, reduced(reduction))
  },
  gradient: {rule: (dy, _, __, {axes, shape}) => ({x: () => repeated({x: dy}, {axes, shape})})}
});

const repeated: Compute<Input, Reduction, tf.Tensor> = defineOp({
  name: "Broadcast",
  plain: ({x}, {shape}) => tf.broadcastTo(x, shape),
  variants: {
    wasm: ({x}, reduction) => repeatOnHeap(x, reduction),
    webgpu: ({x}, reduction) => onMiddle(repeatMiddle, x, reduction, reduction.shape)
  },
  gradient: {rule: (dy, _, __, {axes, shape}) => ({x: () => total({x: dy}, {axes, shape})})}
});

/**
 * Σ x over the given axes; without axes, over all. The gradient is dy repeated along them.
 *
 * @param axes negative ones count from the end.
 * @param keepDims whether a summed axis stays, with size 1.
 * @throws RangeError if an axis does not exist or is named twice.
 */
export function sum<T extends tf.Tensor = tf.Tensor>(x: tf.Tensor, axes?: number[], keepDims = false): T {
  return reduce("sum", x, axes, keepDims) as T;
}

/** The mean of x over the given axes; otherwise as `sum`. */
export function mean<T extends tf.Tensor = tf.Tensor>(x: tf.Tensor, axes?: number[], keepDims = false): T {
  const sums = reduce("mean", x, axes, keepDims);
  return tf.mul(sums, sums.size / x.size) as T;
}

function reduce(caller: string, x: tf.Tensor, given: number[] | undefined, keepDims: boolean): tf.Tensor {
  const all = x.shape.map((_, axis) => axis);
  const axes = (given ?? all).map((axis) => (axis < 0 ? axis + x.rank : axis)).sort((a, b) => a - b);
  if (axes.some((axis, i) => !all.includes(axis) || axis === axes[i - 1]))
    throw new RangeError(`${caller}: expected distinct axes of (${x.shape.join(", ")}), got [${given!.join(", ")}]`);
  const sums = total({x}, {axes, shape: x.shape});
  return keepDims
    ? sums
    : tf.reshape(
        sums,
        x.shape.filter((_, axis) => !axes.includes(axis))
      );
}

/** (outer, repeated, inner): what a run of neighbouring axes makes of a shape; nothing for other sets of axes. */
function threeAxes({axes, shape}: Reduction): [number, number, number] | null {
  if (axes.length === 0 || axes.at(-1)! - axes[0] !== axes.length - 1) return null;
  const count = (sizes: number[]) => sizes.reduce((product, n) => product * n, 1);
  return [count(shape.slice(0, axes[0])), count(axes.map((axis) => shape[axis])), count(shape.slice(axes.at(-1)! + 1))];
}

function onMiddle(
  run: (x: tf.Tensor, sizes: [number, number, number], shape: number[]) => tf.Tensor,
  x: tf.Tensor,
  reduction: Reduction,
  shape: number[]
): tf.Tensor | null {
  const sizes = x.dtype === "float32" && x.size > 0 ? threeAxes(reduction) : null;
  return sizes && run(x, sizes, shape);
}

const reduced = ({axes, shape}: Reduction) => shape.map((n, axis) => (axes.includes(axis) ? 1 : n));

function sumOnHeap(x: tf.Tensor, reduction: Reduction): tf.Tensor | null {
  const sizes = threeAxes(reduction);
  if (!sizes) return null;
  const [outer, count, inner] = sizes;
  const y = allocate(reduced(reduction));
  const [from, to] = [numbers(x), numbers(y)];
  const sums = new Float64Array(inner);
  for (let o = 0; o < outer; ++o) {
    const block = from.subarray(o * count * inner, (o + 1) * count * inner);
    sums.fill(0);
    eachTile(block.length, inner, (i, begin, end) => {
      let part = 0;
      for (let k = begin; k < end; k += inner) part += block[k];
      sums[i] += part;
    });
    to.set(sums, o * inner);
  }
  return y;
}

function repeatOnHeap(x: tf.Tensor, reduction: Reduction): tf.Tensor | null {
  const sizes = threeAxes(reduction);
  if (!sizes) return null;
  const [outer, count, inner] = sizes;
  const y = allocate(reduction.shape);
  const [from, to] = [numbers(x), numbers(y)];
  for (let o = 0, target = 0; o < outer; ++o)
    for (let k = 0; k < count; ++k) for (let i = 0; i < inner; ++i) to[target++] = from[o * inner + i];
  return y;
}
