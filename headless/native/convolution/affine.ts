import type {Node} from "../onnx/graph.js";
import {sum} from "../trace/kernels/reduction.js";
import {count, type Recording, type Value} from "../trace/value.js";
import {domain} from "./blocked.js";

// Maps of single channels as convolutions in blocks: one pass over memory, where multiplying, adding and rectifying by the
// standard's operators are one pass each.

const alone = (channels: number, kernel: number[]) => ({
  group: channels,
  kernel_shape: kernel,
  strides: [1, 1],
  dilations: [1, 1],
  pads: [0, 0, 0, 0]
});

/** scale · x + shift of blocks (N, C, H, W), channel by channel: scale and shift (C). */
export function affine(recording: Recording, x: Value, scale: Value, shift?: Value): Value {
  const channels = x.shape[1];
  const filter = recording.reshape(scale, [channels, 1, 1, 1]);
  const inputs = [x, filter, ...(shift ? [shift] : [])].map(recording.name);
  return recording.emit(x, "Conv", inputs, alone(channels, [1, 1]), {domain});
}

/** x + shift of blocks (N, C, H, W), channel by channel: as the bias of the convolution that made them, if there is one. */
export function shifted(recording: Recording, x: Value, shift: Value): Value {
  const node = open(recording, x);
  if (!node || node.inputs.length > 2)
    return affine(recording, x, {shape: [x.shape[1]], dtype: "float32", fill: 1}, shift);
  return recording.emit(x, "Conv", [...node.inputs, recording.name(shift)], node.attributes, {domain});
}

/** Σ x y over the pixels of each image and channel, blocks (N, C, H, W) → (N, C): each y is a filter as large as its x. */
export function products(recording: Recording, x: Value, y: Value): Value {
  const [n, c, ...image] = x.shape;
  const [images, filters] = [recording.reshape(x, [1, n * c, ...image]), recording.reshape(y, [n * c, 1, ...image])];
  const inputs = [images, filters].map(recording.name);
  const sums = recording.emit({shape: [1, n * c, 1, 1]}, "Conv", inputs, alone(n * c, image), {domain});
  return recording.reshape(sums, [n, c]);
}

/** Σ x over the pixels of all images, blocks (N, C, H, W) → (C). */
export function channelSums(recording: Recording, x: Value): Value {
  const [n, c, ...image] = x.shape;
  const parts = recording.reshape(x, [(n * c) / 16, count(image), 16]);
  const {graph} = recording;
  const like = {shape: [(n * c) / 16, 16]};
  const sums = recording.emit(like, "ReduceSum", [recording.name(parts), graph.integers([1])], {keepdims: 0});
  return sum(recording, recording.reshape(sums, [n, c]), 0);
}

const isAffine = ({operator, attributes}: Node): boolean =>
  operator === "Conv" && attributes.group !== undefined && count(attributes.kernel_shape as number[]) === 1;

/** The node that made blocks, if it is a convolution that has not been rectified, and nothing has been added to it. */
function open({graph}: Recording, x: Value): Node | null {
  const node = "name" in x ? graph.maker(x.name) : undefined;
  if (node?.operator !== "Conv" || node.domain !== domain || node.attributes.activation) return null;
  return node.inputs.length > 3 ? null : node;
}

/** relu(x) of blocks: a pass of its own only where x is no map of single channels. */
export function rectified(recording: Recording, x: Value): Value {
  const node = "name" in x ? recording.graph.maker(x.name) : undefined;
  if (!node || !isAffine(node) || node.attributes.activation) return recording.emit(x, "Relu", [recording.name(x)]);
  return recording.emit(x, "Conv", node.inputs, {...node.attributes, activation: "Relu"}, {domain});
}

/** x + y of blocks: a convolution starts from the other summand instead of zero. */
export function added(recording: Recording, x: Value, y: Value): Value {
  const orders = [
    [x, y],
    [y, x]
  ];
  for (const [one, other] of orders) {
    const node = open(recording, one);
    if (!node) continue;
    const [images, filter, bias = ""] = node.inputs;
    return recording.emit(x, "Conv", [images, filter, bias, recording.name(other)], node.attributes, {domain});
  }
  return recording.emit(x, "Add", [recording.name(x), recording.name(y)]);
}
