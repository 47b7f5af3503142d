import type {Attributes, Inputs, Table} from "../kernel.js";
import {type Recording, type Value} from "../value.js";
import {matMul} from "./product.js";

type Options = {alignCorners: boolean; halfPixelCenters: boolean; size: [number, number]};
type Weights = (from: number, to: number, options: Options) => Float32Array;

/** Where output i looks in the input, in pixels. */
function source(i: number, from: number, to: number, {alignCorners, halfPixelCenters}: Options): number {
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  return halfPixelCenters ? (i + 0.5) * scale - 0.5 : i * scale;
}

/** The matrix (to, from) of linear interpolation between the two pixels beside a place. */
const bilinear: Weights = (from, to, options) => {
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const at = Math.min(from - 1, Math.max(0, source(i, from, to, options)));
    const [low, high] = [Math.floor(at), Math.ceil(at)];
    weights[i * from + low] += 1 - (at - low);
    weights[i * from + high] += at - low;
  }
  return weights;
};

/** The matrix (to, from) that picks one pixel: the nearest with aligned corners, else the one the place lies in. */
const nearest: Weights = (from, to, options) => {
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const at = options.halfPixelCenters ? source(i, from, to, options) + 0.5 : source(i, from, to, options);
    weights[i * from + Math.min(from - 1, options.alignCorners ? Math.round(at) : Math.floor(at))] = 1;
  }
  return weights;
};

/** Rows and columns of images (N, H, W, C), each mapped by a matrix, or by its transpose. */
function separable(recording: Recording, x: Value, [rows, columns]: Value[], transpose: boolean): Value {
  const [n, height, width, channels] = x.shape;
  const size = (matrix: Value) => matrix.shape[transpose ? 1 : 0];
  const tall = matMul(
    recording,
    recording.reshape(rows, [1, ...rows.shape]),
    recording.reshape(x, [n, height, width * channels]),
    {transposeA: transpose}
  );
  const lines = recording.reshape(tall, [n * size(rows), width, channels]);
  const wide = matMul(recording, recording.reshape(columns, [1, ...columns.shape]), lines, {transposeA: transpose});
  return recording.reshape(wide, [n, size(rows), size(columns), channels]);
}

/** Resizing is linear in the image, and its gradient is the transposed map: both are products with the same matrices. */
const matrices = (recording: Recording, from: number[], to: number[], weights: Weights, options: Options): Value[] =>
  [1, 2].map((axis) => {
    const shape = [to[axis], from[axis]];
    const name = recording.graph.constant("float32", shape, weights(from[axis], to[axis], options));
    return {shape, dtype: "float32", name};
  });

const forward =
  (weights: Weights) =>
  ({images}: Inputs, options: Attributes, recording: Recording) => {
    const {size} = options as Options;
    const maps = matrices(recording, images.shape, [images.shape[0], ...size], weights, options as Options);
    return separable(recording, recording.cast(images, "float32"), maps, false);
  };

const backward =
  (weights: Weights) =>
  ({images, dy}: Inputs, options: Attributes, recording: Recording) => {
    const maps = matrices(recording, images.shape, dy.shape, weights, options as Options);
    return separable(recording, dy, maps, true);
  };

/** Kernels that change the size of images. */
export const resize: Table = {
  ResizeBilinear: forward(bilinear),
  ResizeBilinearGrad: backward(bilinear),
  ResizeNearestNeighbor: forward(nearest),
  ResizeNearestNeighborGrad: backward(nearest)
};
