import type * as tf from "@tensorflow/tfjs";
import type {FilterGradient, Forward, Geometry, InputGradient, Sized} from "../depthwiseConv2d.js";
import {allocate} from "./backend.js";
import {groupsOf, lanesOf, repeat, run, vector, type Shader} from "./shader.js";
import {sumOfParts} from "./sum.js";

/** Images (N, H, W, C), filter (h, w, 1, C), outputs (N, P, Q, C); `parts` shares of a filter gradient's lines. */
type Sizes = {N: number; H: number; W: number; C: number; P: number; Q: number; h: number; w: number; parts: number} & Geometry; // prettier-ignore

const size = 64;
const pixels = 4; // side by side in an invocation, for four channels or one

const sizesOf = (x: number[], [h, w]: number[], y: number[], geometry: Geometry): Sizes => {
  const [N, H, W, C] = x;
  return {N, H, W, C, P: y[1], Q: y[2], h, w, parts: 1, stride: geometry.stride, padding: geometry.padding};
};

const bindings = (...names: string[]) => ({C}: Sizes) =>
  names.map((name, i) => ({name, type: vector(lanesOf(C)), written: i === 0})); // prettier-ignore

const place = (vectors: number, items: number) => `let channel = (group * ${size} + local) % ${vectors};
  let item = (group * ${size} + local) / ${vectors};
  if (item >= ${items}) { return; }`;

const runs = ({Q}: Sizes) => groupsOf(Q, pixels);

const forwardShader: Shader<Sizes> = {
  name: "depthwise conv2d",
  size,
  bindings: bindings("y", "x", "weights"),
  body(sizes) {
    const {N, H, W, C, P, Q, h, w, stride, padding} = sizes;
    const [vectors, type] = [C / lanesOf(C), vector(lanesOf(C))];
    return `${place(vectors, N * P * runs(sizes))}
  let first = item % ${runs(sizes)} * ${pixels};
  let row = item / ${runs(sizes)};
  ${repeat(pixels, (r) => `var sum${r} = ${type}();`)}
  for (var i = 0; i < ${h}; i++) {
    let v = row % ${P} * ${stride} + i - ${padding};
    if (v < 0 || v >= ${H}) { continue; }
    let line = (row / ${P} * ${H} + v) * ${W};
    for (var j = 0; j < ${w}; j++) {
      let tap = weights[(i * ${w} + j) * ${vectors} + channel];
      let u = first * ${stride} + j - ${padding};
      ${repeat(pixels, (r) => `{ let at = u + ${r * stride}; if (at >= 0 && at < ${W}) { sum${r} = fma(x[(line + at) * ${vectors} + channel], tap, sum${r}); } }`)}
    }
  }
  let result = (row * ${Q} + first) * ${vectors} + channel;
  ${repeat(pixels, (r) => `if (first + ${r} < ${Q}) { y[result + ${r * vectors}] = sum${r}; }`)}`;
  }
};

const phaseRuns = ({W, stride}: Sizes) => groupsOf(groupsOf(W, stride), pixels);

// As in conv2d.ts, an invocation's pixels are a stride apart and see the same taps.
const inputGradientShader: Shader<Sizes> = {
  name: "depthwise conv2d input gradient",
  size,
  bindings: bindings("dx", "dy", "weights"),
  body(sizes) {
    const {N, H, W, C, P, Q, h, w, stride, padding} = sizes;
    const [vectors, type, count] = [C / lanesOf(C), vector(lanesOf(C)), phaseRuns(sizes)];
    return `${place(vectors, N * H * stride * count)}
  let first = item / ${count} % ${stride} + item % ${count} * ${pixels * stride};
  let row = item / ${count * stride};
  ${repeat(pixels, (r) => `var sum${r} = ${type}();`)}
  for (var i = 0; i < ${h}; i++) {
    let up = row % ${H} + ${padding} - i;
    if (up < 0 || up % ${stride} != 0 || up / ${stride} >= ${P}) { continue; }
    let line = (row / ${H} * ${P} + up / ${stride}) * ${Q};
    for (var j = 0; j < ${w}; j++) {
      let left = first + ${padding} - j;
      if (left % ${stride} != 0) { continue; }
      let tap = weights[(i * ${w} + j) * ${vectors} + channel];
      ${repeat(pixels, (r) => `{ let at = left / ${stride} + ${r}; if (at >= 0 && at < ${Q}) { sum${r} = fma(dy[(line + at) * ${vectors} + channel], tap, sum${r}); } }`)}
    }
  }
  let result = (row * ${W} + first) * ${vectors} + channel;
  ${repeat(pixels, (r) => `if (first + ${r * stride} < ${W}) { dx[result + ${r * stride * vectors}] = sum${r}; }`)}`;
  }
};

