import {type Differentiable, type Field, inner, sum} from "./field.js";
import {build, type Matrix, type Vector} from "./matrix.js";
import {exp, log} from "./primitives.js";

/**
 * Softmax and what is made of it, for one row of logits in float64. All of them subtract the largest logit first: the
 * results are the same, and no exponential is larger than 1, so nothing overflows and no logarithm is taken of zero.
 */

/** ln Σ exp zᵢ = m + ln Σ exp(zᵢ − m), m the largest logit. @throws RangeError if there is no logit. */
export function logSumExp(z: Vector): number {
  if (z.length === 0) throw new RangeError("logSumExp: expected at least one logit, got none");
  const largest = Math.max(...z);
  return largest + Math.log(z.reduce((total, zi) => total + Math.exp(zi - largest), 0));
}

/** ln pᵢ = zᵢ − logSumExp(z): exact where pᵢ itself would underflow to 0. */
export function logSoftmax(z: Vector): Vector {
  const level = logSumExp(z);
  return z.map((zi) => zi - level);
}

/** pᵢ = exp(zᵢ / t) / Σ exp(zⱼ / t) at temperature t > 0. @throws RangeError if t ≤ 0. */
export function softmax(z: Vector, temperature = 1): Vector {
  if (!(temperature > 0)) throw new RangeError(`softmax: expected temperature > 0, got ${temperature}`);
  return logSoftmax(z.map((zi) => zi / temperature)).map(Math.exp);
}

/** ∂pᵢ/∂zⱼ = pᵢ (δᵢⱼ − pⱼ) / t, (K, K): (diag(p) − p pᵀ) / t. */
export function softmaxJacobian(z: Vector, temperature = 1): Matrix {
  const p = softmax(z, temperature);
  return build(p.length, p.length, (i, j) => (p[i] * ((i === j ? 1 : 0) - p[j])) / temperature);
}

/**
 * −Σ yᵢ ln pᵢ in nats, p = softmax(z).
 *
 * @param y a distribution over the classes: one-hot, smoothed, or any other.
 * @throws RangeError if z and y differ in length.
 */
export function crossEntropy(z: Vector, y: Vector): number {
  if (y.length !== z.length) throw new RangeError(`crossEntropy: expected ${z.length} targets, got ${y.length}`);
  return logSoftmax(z).reduce((total, logp, i) => total - (y[i] === 0 ? 0 : y[i] * logp), 0); // 0 · −∞ is 0 here
}

/** ∂/∂z of `crossEntropy`: p − y, for a y that sums to 1. */
export const crossEntropyGradient = (z: Vector, y: Vector): Vector => softmax(z).map((p, i) => p - y[i]);

/** ∂²/∂z² of `crossEntropy`: diag(p) − p pᵀ, whatever y is. */
export const crossEntropyHessian = (z: Vector): Matrix => softmaxJacobian(z);

/** `logSumExp` for dual numbers and for the tape: one number. The shift m is a constant, which the result does not depend on. */
export const logSumExpOn: Differentiable = (o, z) => {
  const largest = o.constant(Math.max(...z.map(o.value)));
  const total = sum(o, exponentials(o, z, largest));
  return [o.plus(largest, o.map(log, total))];
};

/** `softmax` for dual numbers and for the tape: K numbers. */
export const softmaxOn: Differentiable = (o, z) => {
  const shifted = exponentials(o, z, o.constant(Math.max(...z.map(o.value))));
  const total = sum(o, shifted);
  return shifted.map((e) => o.over(e, total));
};

/** `crossEntropy` for dual numbers and for the tape, as logSumExp(z) − yᵀz. */
export const crossEntropyOn =
  (y: Vector): Differentiable =>
  (o, z) => [o.minus(logSumExpOn(o, z)[0], inner(o, z, y.map(o.constant)))];

const exponentials = <S>(o: Field<S>, z: S[], shift: S): S[] => z.map((zi) => o.map(exp, o.minus(zi, shift)));
