import * as tf from "@tensorflow/tfjs";
import {rng} from "../../src/components/math/random.js";
import {useBackend, type BackendReport} from "../../src/components/ops/backend.js";
import {conv2d} from "../../src/components/ops/conv2d.js";
import type {Message} from "./inWorker.js";
import {title, type Layer} from "./layers.js";
import {interleaved} from "./rounds.js";

/** Milliseconds of every round, by pass and contender. Stock kernels that do not exist have no entry. */
export interface Measured {
  layer: Layer;
  forward: Record<string, number[]>;
  dx: Record<string, number[]>;
  dw: Record<string, number[]>;
}
export type ConvResult = {backend: BackendReport; stockFilterGradient: boolean; measured: Measured[]};
export type ConvRequest = {layers: Layer[]; rounds: number};

const post = (message: Message<ConvResult>) => postMessage(message);

onmessage = async ({data: {layers, rounds}}: MessageEvent<ConvRequest>) => {
  try {
    const backend = await useBackend("wasm");
    post({line: `${backend.reason}, ${rounds} interleaved rounds`});
    const stockFilterGradient = tf.getKernel("Conv2DBackpropFilter", backend.name) !== undefined;
    const measured = layers.map((layer) => {
      post({line: `measuring ${title(layer)}`});
      return measure(layer, rounds);
    });
    post({result: {backend, stockFilterGradient, measured}});
  } catch (error) {
    post({error: String(error)});
  }
};

function measure(layer: Layer, rounds: number): Measured {
  const {batch, size, inputs, outputs, taps, stride} = layer;
  const stream = rng(1);
  const normal = (...shape: [number, number, number, number]) =>
    tf.tensor4d(stream.normal(shape.reduce((a, b) => a * b)), shape);
  const x = normal(batch, size, size, inputs);
  const filter = normal(taps, taps, inputs, outputs);
  const dy = normal(batch, size / stride, size / stride, outputs);
  const padding = (taps - 1) / 2;
  const around: [number, number] = [padding, padding];
  const stock = (image: tf.Tensor4D, weight: tf.Tensor4D) =>
    tf.conv2d(image, weight, stride, [[0, 0], around, around, [0, 0]] as never);
  const ours = (image: tf.Tensor, weight: tf.Tensor) => conv2d(image, weight, {stride, padding});
  const attributes = {stride, padding, dilation: 1};
  const stockAttributes = {strides: stride, pad: [[0, 0], around, around, [0, 0]], dataFormat: "NHWC"};
  const kernel = (name: string, inputs: Record<string, tf.Tensor>, more: object) => () =>
    tf.engine().runKernel(name, inputs, more as never) as tf.Tensor;
  const race = (contenders: Record<string, () => tf.Tensor>) => {
    const freed = Object.entries(contenders).map(([name, run]) => [name, () => tf.tidy(run).dispose()]); // wasm has ended when it returns
    return interleaved(Object.fromEntries(freed), rounds);
  };
  const result = {
    layer,
    forward: race({ours: () => ours(x, filter), stock: () => stock(x, filter)}),
    // The backward kernels by themselves: a gradient through the tape would run the forward pass as well.
    dx: race({
      ours: kernel("DlmConv2DInputGradient", {dy, filter}, {...attributes, sizes: [size, size]}),
      stock: kernel("Conv2DBackpropInput", {dy, filter}, {...stockAttributes, inputShape: x.shape})
    }),
    dw: race({
      ours: kernel("DlmConv2DFilterGradient", {x, dy}, {...attributes, sizes: [taps, taps]}),
      composed: () => perTap(x, dy, taps, stride)
    })
  };
  tf.dispose([x, filter, dy]);
  return result;
}

/** What can be composed from stock ops without a trick: for each tap the product of the seen pixels with dy. */
function perTap(x: tf.Tensor4D, dy: tf.Tensor4D, taps: number, stride: number): tf.Tensor {
  const [batch, height, width, outputs] = dy.shape;
  const inputs = x.shape[3];
  const margin = (taps - 1) / 2;
  const wide = tf.pad(x, [[0, 0], [margin, margin], [margin, margin], [0, 0]]); // prettier-ignore
  const rows = tf.reshape(dy, [-1, outputs]);
  const products: tf.Tensor[] = [];
  for (let i = 0; i < taps; ++i)
    for (let j = 0; j < taps; ++j) {
      const end = [batch, i + (height - 1) * stride + 1, j + (width - 1) * stride + 1, inputs];
      const seen = stride === 1 ? tf.slice(wide, [0, i, j, 0], [batch, height, width, inputs]) : tf.stridedSlice(wide, [0, i, j, 0], end, [1, stride, stride, 1]); // prettier-ignore
      products.push(tf.matMul(tf.reshape(seen, [-1, inputs]), rows, true, false));
    }
  return tf.reshape(tf.stack(products), [taps, taps, inputs, outputs]);
}
