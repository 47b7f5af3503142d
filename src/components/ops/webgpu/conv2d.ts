import type * as tf from "@tensorflow/tfjs";
import type {FilterGradient, Forward, Geometry, InputGradient, Sized} from "../conv2d.js";
import {allocate} from "./backend.js";
import * as tiled from "./conv2dTiles.js";
import {groupsOf, lanesOf, repeat, run, vector, type Shader} from "./shader.js";
import {sumOfParts} from "./sum.js";
import {lane, madeOf} from "./text.js";
import {multiply, type Family} from "./tiles.js";
import {tileFor, type Kind} from "./variants.js";

/** All sizes of a convolution: images (N, H, W, I), filter (h, w, I, O), outputs (N, P, Q, O). */
export type Sizes = {N: number; H: number; W: number; I: number; P: number; Q: number; O: number; h: number; w: number} & Geometry; // prettier-ignore

function sizesOf(x: number[], filter: number[], y: number[], {stride, padding, dilation}: Geometry): Sizes {
  const [N, H, W, I] = x;
  const [h, w, , O] = filter;
  return {N, H, W, I, P: y[1], Q: y[2], O, h, w, stride, padding, dilation};
}

const size = 64; // invocations of a workgroup: `across` by channels, the others along pixels
/** Channel vectors side by side in a workgroup: no more than there are, so that few invocations idle. */
const acrossOf = (vectors: number) => Math.min(8, 2 ** Math.ceil(Math.log2(vectors)));

const place = (vectors: number) => {
  const across = acrossOf(vectors);
  const columns = groupsOf(vectors, across);
  return `let channel = group % ${columns} * ${across} + local % ${across};
  let item = group / ${columns} * ${size / across} + local / ${across};`;
};

const groupsFor = (vectors: number, items: number) =>
  groupsOf(vectors, acrossOf(vectors)) * groupsOf(items, size / acrossOf(vectors));

/** Pixels that one invocation computes side by side, each of them for a vector of channels. */
const pixelsFor = (width: number) => (width >= 8 ? 8 : 4);

type Blocked = Sizes & {inner: 1 | 4; outer: 1 | 4; pixels: number};

const forwardShader: Shader<Blocked> = {
  name: "conv2d",
  size,
  bindings: ({inner, outer}) => [
    {name: "y", type: vector(outer), written: true},
    {name: "x", type: vector(inner)},
    {name: "weights", type: vector(outer)}
  ],
  body({N, H, W, I, P, Q, O, h, w, stride, padding, dilation, inner, outer, pixels}) {
    const [vectors, runs, type] = [O / outer, groupsOf(Q, pixels), vector(outer)];
    return `${place(vectors)}
  if (channel >= ${vectors} || item >= ${N * P * runs}) { return; }
  let first = item % ${runs} * ${pixels};
  let row = item / ${runs};
  ${repeat(pixels, (r) => `var sum${r} = ${type}();`)}
  for (var i = 0; i < ${h}; i++) {
    let v = row % ${P} * ${stride} + i * ${dilation} - ${padding};
    if (v < 0 || v >= ${H}) { continue; }
    let line = (row / ${P} * ${H} + v) * ${W};
    for (var j = 0; j < ${w}; j++) {
      let u = first * ${stride} + j * ${dilation} - ${padding};
      ${repeat(pixels, (r) => `let u${r} = u + ${r * stride}; let in${r} = u${r} >= 0 && u${r} < ${W}; let at${r} = (line + select(0, u${r}, in${r})) * ${I / inner};`)}
      var tap = (i * ${w} + j) * ${I * vectors} + channel;
      for (var c = 0; c < ${I / inner}; c++) {
        ${repeat(inner, (t) => `let w${t} = weights[tap + ${t * vectors}];`)}
        tap += ${inner * vectors};
        ${repeat(pixels, (r) => `{ let v = select(${vector(inner)}(), x[at${r} + c], in${r}); ${repeat(inner, (t) => `sum${r} = fma(${type}(${lane("v", t, inner)}), w${t}, sum${r});`)} }`)}
      }
    }
  }
  let result = (row * ${Q} + first) * ${vectors} + channel;
  ${repeat(pixels, (r) => `if (first + ${r} < ${Q}) { y[result + ${r * vectors}] = sum${r}; }`)}`;
  }
};

