import * as tf from "@tensorflow/tfjs";
import type {FilterGradient, InputGradient, Sized} from "./conv2d.js";
import {correlate, spaced} from "./spatial.js";
import {allocate, numbers, transposeInto} from "./wasmHeap.js";

// The formulas of conv2d.ts with the copies made on the wasm heap: tfjs's own transpose, gather and pad take longer than
// some of the convolutions they serve.

/** dx; with a stride, one small convolution for each residue of the pixel's position instead of one over mostly zeros. */
export function inputGradientOnHeap({dy, filter}: InputGradient, {stride, padding, dilation, sizes}: Sized): tf.Tensor {
  const whole = (axis: 0 | 1) => Array.from({length: filter.shape[axis]!}, (_, i) => filter.shape[axis]! - 1 - i);
  if (stride > 1 && dilation === 1 && sizes.every((size) => size % stride === 0))
    return interleaved({dy, filter}, stride, padding, sizes);
  const wide = spaced(dy, 1, stride);
  const [rows, columns] = [0, 1].map((axis): [number, number] => {
    const before = (filter.shape[axis] - 1) * dilation - padding;
    return [before, sizes[axis] + padding - wide.shape[axis + 1]];
  });
  return correlate(wide, exchanged(filter, whole(0), whole(1)), {rows, columns}, {dilation});
}

/** Along one axis: dx[s q + a] = Σₘ dy[q + c − m] w[r + s m] with r = (a + p) mod s and c = ⌊(a + p) / s⌋. */
function phase(a: number, stride: number, padding: number, taps: number, size: number, outputs: number) {
  const residue = (a + padding) % stride;
  const shift = Math.floor((a + padding) / stride);
  const count = Math.max(0, Math.ceil((taps - residue) / stride));
  const order = Array.from({length: count}, (_, i) => residue + stride * (count - 1 - i));
  return {order, margin: [count - 1 - shift, size / stride + shift - outputs] as [number, number]};
}

function interleaved({dy, filter}: InputGradient, stride: number, padding: number, sizes: number[]): tf.Tensor {
  const phases = [0, 1].map((axis) =>
    Array.from({length: stride}, (_, a) =>
      phase(a, stride, padding, filter.shape[axis], sizes[axis], dy.shape[axis + 1])
    )
  );
  const parts = phases[0].flatMap((row, a) =>
    phases[1].flatMap((column, b) => {
      if (row.order.length === 0 || column.order.length === 0) return [];
      const taps = exchanged(filter, row.order, column.order);
      return [{a, b, part: correlate(dy, taps, {rows: row.margin, columns: column.margin})}];
    })
  );
  const [height, width] = sizes;
  const [batch, channels] = [dy.shape[0], filter.shape[2]!];
  const dx = allocate([batch, height, width, channels]);
  const to = numbers(dx);
  if (parts.length < stride * stride) to.fill(0); // pixels that no output saw
  for (const {a, b, part} of parts) {
    const from = numbers(part);
    for (let row = 0, source = 0; row < (batch * height) / stride; ++row)
      for (let column = 0; column < width / stride; ++column) {
        let target = ((row * stride + a) * width + column * stride + b) * channels;
        for (let c = 0; c < channels; ++c) to[target++] = from[source++];
      }
  }
  return dx;
}

/** The filter with its taps in the given order of rows and columns and its channels exchanged: (rows, columns, O, I). */
function exchanged(filter: tf.Tensor, rows: number[], columns: number[]): tf.Tensor {
  const [, width, inputs, outputs] = filter.shape as number[];
  const result = allocate([rows.length, columns.length, outputs, inputs]);
  const [from, to] = [numbers(filter), numbers(result)];
  const taps = rows.flatMap((row) => columns.map((column) => row * width + column));
  taps.forEach((tap, i) =>
    transposeInto(
      {values: to, offset: i * inputs * outputs, stride: inputs},
      {values: from, offset: tap * inputs * outputs, stride: outputs},
      inputs,
      outputs
    )
  );
  return result;
}

/** dw; for a 1 × 1 filter one product of matrices, (I, pixels) × (pixels, O). */
export function filterGradientOnHeap({x, dy}: FilterGradient, {stride, padding, dilation, sizes}: Sized): tf.Tensor {
  const [batch, height, width, outputs] = dy.shape as number[];
  const inputs = x.shape[3]!;
  if (sizes[0] * sizes[1] === 1 && padding === 0) {
    const pixels = tf.reshape(sampled(x, height, width, stride), [inputs, height * width * batch]);
    return tf.reshape(tf.matMul(pixels, tf.reshape(pixelsFirst(dy), [-1, outputs])), [1, 1, inputs, outputs]);
  }
  const [rows, columns] = [0, 1].map((axis): [number, number] => {
    const reach = (dy.shape[axis + 1] - 1) * stride + (sizes[axis] - 1) * dilation + 1;
    return [padding, reach - padding - x.shape[axis + 1]];
  });
  const images = sampled(x, x.shape[1]!, x.shape[2]!, 1);
  const dw = correlate(images, pixelsFirst(dy), {rows, columns}, {stride: dilation, dilation: stride}); // (I, h, w, O)
  return tf.transpose(dw, [1, 2, 0, 3]);
}

const pixelsFirst = (dy: tf.Tensor) => tf.transpose(dy, [1, 2, 0, 3]); // whole rows of channels move: fast in tfjs too

/** Every `step`-th pixel of the images, channels first and batch last: (N, H, W, I) to (I, height, width, N). */
function sampled(x: tf.Tensor, height: number, width: number, step: number): tf.Tensor {
  const [batch, fullHeight, fullWidth, channels] = x.shape as number[];
  const result = allocate([channels, height, width, batch]);
  const [from, to] = [numbers(x), numbers(result)];
  const image = fullHeight * fullWidth * channels;
  for (let row = 0; row < height; ++row)
    for (let column = 0; column < width; ++column)
      transposeInto(
        {values: to, offset: (row * width + column) * batch, stride: height * width * batch},
        {values: from, offset: (row * fullWidth + column) * step * channels, stride: image},
        batch,
        channels
      );
  return result;
}
