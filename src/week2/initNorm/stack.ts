import {drawNormal} from "../../components/math/draws.js";
import {rng as seeded} from "../../components/math/random.js";
import {normaliseBackward, standardised, type Kind} from "./norms.js";

/** A stack of equal layers, h ← φ(norm(h W)), at its first step. */
export interface StackConfig {
  depth: number;
  width: number;
  batch: number;
  init: "Kaiming" | "Xavier" | "N(0, 0.01²)" | "N(0, 1)";
  /** Multiplies the deviation of the weights. */
  gain: number;
  norm: "none" | Kind;
  activation: "ReLU" | "tanh";
  seed: number;
}

/** One layer of a river. */
export interface LayerState {
  /** The 5th, 25th, 50th, 75th and 95th of a hundred activations, in order of size. */
  quantiles: number[];
  rms: number;
  /** Root mean square of ∂L/∂h over the batch, where that of the last layer is 1. */
  gradient: number;
  /** Share of activations that do not move with their input: off, or within 1 % of ±1. */
  stuck: number;
}

/** The deviation of a weight for n inputs and n outputs. */
export const deviationOf = (init: StackConfig["init"], n: number): number =>
  ({Kaiming: Math.sqrt(2 / n), Xavier: Math.sqrt(1 / n), "N(0, 0.01²)": 0.01, "N(0, 1)": 1})[init];

type Numbers = Float64Array<ArrayBuffer>;

const rms = (x: Numbers): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length);

/** (B, n) · (n, n). */
function product(x: Numbers, w: Numbers, n: number, transposed = false): Numbers {
  const y = new Float64Array(x.length);
  for (let row = 0; row < x.length; row += n)
    for (let i = 0; i < n; ++i) {
      if (transposed) {
        let sum = 0;
        for (let j = 0; j < n; ++j) sum += x[row + j] * w[i * n + j];
        y[row + i] = sum;
      } else {
        const value = x[row + i];
        if (value !== 0) for (let j = 0; j < n; ++j) y[row + j] += value * w[i * n + j];
      }
    }
  return y;
}

/** Inputs of N(0, 1) forward through the stack, and a gradient of N(0, 1) at its end back: the input first. */
export function river({depth, width, batch, init, gain, norm, activation, seed}: StackConfig): LayerState[] {
  const rng = seeded(seed);
  const draws = (count: number, deviation: number) => Float64Array.from({length: count}, () => drawNormal(rng, 0, deviation)); // prettier-ignore
  const sizes = {batch, channels: width, places: 1, groups: Math.min(8, width)};
  const ones = new Array<number>(width).fill(1);
  const layers: {w: Numbers; z: Numbers; h: Numbers}[] = [];
  let h = draws(batch * width, 1);
  const input = h;
  for (let l = 0; l < depth; ++l) {
    const w = draws(width * width, gain * deviationOf(init, width));
    const z = product(h, w, width);
    const a = norm === "none" ? z : standardised(z, norm, sizes).unit;
    h = a.map(activation === "ReLU" ? (x) => Math.max(x, 0) : Math.tanh);
    layers.push({w, z, h});
  }
  let back: Numbers = draws(batch * width, 1);
  const gradients = [rms(back)];
  for (const {w, z, h: out} of [...layers].reverse()) {
    const da = back.map((g, i) => g * (activation === "ReLU" ? Number(out[i] > 0) : 1 - out[i] ** 2));
    const dz = norm === "none" ? da : normaliseBackward(z, da, ones, norm, sizes).dx;
    back = product(dz, w, width, true);
    gradients.unshift(rms(back));
  }
  const last = gradients[depth];
  return [input, ...layers.map((layer) => layer.h)].map((values, l) => ({
    ...stateOf(values, l ? activation : null),
    gradient: gradients[l] / last
  }));
}

function stateOf(values: Numbers, activation: StackConfig["activation"] | null) {
  const sorted = values.slice().sort();
  const isStuck = activation === "tanh" ? (x: number) => Math.abs(x) > 0.99 : (x: number) => x === 0;
  return {
    quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((q) => sorted[Math.floor(q * (sorted.length - 1))]),
    rms: rms(values),
    stuck: activation ? values.reduce((count, x) => count + Number(isStuck(x)), 0) / values.length : 0
  };
}
