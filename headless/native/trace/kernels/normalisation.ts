import {added, affine, channelSums, products} from "../../convolution/affine.js";
import {blocksOf, fromBlocks, toBlocks} from "../../convolution/blocked.js";
import type {Table} from "../kernel.js";
import {count, type Recording, type Value} from "../value.js";
import {binary, number, real} from "./arithmetic.js";
import {sum} from "./reduction.js";

/** Arithmetic with values and numbers, read from the inside out. */
const calculator = (r: Recording) => {
  const of = (operator: string) => (a: Value, b: Value | number) =>
    binary(r, operator, a, typeof b === "number" ? number(b) : b);
  return {
    add: of("Add"),
    sub: of("Sub"),
    mul: of("Mul"),
    div: of("Div"),
    sqrt: (x: Value) => real(r, "Sqrt", x),
    positive: (x: Value) => real(r, "Relu", x)
  };
};

const rows = ({shape}: Value) => shape.map((_, axis) => axis).slice(0, -1);

/** μ and σ² of each channel, (C): in blocks σ² = E[x²] − μ², which is off by about 10⁻⁶ (σ² + μ²). */
function moments(r: Recording, x: Value): [mean: Value, variance: Value] {
  const {sub, mul, div, positive} = calculator(r);
  const perChannel = count(x.shape) / x.shape.at(-1)!;
  const blocks = blocksOf(r, x);
  if (blocks) {
    const mean = div(channelSums(r, blocks), perChannel);
    const squares = div(sum(r, products(r, blocks, blocks), 0), perChannel);
    return [mean, positive(sub(squares, mul(mean, mean)))];
  }
  const mean = div(sum(r, x, rows(x)), perChannel);
  const centred = sub(x, mean);
  return [mean, div(sum(r, mul(centred, centred), rows(x)), perChannel)];
}

/** scale · x + shift, each (C). */
function scaled(r: Recording, x: Value, scale: Value, shift: Value): Value {
  const blocks = blocksOf(r, x);
  if (blocks) return fromBlocks(r, affine(r, blocks, scale, shift));
  const {add, mul} = calculator(r);
  return add(mul(x, scale), shift);
}

/** a dy + b x + k, with a, b and k (C); with a pass each for dy and x. */
function combined(r: Recording, [dy, x]: [Value, Value], [a, b, k]: [Value, Value, Value]): Value {
  const blocks = blocksOf(r, x);
  if (blocks) return fromBlocks(r, added(r, affine(r, toBlocks(r, dy), a, k), affine(r, blocks, b)));
  const {add, mul} = calculator(r);
  return add(add(mul(dy, a), mul(x, b)), k);
}

/** Σ dy and Σ dy x of each channel, (C). */
function sums(r: Recording, dy: Value, x: Value): [Value, Value] {
  const blocks = blocksOf(r, x);
  if (!blocks) return [sum(r, dy, rows(x)), sum(r, binary(r, "Mul", dy, x), rows(x))];
  const up = toBlocks(r, dy);
  return [channelSums(r, up), sum(r, products(r, blocks, up), 0)];
}

type Epsilon = {epsilon: number};

/** Our op's batch normalisation, its formulas sorted by x, dy and 1: few passes over the images, and small ones over channels. */
export const normalisation: Table = {
  DlmBatchNorm({x, weight, bias}, {epsilon}: Epsilon, r) {
    const {add, sub, mul, div, sqrt} = calculator(r);
    const [mean, variance] = moments(r, x);
    const scale = div(weight, sqrt(add(variance, epsilon))); // γ / √(σ² + ε)
    return [scaled(r, x, scale, sub(bias, mul(mean, scale))), mean, variance];
  },
  DlmBatchNormGradient({dy, x, weight, mean, variance}, {epsilon}: Epsilon, r) {
    const {add, sub, mul, div, sqrt} = calculator(r);
    const deviation = sqrt(add(variance, epsilon));
    const [dBias, along] = sums(r, dy, x);
    const dWeight = div(sub(along, mul(mean, dBias)), deviation); // Σ dy x̂
    const perChannel = count(x.shape) / count(weight.shape);
    const a = div(weight, deviation);
    const b = mul(div(mul(a, dWeight), deviation), -1 / perChannel);
    const k = sub(mul(mul(a, dBias), -1 / perChannel), mul(b, mean));
    return [combined(r, [dy, x], [a, b, k]), dWeight, dBias];
  }
};