// An invocation's pixels are a stride apart: all of them see the same taps, and taps that fall between outputs are skipped.
const inputGradientShader: Shader<Blocked> = {
  name: "conv2d input gradient",
  size,
  bindings: ({inner, outer}) => [
    {name: "dx", type: vector(outer), written: true},
    {name: "dy", type: vector(inner)},
    {name: "weights", type: vector(inner)}
  ],
  body({N, H, W, I, P, Q, O, h, w, stride, padding, dilation, inner, outer, pixels}) {
    const [vectors, depth, type] = [I / outer, O / inner, vector(outer)];
    const runs = groupsOf(groupsOf(W, stride), pixels);
    const products = (r: number) => madeOf(outer, (t) => (inner === 4 ? `dot(v, w${t})` : `v * w${t}`), `sum${r} +=`);
    return `${place(vectors)}
  if (channel >= ${vectors} || item >= ${N * H * stride * runs}) { return; }
  let phase = item / ${runs} % ${stride};
  let first = phase + item % ${runs} * ${pixels * stride};
  let row = item / ${runs * stride};
  ${repeat(pixels, (r) => `var sum${r} = ${type}();`)}
  for (var i = 0; i < ${h}; i++) {
    let up = row % ${H} + ${padding} - i * ${dilation};
    if (up < 0 || up % ${stride} != 0 || up / ${stride} >= ${P}) { continue; }
    let line = (row / ${H} * ${P} + up / ${stride}) * ${Q};
    for (var j = 0; j < ${w}; j++) {
      let left = first + ${padding} - j * ${dilation};
      if ((left % ${stride} + ${stride}) % ${stride} != 0) { continue; }
      let u = left / ${stride};
      ${repeat(pixels, (r) => `let u${r} = u + ${r}; let in${r} = u${r} >= 0 && u${r} < ${Q}; let at${r} = (line + select(0, u${r}, in${r})) * ${depth};`)}
      let tap = ((i * ${w} + j) * ${I} + channel * ${outer}) * ${depth};
      for (var c = 0; c < ${depth}; c++) {
        ${repeat(outer, (t) => `let w${t} = weights[tap + ${t * depth} + c];`)}
        ${repeat(pixels, (r) => `{ let v = select(${vector(inner)}(), dy[at${r} + c], in${r}); ${products(r)} }`)}
      }
    }
  }
  let result = (row * ${W} + first) * ${vectors} + channel;
  ${repeat(pixels, (r) => `if (first + ${r * stride} < ${W}) { dx[result + ${r * stride * vectors}] = sum${r}; }`)}`;
  }
};

/** `rows` input channels to an invocation, `parts` shares of the pixels' lines. */
type Split = Sizes & {inner: 1 | 4; outer: 1 | 4; rows: number; parts: number};

const filterGradientShader: Shader<Split> = {
  name: "conv2d filter gradient",
  size,
  bindings: ({inner, outer}) => [
    {name: "dw", type: vector(outer), written: true},
    {name: "x", type: vector(inner)},
    {name: "dy", type: vector(outer)}
  ],
  body({N, H, W, I, P, Q, O, h, w, stride, padding, dilation, inner, outer, rows, parts}) {
    const [vectors, type, blocks] = [O / outer, vector(outer), I / rows];
    const share = groupsOf(N * P, parts);
    const loads = repeat(rows / inner, (q) => `let v${q} = x[seen + ${q}];`);
    const sums = repeat(rows, (r) => `sum${r} = fma(${type}(${lane(`v${Math.floor(r / inner)}`, r % inner, inner)}), d, sum${r});`); // prettier-ignore
    return `${place(vectors)}
  if (channel >= ${vectors} || item >= ${h * w * blocks * parts}) { return; }
  let block = item % ${blocks};
  let tap = item / ${blocks} % ${h * w};
  let part = item / ${blocks * h * w};
  let down = tap / ${w} * ${dilation} - ${padding};
  let right = tap % ${w} * ${dilation} - ${padding};
  ${repeat(rows, (r) => `var sum${r} = ${type}();`)}
  let begin = max(0, (${stride - 1} - right) / ${stride});
  let reach = ${W - 1} - right;
  let end = select(min(${Q}, reach / ${stride} + 1), 0, reach < 0);
  for (var line = part * ${share}; line < min(${N * P}, (part + 1) * ${share}); line++) {
    let v = line % ${P} * ${stride} + down;
    if (v < 0 || v >= ${H}) { continue; }
    var seen = ((line / ${P} * ${H} + v) * ${W} + begin * ${stride} + right) * ${I / inner} + block * ${rows / inner};
    var up = (line * ${Q} + begin) * ${vectors} + channel;
    for (var q = begin; q < end; q++) {
      let d = dy[up];
      ${loads} ${sums}
      seen += ${(stride * I) / inner};
      up += ${vectors};
    }
  }
  let result = ((part * ${h * w} + tap) * ${I} + block * ${rows}) * ${vectors} + channel;
  ${repeat(rows, (r) => `dw[result + ${r * vectors}] = sum${r};`)}`;
  }
};

