import * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";

/** How a weight is drawn: (stream, shape) → tensor. */
export type Init = (rng: Rng, shape: number[]) => tf.Tensor;

interface Kaiming {
  /** Which variance stays constant with depth: that of the activations ("in") or that of the gradients ("out"). */
  fan?: "in" | "out";
  /** What the non-linearity takes from the standard deviation: √2 for ReLU, 1 for none. */
  gain?: number;
}

/**
 * How many inputs one output sums over, and how many outputs one input reaches.
 *
 * Weights are (in, out), filters (kh, kw, in, out): fan in = kh kw in, fan out = kh kw out.
 *
 * @throws RangeError for a shape of fewer than two axes.
 */
export function fans(shape: number[]): {in: number; out: number} {
  if (shape.length < 2) throw new RangeError(`fans: expected a shape (…, in, out), got (${shape.join(", ")})`);
  const window = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return {in: window * shape[shape.length - 2], out: window * shape[shape.length - 1]};
}

/** N(0, deviation²). */
export const normal = (rng: Rng, shape: number[], deviation: number): tf.Tensor =>
  tf.tensor(rng.normal(count(shape), 0, deviation), shape);

/** N(0, gain² / fan). He et al. 2015, eq. 10 (fan in) and 14 (fan out). */
export function kaimingNormal(rng: Rng, shape: number[], {fan = "in", gain = Math.SQRT2}: Kaiming = {}): tf.Tensor {
  return normal(rng, shape, gain / Math.sqrt(fans(shape)[fan]));
}

/** Uniform on ±gain √(3 / fan): the variance of `kaimingNormal`. With gain √⅓ it is torch's default, ±1 / √fan. */
export function kaimingUniform(rng: Rng, shape: number[], {fan = "in", gain = Math.SQRT2}: Kaiming = {}): tf.Tensor {
  return uniform(rng, shape, gain * Math.sqrt(3 / fans(shape)[fan]));
}

/** N(0, 2 / (fan in + fan out)). Glorot & Bengio 2010, eq. 12. */
export function xavierNormal(rng: Rng, shape: number[]): tf.Tensor {
  const fan = fans(shape);
  return normal(rng, shape, Math.sqrt(2 / (fan.in + fan.out)));
}

/** Uniform on ±√(6 / (fan in + fan out)). Glorot & Bengio 2010, eq. 16. */
export function xavierUniform(rng: Rng, shape: number[]): tf.Tensor {
  const fan = fans(shape);
  return uniform(rng, shape, Math.sqrt(6 / (fan.in + fan.out)));
}

const count = (shape: number[]) => shape.reduce((product, size) => product * size, 1);

const uniform = (rng: Rng, shape: number[], bound: number): tf.Tensor =>
  tf.tensor(rng.uniform(count(shape), -bound, bound), shape);
