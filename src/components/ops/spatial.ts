import * as tf from "@tensorflow/tfjs";

/** (N, H, W, C) with `rows` = [above, below] and `columns` = [left, right] zeros around it; negative counts cut off. */
export function padded(x: tf.Tensor, rows: [number, number], columns: [number, number]): tf.Tensor4D {
  let y = x as tf.Tensor4D;
  const [n, height, width, channels] = y.shape;
  const cut = [...rows, ...columns].map((count) => Math.max(0, -count));
  if (cut.some((count) => count > 0))
    y = tf.slice(y, [0, cut[0], cut[2], 0], [n, height - cut[0] - cut[1], width - cut[2] - cut[3], channels]);
  const [above, below, left, right] = [...rows, ...columns].map((count) => Math.max(0, count));
  if (above + below + left + right === 0) return y;
  return tf.pad(y, [[0, 0], [above, below], [left, right], [0, 0]]); // prettier-ignore
}

/** `step` − 1 zeros between the neighbours along axes `axis` and `axis` + 1: sizes n become (n − 1) step + 1. */
export function spaced(x: tf.Tensor, axis: 0 | 1, step: number): tf.Tensor4D {
  if (step === 1) return x as tf.Tensor4D;
  const shape: number[] = x.shape;
  const [height, width] = [shape[axis], shape[axis + 1]];
  const [before, after] = [shape.slice(0, axis), shape.slice(axis + 2)];
  const zeros = [0, step - 1];
  const none = [0, 0];
  const pads = [...before.map(() => none), none, zeros, none, zeros, ...after.map(() => none)] as [number, number][];
  const apart = tf.pad(tf.reshape(x, [...before, height, 1, width, 1, ...after]), pads);
  const full = tf.reshape(apart, [...before, height * step, width * step, ...after]);
  const sizes = [...before, (height - 1) * step + 1, (width - 1) * step + 1, ...after];
  return tf.slice(full, [0, 0, 0, 0], sizes) as tf.Tensor4D;
}

/** The filter of the transposed map: (h, w, I, O) turned by 180° and with its channels exchanged, (h, w, O, I). */
export function transposedFilter(filter: tf.Tensor): tf.Tensor4D {
  const [height, width, inputs, outputs] = filter.shape;
  const taps = height * width;
  const last = taps - 1;
  let turned = tf.reshape(filter, [taps, inputs, outputs]);
  if (taps > 1) turned = tf.gather(turned, tf.tensor1d(Array.from({length: taps}, (_, i) => last - i), "int32")); // prettier-ignore
  return tf.reshape(tf.transpose(turned, [0, 2, 1]), [height, width, outputs, inputs]);
}
