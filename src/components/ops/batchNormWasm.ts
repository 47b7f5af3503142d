import type * as tf from "@tensorflow/tfjs";
import type {Backward, Epsilon, Forward} from "./batchNorm.js";
import {allocate, eachTile, numbers} from "./wasmHeap.js";

// Two passes over the image where the composition takes eleven, each of which writes a new image. Sums are in float64.

/** [y, mean, variance] on the wasm heap: y = a x + b with a = γ / √(σ² + ε) and b = β − a μ. */
export function forwardOnHeap({x, weight, bias}: Forward, {epsilon}: Epsilon): tf.Tensor[] {
  const channels = weight.size;
  const outputs = [allocate(x.shape), allocate([channels]), allocate([channels])];
  const [from, gamma, beta] = [x, weight, bias].map(numbers);
  const [y, mean, variance] = outputs.map(numbers);
  const [sums, squares] = sumsOfProducts(from, from, channels);
  const count = x.size / channels;
  const [a, b] = [new Float64Array(channels), new Float64Array(channels)];
  for (let c = 0; c < channels; ++c) {
    const centre = sums[c] / count;
    const spread = Math.max(0, squares[c] / count - centre * centre);
    a[c] = gamma[c] / Math.sqrt(spread + epsilon);
    b[c] = beta[c] - a[c] * centre;
    mean[c] = centre;
    variance[c] = spread;
  }
  eachTile(from.length, channels, (c, begin, end) => {
    const [scale, shift] = [a[c], b[c]];
    for (let i = begin; i < end; i += channels) y[i] = scale * from[i] + shift;
  });
  return outputs;
}

/** [dx, dγ, dβ] on the wasm heap: dx = a dy + b x + k, the formula of `batchNorm` sorted by dy, x and 1. */
export function backwardOnHeap({dy, x, weight, mean, variance}: Backward, {epsilon}: Epsilon): tf.Tensor[] {
  const channels = weight.size;
  const outputs = [allocate(x.shape), allocate([channels]), allocate([channels])];
  const [up, from, gamma, centre, spread] = [dy, x, weight, mean, variance].map(numbers);
  const [dx, dGamma, dBeta] = outputs.map(numbers);
  const [sums, products] = sumsOfProducts(up, from, channels);
  const count = x.size / channels;
  const [a, b, k] = [new Float64Array(channels), new Float64Array(channels), new Float64Array(channels)];
  for (let c = 0; c < channels; ++c) {
    const deviation = Math.sqrt(spread[c] + epsilon);
    const alongUnit = (products[c] - centre[c] * sums[c]) / deviation; // Σ dy x̂
    a[c] = gamma[c] / deviation;
    b[c] = (-a[c] * alongUnit) / (count * deviation);
    k[c] = (-a[c] * sums[c]) / count - b[c] * centre[c];
    dGamma[c] = alongUnit;
    dBeta[c] = sums[c];
  }
  eachTile(from.length, channels, (c, begin, end) => {
    const [alongUp, alongX, shift] = [a[c], b[c], k[c]];
    for (let i = begin; i < end; i += channels) dx[i] = alongUp * up[i] + alongX * from[i] + shift;
  });
  return outputs;
}

/** Σ p and Σ p q over all rows of two (rows, channels) arrays. */
function sumsOfProducts(p: Float32Array, q: Float32Array, channels: number): [Float64Array, Float64Array] {
  const [sums, products] = [new Float64Array(channels), new Float64Array(channels)];
  eachTile(p.length, channels, (c, begin, end) => {
    let [sum, product] = [0, 0];
    for (let i = begin; i < end; i += channels) {
      sum += p[i];
      product += p[i] * q[i];
    }
    sums[c] += sum;
    products[c] += product;
  });
  return [sums, products];
}
