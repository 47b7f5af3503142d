import * as tf from "@tensorflow/tfjs";
import type {Table} from "../kernel.js";
import {alike, count, elements, type DataType, type Recording, type Value} from "../value.js";

/** The shape of an element-wise operation on two shapes, as NumPy has it. */
export const broadcastShape = (a: number[], b: number[]): number[] =>
  tf.broadcast_util.assertAndGetBroadcastShape(a, b);

/** x repeated along axes of size 1, or new ones in front, until it has the shape. */
export function expanded(recording: Recording, x: Value, shape: number[]): Value {
  if (alike(x.shape, shape) || "fill" in x) return {...x, shape};
  return recording.emit({shape, dtype: x.dtype}, "Expand", [x.name, recording.graph.integers(shape)]);
}

/** The part of x from `begin` to `end` (excluded) along some axes, in steps; a negative step walks backwards. */
export function sliced(
  recording: Recording,
  x: Value,
  ranges: {axis: number; begin: number; end: number; step?: number}[]
): Value {
  if (ranges.length === 0) return x;
  const shape = [...x.shape];
  for (const {axis, begin, end, step = 1} of ranges) shape[axis] = Math.max(0, Math.ceil((end - begin) / step));
  if ("fill" in x) return {...x, shape};
  const {integers} = recording.graph;
  const list = [
    ranges.map(({begin}) => begin),
    ranges.map(({end, step = 1}) => (step < 0 && end < 0 ? -(2 ** 31) : end))
  ];
  const rest = [ranges.map(({axis}) => axis), ranges.map(({step = 1}) => step)];
  return recording.emit({shape, dtype: x.dtype}, "Slice", [x.name, ...[...list, ...rest].map(integers)]);
}

/** Axes in the order `permutation`. */
export function transposed(recording: Recording, x: Value, permutation: number[]): Value {
  const shape = permutation.map((axis) => x.shape[axis]);
  if ("fill" in x) return {...x, shape};
  return recording.emit({shape, dtype: x.dtype}, "Transpose", [x.name], {perm: permutation});
}

/** (N, H, W, C) → (N, C, H, W), as the standard's operators want images. */
export const channelsFirst = (recording: Recording, x: Value): Value => transposed(recording, x, [0, 3, 1, 2]);

/** (N, C, H, W) → (N, H, W, C). */
export const channelsLast = (recording: Recording, x: Value): Value => transposed(recording, x, [0, 2, 3, 1]);

/** Zeros, or another number, around x; a negative count cuts off. */
export function padded(recording: Recording, x: Value, paddings: [number, number][], fill = 0): Value {
  if (paddings.every(([before, behind]) => before === 0 && behind === 0)) return x;
  const {graph} = recording;
  const pads = graph.integers([...paddings.map(([before]) => before), ...paddings.map(([, behind]) => behind)]);
  const around = graph.constant(x.dtype, [], elements([fill], x.dtype));
  const shape = x.shape.map((n, axis) => n + paddings[axis][0] + paddings[axis][1]);
  return recording.emit({shape, dtype: x.dtype}, "Pad", [recording.name(x), pads, around]);
}

/** Values side by side along an axis. */
export function joined(recording: Recording, parts: Value[], axis: number): Value {
  if (parts.length === 1) return parts[0];
  const length = parts.reduce((sum, {shape}) => sum + shape[axis], 0);
  const like = {shape: parts[0].shape.with(axis, length), dtype: parts[0].dtype};
  return recording.emit(like, "Concat", parts.map(recording.name), {axis});
}

const axisOf = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);

/** Kernels that move elements and leave them as they are. */
export const layout: Table = {
  Reshape: ({x}, {shape}: {shape: number[]}, r) => r.reshape(x, tf.util.inferFromImplicitShape(shape, count(x.shape))),
  ExpandDims({input}, {dim}: {dim: number}, r) {
    return r.reshape(input, input.shape.toSpliced(axisOf(dim, input.shape.length + 1), 0, 1));
  },
  Transpose: ({x}, {perm}: {perm: number[]}, r) => transposed(r, x, perm),
  Tile({x}, {reps}: {reps: number[]}, r) {
    const shape = x.shape.map((n, axis) => n * reps[axis]);
    if (x.shape.every((n, axis) => n === 1 || reps[axis] === 1)) return expanded(r, x, shape);
    return r.emit({shape, dtype: x.dtype}, "Tile", [r.name(x), r.graph.integers(reps)]);
  },
  PadV2: ({x}, {paddings, constantValue}: {paddings: [number, number][]; constantValue: number}, r) =>
    padded(r, x, paddings, constantValue),
  Slice({x}, {begin, size}: {begin: number | number[]; size: number | number[]}, r) {
    const tensor = {shape: x.shape, rank: x.shape.length} as tf.Tensor;
    const [first, sizes] = tf.slice_util.parseSliceParams(tensor, begin, size);
    const ranges = sizes.map((n, axis) => ({axis, begin: first[axis], end: first[axis] + n}));
    return sliced(
      r,
      x,
      ranges.filter(({axis}) => sizes[axis] !== x.shape[axis])
    );
  },
  StridedSlice({x}, a: Record<string, never>, r) {
    const info = tf.slice_util.sliceInfo(
      x.shape,
      a.begin,
      a.end,
      a.strides,
      a.beginMask,
      a.endMask,
      a.ellipsisMask,
      a.newAxisMask,
      a.shrinkAxisMask
    );
    const ranges = x.shape.map((_, axis) => ({
      axis,
      begin: info.begin[axis],
      end: info.end[axis],
      step: info.strides[axis]
    }));
    return r.reshape(sliced(r, x, ranges), info.finalShape);
  },
  Reverse({x}, {dims}: {dims: number[]}, r) {
    const ranges = dims.map((axis) => ({axis, begin: x.shape[axis] - 1, end: -1, step: -1}));
    return sliced(r, x, ranges);
  },
  Concat: (parts, {axis}: {axis: number}, r) => {
    const filled = Object.values(parts).filter(({shape}) => count(shape) > 0);
    return joined(r, filled, axisOf(axis, parts[0].shape.length));
  },
  Pack(parts, {axis}: {axis: number}, r) {
    const at = axisOf(axis, parts[0].shape.length + 1);
    return joined(
      r,
      Object.values(parts).map((part) => r.reshape(part, part.shape.toSpliced(at, 0, 1))),
      at
    );
  },
  Unpack({value}, {axis}: {axis: number}, r) {
    const at = axisOf(axis, value.shape.length);
    const parts = Array.from({length: value.shape[at]}, (_, i) => sliced(r, value, [{axis: at, begin: i, end: i + 1}]));
    return parts.map((part) => r.reshape(part, value.shape.toSpliced(at, 1)));
  },
  SplitV({x}, {numOrSizeSplits, axis}: {numOrSizeSplits: number | number[]; axis: number}, r) {
    const at = axisOf(axis, x.shape.length);
    let begin = 0;
    return tf.backend_util.prepareSplitSize(x as never, numOrSizeSplits, at).map((size) => {
      begin += size;
      return sliced(r, x, [{axis: at, begin: begin - size, end: begin}]);
    });
  },
  Range(_, {start, stop, step, dtype = "float32"}: {start: number; stop: number; step: number; dtype?: DataType}, r) {
    const signed = stop < start && step === 1 ? -1 : step;
    const length = Math.max(0, Math.ceil((stop - start) / signed));
    const values = elements(
      Array.from({length}, (_, i) => start + i * signed),
      dtype
    );
    return {shape: [length], dtype, name: r.graph.constant(dtype, [length], values)};
  }
};
