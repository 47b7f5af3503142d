import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {dot as inner} from "../../components/math/matrix.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import type {Rng} from "../../components/math/random.js";
import {normalised, normalisedGradient, smoothedGradient, smoothedLoss, smoothedTarget, standardise} from "../byHand.js"; // prettier-ignore
import * as grids from "../convolution.js";
import {overSigns} from "./overSigns.js";

const whole = (rng: Rng, low: number, high: number) => low + rng.integers(1, high - low + 1)[0];
const normal = (rng: Rng, count: number) => Array.from(rng.normal(count));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => inner(Array.from(a), Array.from(b));

/** A convolution at a drawn point, with a drawn gradient of what it gives. */
function drawn(rng: Rng) {
  const window = {stride: whole(rng, 1, 2), padding: whole(rng, 0, 1)};
  const side = whole(rng, 4, 6);
  const x = grids.grid([1, side, side, 2], normal(rng, side * side * 2));
  const w = grids.grid([3, 3, 2, 2], normal(rng, 36));
  const y = grids.convolve(x, w, window);
  return {x, w, y, window, dy: grids.grid(y.shape, normal(rng, y.data.length))};
}

const conv = numbered(
  "conv",
  "the sum at a drawn point, against one matrix product of patches",
  "without padding: windows begin at s i",
  (rng, mutated) => {
    const {x, w, window} = drawn(rng);
    const padded = {...window, padding: 1};
    const sum = grids.convolve(x, w, padded);
    const shifted = mutated ? {...sum, data: grids.convolve(moved(x), w, padded).data} : sum;
    return {got: grids.gap(shifted, grids.convolveByPatches(x, w, padded)), expected: 0, within: 1e-12};
  }
);

/** The image one place up and to the left: what a sum without − p reads. */
function moved({data, shape}: grids.Grid): grids.Grid {
  const [, H, W, C] = shape;
  const at = (i: number, j: number, c: number) => (i < H && j < W ? data[(i * W + j) * C + c] : 0);
  return grids.grid(shape, data.map((_, q) => at(Math.floor(q / (W * C)) + 1, (Math.floor(q / C) % W) + 1, q % C))); // prettier-ignore
}

const dw = numbered(
  "dw",
  "the sum against central differences in every weight",
  "the taps turned by 180°",
  (rng, mutated) => {
    const {x, w, dy, window} = drawn(rng);
    const {data} = grids.filterGradient(x, dy, w.shape, window);
    const along = (v: number[]) => dot(grids.convolve(x, grids.grid(w.shape, v), window).data, dy.data);
    return apart(mutated ? data.toReversed() : data, numericGradient(along, Array.from(w.data)), 1e-7);
  }
);

const dx = numbered(
  "dx",
  "the sum against central differences in every pixel",
  "the filter turned, as if dx were a convolution with w and not with w turned",
  (rng, mutated) => {
    const {x, w, dy, window} = drawn(rng);
    const taps = mutated ? grids.grid(w.shape, w.data.toReversed()) : w;
    const {data} = grids.inputGradient(taps, dy, x.shape, window);
    const along = (v: number[]) => dot(grids.convolve(grids.grid(x.shape, v), w, window).data, dy.data);
    return apart(data, numericGradient(along, Array.from(x.data)), 1e-7);
  }
);

const bn = numbered(
  "bn",
  "dx of one channel of 12 numbers, against central differences",
  "without the part along x̂",
  (rng, mutated) => {
    const [x, dy, gamma] = [normal(rng, 12), normal(rng, 12), between(rng, 0.5, 2)];
    const {unit, deviation} = standardise(x);
    const along = dot(dy, unit) / 12;
    const dx = normalisedGradient(x, dy, gamma).map(
      (value, i) => value + (mutated ? (gamma / deviation) * unit[i] * along : 0)
    );
    return apart(
      dx,
      numericGradient((v) => dot(normalised(v, gamma, 0.3), dy), x),
      1e-7
    );
  }
);

const dloss = numbered(
  "dloss",
  "p − t of ten drawn logits, against central differences",
  "the label without smoothing",
  (rng, mutated) => {
    const [z, label, epsilon] = [normal(rng, 10), whole(rng, 0, 9), between(rng, 0.1, 0.4)];
    const target = smoothedTarget(label, 10, epsilon);
    const gradient = smoothedGradient(z, mutated ? smoothedTarget(label, 10, 0) : target);
    return apart(
      gradient,
      numericGradient((v) => smoothedLoss(v, target), z),
      1e-8
    );
  }
);

const he = numbered(
  "he",
  "E y² over all signs of three inputs and three weights ± σ_w, against E of the inputs' squares before the ReLU",
  "σ_w = √(1/n)",
  (rng, mutated) => {
    const sizes = Array.from({length: 3}, () => between(rng, 0.5, 2));
    const deviation = Math.sqrt((mutated ? 1 : 2) / 3);
    const after = overSigns(6, (signs) => {
      const active = sizes.map((size, i) => Math.max(0, size * signs[i]));
      return active.reduce((sum, value, i) => sum + deviation * signs[3 + i] * value, 0) ** 2;
    });
    return {got: after, expected: dot(sizes, sizes) / 3, within: 1e-10};
  }
);

/** Of a layer and its gradients, in the order of the page. */
export const gradientEquations: Equation[] = [conv, dw, dx, bn, dloss, he];
