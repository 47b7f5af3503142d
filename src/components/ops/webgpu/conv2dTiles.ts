import type {Sizes} from "./conv2d.js";
import {groupsOf} from "./shader.js";
import type {Family} from "./tiles.js";

// A convolution and its two gradients as matrix products, of which one operand is never written out: its numbers are
// looked up in the images where they are needed.

/** Rows and columns are pixels by output channels; the depth are taps by input channels. */
export const forward: Family<Sizes> = {
  name: "conv2d",
  extent: ({N, P, Q, O, h, w, I}) => ({batch: 1, M: N * P * Q, N: O, K: h * w * I}),
  a: ({H, W, P, Q, w, I, stride, padding, dilation}) => ({
    along: "depth",
    text: `let tap = k / ${I};
  let v = m / ${Q} % ${P} * ${stride} + tap / ${w} * ${dilation} - ${padding};
  let u = m % ${Q} * ${stride} + tap % ${w} * ${dilation} - ${padding};
  if (v < 0 || v >= ${H} || u < 0 || u >= ${W}) { return 0.0; }
  return a[((m / ${P * Q} * ${H} + v) * ${W} + u) * ${I} + k % ${I}];`
  }),
  b: ({O}) => ({along: "side", text: `return b[k * ${O} + n];`}),
  place: ({O}) => `m * ${O} + n`
};

/** The image's pixels that are a stride apart see the same taps: each of these phases is a product of its own. */
export const inputGradient: Family<Sizes> = {
  name: "conv2d input gradient",
  extent: ({N, H, W, O, h, w, I, stride}) => ({
    batch: stride * stride,
    M: N * groupsOf(H, stride) * groupsOf(W, stride),
    N: I,
    K: h * w * O
  }),
  a: ({H, W, P, Q, w, O, stride, padding, dilation}) => {
    const [rows, columns] = [groupsOf(H, stride), groupsOf(W, stride)];
    return {
      along: "depth",
      text: `let tap = k / ${O};
  let up = z / ${stride} + m / ${columns} % ${rows} * ${stride} + ${padding} - tap / ${w} * ${dilation};
  let left = z % ${stride} + m % ${columns} * ${stride} + ${padding} - tap % ${w} * ${dilation};
  if (up < 0 || left < 0 || up % ${stride} != 0 || left % ${stride} != 0) { return 0.0; }
  if (up / ${stride} >= ${P} || left / ${stride} >= ${Q}) { return 0.0; }
  return a[((m / ${rows * columns} * ${P} + up / ${stride}) * ${Q} + left / ${stride}) * ${O} + k % ${O}];`
    };
  },
  b: ({O, I}) => ({along: "depth", text: `return b[(k / ${O} * ${I} + n) * ${O} + k % ${O}];`}),
  place: ({H, W, I, stride}) => {
    const [rows, columns] = [groupsOf(H, stride), groupsOf(W, stride)];
    const [v, u] = [`(z / ${stride} + m / ${columns} % ${rows} * ${stride})`, `(z % ${stride} + m % ${columns} * ${stride})`]; // prettier-ignore
    const at = `((m / ${rows * columns} * ${H} + ${v}) * ${W} + ${u}) * ${I} + n`;
    return stride === 1 ? at : `select(-1, ${at}, ${v} < ${H} && ${u} < ${W})`;
  },
  idle: ({w, O, stride, padding, dilation}) =>
    stride === 1 || O % 16 // else 16 products in a row may belong to two taps
      ? null
      : `(z / ${stride} + ${padding} - k / ${O * w} * ${dilation}) % ${stride} != 0 || ` +
        `(z % ${stride} + ${padding} - k / ${O} % ${w} * ${dilation}) % ${stride} != 0`
};

/** Taps by input channels are rows, output channels columns; the depth are the pixels. */
export const filterGradient: Family<Sizes> = {
  name: "conv2d filter gradient",
  extent: ({N, P, Q, O, h, w, I}) => ({batch: 1, M: h * w * I, N: O, K: N * P * Q}),
  a: ({H, W, P, Q, w, I, stride, padding, dilation}) => ({
    along: "side",
    text: `let tap = m / ${I};
  let v = k / ${Q} % ${P} * ${stride} + tap / ${w} * ${dilation} - ${padding};
  let u = k % ${Q} * ${stride} + tap % ${w} * ${dilation} - ${padding};
  if (v < 0 || v >= ${H} || u < 0 || u >= ${W}) { return 0.0; }
  return a[((k / ${P * Q} * ${H} + v) * ${W} + u) * ${I} + m % ${I}];`
  }),
  b: ({O}) => ({along: "side", text: `return b[k * ${O} + n];`}),
  place: ({O}) => `m * ${O} + n`
};
