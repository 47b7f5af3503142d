import type * as tf from "@tensorflow/tfjs";
import type {Backward, Epsilon, Forward, Fused, FusedBackward} from "../batchNorm.js";
import {allocate} from "./backend.js";
import {groupsOf, lanesOf, run, vector, type Binding, type Shader} from "./shader.js";

/** (rows, channels), the rows in `parts` shares; whether a sum is added before a ReLU. */
type Sizes = {rows: number; channels: number; parts: number; epsilon: number; plus: boolean; relu: boolean};

const size = 64;
const across = 16; // channel vectors side by side in a workgroup; the others along shares
const partsOf = (rows: number) => Math.max(1, Math.min(64, Math.ceil(rows / 64)));
const groupsForShares = ({channels, parts}: Sizes) =>
  groupsOf(channels / lanesOf(channels), across) * groupsOf(parts, size / across);

const read = (channels: number, ...names: string[]): Binding[] =>
  names.map((name) => ({name, type: vector(lanesOf(channels))}));
const written = (channels: number, ...names: string[]): Binding[] =>
  read(channels, ...names).map((binding) => ({...binding, written: true}));

/** Two sums over each share of the rows, of what `terms` calls a and b. */
const shares = (name: string, inputs: (sizes: Sizes) => string[], before: string, terms: (sizes: Sizes) => string): Shader<Sizes> => ({
  name,
  size,
  bindings: (sizes) => [...written(sizes.channels, "sums"), ...read(sizes.channels, ...inputs(sizes))],
  body(sizes) {
    const {rows, channels, parts} = sizes;
    const [width, type] = [channels / lanesOf(channels), vector(lanesOf(channels))];
    const columns = groupsOf(width, across);
    return `let c = group % ${columns} * ${across} + local % ${across};
  let part = group / ${columns} * ${size / across} + local / ${across};
  if (c >= ${width} || part >= ${parts}) { return; }
  var first = ${type}();
  var second = ${type}();
  ${before}
  for (var row = part * ${groupsOf(rows, parts)}; row < min(${rows}, (part + 1) * ${groupsOf(rows, parts)}); row++) {
    let at = row * ${width} + c;
    ${terms(sizes)}
    first += a;
    second += b;
  }
  sums[part * ${width} + c] = first;
  sums[${parts * width} + part * ${width} + c] = second;`;
  }
}); // prettier-ignore

// Deviations from the first row, not from 0: the variance of numbers far from 0 would lose its digits.
const momentShares = shares("batch norm sums", () => ["x"], "let centre = x[c];", () => "let a = x[at] - centre; let b = a * a;"); // prettier-ignore

const masked = ({relu, channels}: Sizes, at: string) =>
  relu ? `select(${vector(lanesOf(channels))}(), dy[${at}], y[${at}] > ${vector(lanesOf(channels))}())` : `dy[${at}]`;

const gradientShares = shares(
  "batch norm gradient sums",
  ({relu}) => ["dy", "x", "mean", ...(relu ? ["y"] : [])],
  "let centre = mean[c];",
  (sizes) => `let a = ${masked(sizes, "at")}; let b = a * (x[at] - centre);`
);

/** One invocation to a channel vector: both sums over all shares, and what becomes of them. */
const closing = (name: string, inputs: string[], outputs: string[], end: (sizes: Sizes) => string): Shader<Sizes> => ({
  name,
  size: across,
  bindings: ({channels}) => [...written(channels, ...outputs), ...read(channels, "sums", ...inputs)],
  body(sizes) {
    const {channels, parts} = sizes;
    const [width, type] = [channels / lanesOf(channels), vector(lanesOf(channels))];
    return `let c = group * ${across} + local;
  if (c >= ${width}) { return; }
  var first = ${type}();
  var second = ${type}();
  for (var part = 0; part < ${parts}; part++) {
    first += sums[part * ${width} + c];
    second += sums[${parts * width} + part * ${width} + c];
  }
  ${end(sizes)}`;
  }
});

const moments = closing("batch norm moments", ["x"], ["mean", "variance"], ({rows, channels}) => {
  const type = vector(lanesOf(channels));
  return `let shift = first / ${rows}.0;
  mean[c] = x[c] + shift;
  variance[c] = max(second / ${rows}.0 - shift * shift, ${type}());`;
});

