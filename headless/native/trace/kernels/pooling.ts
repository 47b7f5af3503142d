import * as tf from "@tensorflow/tfjs";
import type {Table} from "../kernel.js";
import {count, type Recording, type Value} from "../value.js";
import {geometryOf} from "../../convolution/geometry.js";
import {transposedConvolution} from "../../convolution/transposed.js";
import {channelsFirst, channelsLast} from "./layout.js";

type Options = {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: number;
  dimRoundingMode?: "floor";
};

function window(x: Value, {filterSize, strides, pad, dimRoundingMode}: Options) {
  const shape = x.shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const geometry = geometryOf(info);
  const {kernel, stride, before, behind} = geometry;
  const attributes = {kernel_shape: kernel, strides: stride, pads: [...before, ...behind]};
  return {shape: info.outShape, attributes, geometry};
}

const turned = ([n, h, w, c]: number[]) => [n, c, h, w];

/** Each window's largest number goes back to where it stood, the first place among equals; windows that share it add up. */
function maxPoolGradient(recording: Recording, dy: Value, x: Value, options: Options): Value {
  const {shape, attributes} = window(x, options);
  const {graph} = recording;
  const images = channelsFirst(recording, x);
  const [, places] = graph.nodes("MaxPool", [recording.name(images)], attributes, {outputs: 2});
  const flat = graph.integers([-1]);
  const zeros = recording.name({shape: [count(x.shape)], dtype: "float32", fill: 0});
  const updates = recording.reshape(channelsFirst(recording, dy), [count(shape)]);
  const inputs = [zeros, graph.node("Reshape", [places, flat]), recording.name(updates)];
  const sums = recording.emit({shape: [count(x.shape)]}, "ScatterElements", inputs, {axis: 0, reduction: "add"});
  return channelsLast(recording, recording.reshape(sums, turned(x.shape)));
}

/** Each window gives dy / (h w) to every place under it, as the stock kernel does: at the border it also pays padding. */
function avgPoolGradient(recording: Recording, dy: Value, x: Value, options: Options): Value {
  const {geometry} = window(x, options);
  const {inputs, kernel} = geometry;
  const weight: Value = {shape: [inputs, 1, ...kernel], dtype: "float32", fill: 1 / count(kernel)};
  return transposedConvolution(recording, dy, weight, geometry, inputs);
}

/** Kernels of pooling, (N, H, W, C). */
export const pooling: Table = {
  MaxPool({x}, options: Options, r) {
    const {shape, attributes} = window(x, options);
    return channelsLast(r, r.emit({shape: turned(shape)}, "MaxPool", [r.name(channelsFirst(r, x))], attributes));
  },
  MaxPoolGrad: ({dy, input}, options: Options, r) => maxPoolGradient(r, dy, input, options),
  AvgPool({x}, options: Options, r) {
    const {shape, attributes} = window(x, options);
    return channelsLast(r, r.emit({shape: turned(shape)}, "AveragePool", [r.name(channelsFirst(r, x))], attributes));
  },
  AvgPoolGrad: ({dy, input}, options: Options, r) => avgPoolGradient(r, dy, input, options)
};
