import * as tf from "@tensorflow/tfjs";

/** A convolution's sizes; pairs are (rows, columns). */
export interface Geometry {
  batch: number;
  /** I and O. */
  inputs: number;
  outputs: number;
  /** (H, W), (H', W') and (h, w). */
  image: [number, number];
  result: [number, number];
  kernel: [number, number];
  stride: [number, number];
  dilation: [number, number];
  /** Zeros before and behind the rows, and the columns. */
  before: [number, number];
  behind: [number, number];
}

/** What tfjs hands a kernel of convolution. */
export interface StockOptions {
  strides: number | [number, number];
  pad: number | "same" | "valid";
  dataFormat?: string;
  dilations?: number | [number, number];
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** A geometry as tfjs has computed it, for a convolution or a pooling. */
export function geometryOf(info: tf.backend_util.Conv2DInfo): Geometry {
  const {padInfo} = info;
  return {
    batch: info.batchSize,
    inputs: info.inChannels,
    outputs: info.outChannels,
    image: [info.inHeight, info.inWidth],
    result: [info.outHeight, info.outWidth],
    kernel: [info.filterHeight, info.filterWidth],
    stride: [info.strideHeight, info.strideWidth],
    dilation: [info.dilationHeight, info.dilationWidth],
    before: [padInfo.top, padInfo.left],
    behind: [padInfo.bottom, padInfo.right]
  };
}

/** @param x (N, H, W, I). @param filter (h, w, I, O), or (h, w, C, M) of a depthwise one. */
export function stockGeometry(x: number[], filter: number[], options: StockOptions, depthwise = false): Geometry {
  const {strides, pad, dataFormat = "NHWC", dilations = 1, dimRoundingMode} = options;
  if (dataFormat !== "NHWC") throw new RangeError(`trace: expected images (N, H, W, C), got the format ${dataFormat}`);
  const sizes = [x, filter] as [number, number, number, number][];
  const info = tf.backend_util.computeConv2DInfo(
    sizes[0],
    sizes[1],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise
  );
  return geometryOf(info);
}

/** The geometry of our own op: the same stride, padding and dilation in both directions. */
export function squareGeometry(
  x: number[],
  filter: number[],
  {stride, padding, dilation}: {stride: number; padding: number; dilation: number}
): Geometry {
  const image: [number, number] = [x[1], x[2]];
  const kernel: [number, number] = [filter[0], filter[1]];
  const result = image.map((n, i) => Math.floor((n + 2 * padding - dilation * (kernel[i] - 1) - 1) / stride) + 1);
  const both = (n: number): [number, number] => [n, n];
  return {
    batch: x[0],
    inputs: filter[2],
    outputs: filter[3],
    image,
    result: result as [number, number],
    kernel,
    stride: both(stride),
    dilation: both(dilation),
    before: both(padding),
    behind: both(padding)
  };
}

/** How far a filter reaches along each axis: d (k − 1) + 1. */
export const reach = ({kernel, dilation}: Geometry): number[] => kernel.map((k, i) => dilation[i] * (k - 1) + 1);

/** A filter of one pixel, without stride or padding: a matrix product. */
export const pointwise = ({kernel, stride, before, behind}: Geometry): boolean =>
  [...kernel, ...stride].every((n) => n === 1) && [...before, ...behind].every((n) => n === 0);