// dx = a dy + b (x − μ) + k: with what the passes over the channels know, one more over the images needs few buffers.
const weightGradients = closing(
  "batch norm weights",
  ["mean", "variance", "weight"],
  ["dWeight", "dBias", "coefficients"],
  ({rows, channels, epsilon}) => {
    const width = channels / lanesOf(channels);
    return `let scale = inverseSqrt(variance[c] + ${epsilon});
  let a = weight[c] * scale;
  dBias[c] = first;
  dWeight[c] = second * scale;
  coefficients[c] = a;
  coefficients[${width} + c] = -a * second * scale * scale / ${rows}.0;
  coefficients[${2 * width} + c] = -a * first / ${rows}.0;
  coefficients[${3 * width} + c] = mean[c];`;
  }
);

/** A pass over the images, a channel vector to an invocation. */
const pass = (name: string, bindings: (sizes: Sizes) => Binding[], text: (sizes: Sizes) => string): Shader<Sizes> => ({
  name,
  size,
  bindings,
  body(sizes) {
    const width = sizes.channels / lanesOf(sizes.channels);
    return `let at = group * ${size} + local;
  if (at >= ${sizes.rows * width}) { return; }
  let c = at % ${width};
  ${text(sizes)}`;
  }
});

const scaled = pass(
  "batch norm",
  ({channels, plus}) => [...written(channels, "y"), ...read(channels, "x", "mean", "variance", "weight", "bias", ...(plus ? ["plus"] : []))], // prettier-ignore
  ({epsilon, plus, relu, channels}) => {
    const type = vector(lanesOf(channels));
    return `let scaled = (x[at] - mean[c]) * inverseSqrt(variance[c] + ${epsilon}) * weight[c] + bias[c]${plus ? " + plus[at]" : ""};
  y[at] = ${relu ? `max(scaled, ${type}())` : "scaled"};`;
  }
);

const inputGradient = pass(
  "batch norm gradient",
  ({channels, plus, relu}) => [
    ...written(channels, "dx", ...(plus ? ["dPlus"] : [])),
    ...read(channels, "dy", "x", "coefficients", ...(relu ? ["y"] : []))
  ],
  (sizes) => {
    const width = sizes.channels / lanesOf(sizes.channels);
    return `let up = ${masked(sizes, "at")};
  ${sizes.plus ? "dPlus[at] = up;" : ""}
  let centred = x[at] - coefficients[${3 * width} + c];
  dx[at] = coefficients[c] * up + coefficients[${width} + c] * centred + coefficients[${2 * width} + c];`;
  }
);

function sizesOf(x: tf.Tensor, weight: tf.Tensor, epsilon: number, plus = false, relu = false): Sizes {
  const [rows, channels] = [x.size / weight.size, weight.size];
  return {rows, channels, parts: partsOf(rows), epsilon, plus, relu};
}

const vectorsIn = ({rows, channels}: Sizes) => (rows * channels) / lanesOf(channels);

/** [y, mean, variance]. */
export function forward(
  {x, weight, bias, plus}: Forward & Partial<Fused>,
  {epsilon}: Epsilon,
  relu = false
): tf.Tensor[] {
  const sizes = sizesOf(x, weight, epsilon, plus !== undefined, relu);
  const {channels, parts} = sizes;
  const [sums, mean, variance, y] = [[2, parts, channels], [channels], [channels], x.shape].map((shape) => allocate(shape)); // prettier-ignore
  run(momentShares, sizes, [sums, x], groupsForShares(sizes));
  run(moments, sizes, [mean, variance, sums, x], groupsOf(channels / lanesOf(channels), across));
  run(scaled, sizes, [y, x, mean, variance, weight, bias, ...(plus ? [plus] : [])], groupsOf(vectorsIn(sizes), size));
  return [y, mean, variance];
}

/** [dx, dWeight, dBias], and dPlus where something was added before the ReLU. */
export function backward(
  {dy, x, weight, mean, variance, y}: Backward & Partial<FusedBackward>,
  {epsilon}: Epsilon,
  plus = false
): tf.Tensor[] {
  const sizes = sizesOf(x, weight, epsilon, plus, y !== undefined);
  const {channels, parts} = sizes;
  const [sums, dWeight, dBias, coefficients, dx] = [[2, parts, channels], [channels], [channels], [4, channels], x.shape].map((shape) => allocate(shape)); // prettier-ignore
  const dPlus = plus ? [allocate(x.shape)] : [];
  const mask = y ? [y] : [];
  run(gradientShares, sizes, [sums, dy, x, mean, ...mask], groupsForShares(sizes));
  const onChannels = groupsOf(channels / lanesOf(channels), across);
  run(weightGradients, sizes, [dWeight, dBias, coefficients, sums, mean, variance, weight], onChannels);
  run(inputGradient, sizes, [dx, ...dPlus, dy, x, coefficients, ...mask], groupsOf(vectorsIn(sizes), size));
  return [dx, dWeight, dBias, ...dPlus];
}