const filterGradientShader: Shader<Sizes> = {
  name: "depthwise conv2d filter gradient",
  size,
  bindings: bindings("dw", "x", "dy"),
  body({N, H, W, C, P, Q, h, w, stride, padding, parts}) {
    const [vectors, share] = [C / lanesOf(C), groupsOf(N * P, parts)];
    return `${place(vectors, h * w * parts)}
  let tap = item % ${h * w};
  let part = item / ${h * w};
  let right = tap % ${w} - ${padding};
  let begin = max(0, (${stride - 1} - right) / ${stride});
  let reach = ${W - 1} - right;
  let end = select(min(${Q}, reach / ${stride} + 1), 0, reach < 0);
  var sum = ${vector(lanesOf(C))}();
  for (var line = part * ${share}; line < min(${N * P}, (part + 1) * ${share}); line++) {
    let v = line % ${P} * ${stride} + tap / ${w} - ${padding};
    if (v < 0 || v >= ${H}) { continue; }
    let seen = (line / ${P} * ${H} + v) * ${W} + right;
    for (var q = begin; q < end; q++) {
      sum = fma(x[(seen + q * ${stride}) * ${vectors} + channel], dy[(line * ${Q} + q) * ${vectors} + channel], sum);
    }
  }
  dw[(part * ${h * w} + tap) * ${vectors} + channel] = sum;`;
  }
};

const groups = ({C}: Sizes, items: number) => groupsOf((C / lanesOf(C)) * items, size);

/** y of `depthwiseConv2d`. */
export function forward({x, filter}: Forward, geometry: Geometry): tf.Tensor {
  const [N, H, W, C] = x.shape as number[];
  const [h, w] = filter.shape;
  const outputs = (full: number, taps: number) =>
    Math.floor((full + 2 * geometry.padding - taps) / geometry.stride) + 1;
  const y = allocate([N, outputs(H, h), outputs(W, w!), C]);
  const sizes = sizesOf(x.shape, filter.shape, y.shape, geometry);
  run(forwardShader, sizes, [y, x, filter], groups(sizes, N * sizes.P * runs(sizes)));
  return y;
}

/** dx of `depthwiseConv2d`. */
export function inputGradient({dy, filter}: InputGradient, {sizes: image, ...geometry}: Sized): tf.Tensor {
  const dx = allocate([dy.shape[0], ...image, dy.shape[3]!]);
  const sizes = sizesOf(dx.shape, filter.shape, dy.shape, geometry);
  run(inputGradientShader, sizes, [dx, dy, filter], groups(sizes, sizes.N * sizes.H * sizes.stride * phaseRuns(sizes)));
  return dx;
}

/** dw of `depthwiseConv2d`: sums over shares of the pixels' lines, and their sum. */
export function filterGradient({x, dy}: FilterGradient, {sizes: taps, ...geometry}: Sized): tf.Tensor {
  const shape = [...taps, 1, x.shape[3]!];
  const whole = sizesOf(x.shape, taps, dy.shape, geometry);
  const parts = Math.max(1, Math.min(64, whole.N * whole.P, Math.round((whole.N * whole.P * whole.Q) / 64)));
  const sizes = {...whole, parts};
  const dw = allocate(parts > 1 ? [parts, ...shape] : shape);
  run(filterGradientShader, sizes, [dw, x, dy], groups(sizes, taps[0] * taps[1] * parts));
  return parts > 1 ? sumOfParts(dw, shape) : dw;
}