/** By tiles, where these are chosen; else null. */
function byTiles(
  family: Family<Sizes>,
  sizes: Sizes,
  [a, b]: [tf.Tensor, tf.Tensor],
  shape: number[]
): tf.Tensor | null {
  const tile = tileFor(family.name as Kind, family.extent(sizes));
  return tile && multiply(family, sizes, [a, b], {tile, shape});
}

/** y of `conv2d`. */
export function forward({x, filter}: Forward, geometry: Geometry): tf.Tensor {
  const [[N, H, W], [h, w, , O]] = [x.shape, filter.shape] as number[][];
  const {stride, padding, dilation} = geometry;
  const outputs = (full: number, taps: number) => Math.floor((full + 2 * padding - dilation * (taps - 1) - 1) / stride) + 1; // prettier-ignore
  const shape = [N, outputs(H, h), outputs(W, w), O];
  const sizes = sizesOf(x.shape, filter.shape, shape, geometry);
  return byTiles(tiled.forward, sizes, [x, filter], shape) ?? forwardDirect(sizes, [x, filter], shape);
}

function forwardDirect(sizes: Sizes, [x, filter]: [tf.Tensor, tf.Tensor], shape: number[]): tf.Tensor {
  const y = allocate(shape);
  const {N, P, Q, I, O} = sizes;
  const blocked = {...sizes, inner: lanesOf(I), outer: lanesOf(O), pixels: pixelsFor(Q)};
  const items = N * P * groupsOf(Q, blocked.pixels);
  run(forwardShader, blocked, [y, x, filter], groupsFor(O / blocked.outer, items));
  return y;
}

/** dx of `conv2d`. */
export function inputGradient({dy, filter}: InputGradient, {sizes: image, ...geometry}: Sized): tf.Tensor {
  const shape = [dy.shape[0], ...image, filter.shape[2]!];
  const sizes = sizesOf(shape, filter.shape, dy.shape, geometry);
  return byTiles(tiled.inputGradient, sizes, [dy, filter], shape) ?? inputGradientDirect(sizes, [dy, filter], shape);
}

function inputGradientDirect(sizes: Sizes, [dy, filter]: [tf.Tensor, tf.Tensor], shape: number[]): tf.Tensor {
  const dx = allocate(shape);
  const {N, H, W, I, O, stride} = sizes;
  const blocked = {...sizes, inner: lanesOf(O), outer: lanesOf(I), pixels: pixelsFor(groupsOf(W, stride))};
  const items = N * H * stride * groupsOf(groupsOf(W, stride), blocked.pixels);
  run(inputGradientShader, blocked, [dx, dy, filter], groupsFor(I / blocked.outer, items));
  return dx;
}

/** dw of `conv2d`: sums over shares of the pixels, and their sum. */
export function filterGradient({x, dy}: FilterGradient, {sizes: taps, ...geometry}: Sized): tf.Tensor {
  const shape = [...taps, x.shape[3]!, dy.shape[3]!];
  const sizes = sizesOf(x.shape, shape, dy.shape, geometry);
  return byTiles(tiled.filterGradient, sizes, [x, dy], shape) ?? filterGradientDirect(sizes, [x, dy], shape);
}

function filterGradientDirect(sizes: Sizes, [x, dy]: [tf.Tensor, tf.Tensor], shape: number[]): tf.Tensor {
  const {N, P, Q, I, O, h, w} = sizes;
  const parts = Math.max(1, Math.min(16, N * P, Math.round((N * P * Q) / 256)));
  const inner = lanesOf(I);
  const rows = (inner === 4 ? [16, 8, 4] : [7, 6, 5, 3, 2, 1]).find((count) => I % count === 0)!;
  const split = {...sizes, inner, outer: lanesOf(O), rows, parts};
  const dw = allocate(parts > 1 ? [parts, ...shape] : shape);
  run(filterGradientShader, split, [dw, x, dy], groupsFor(O / split.outer, h * w * (I / rows) * parts));
  return parts > 1 ? sumOfParts(dw, shape) : dw;
}
