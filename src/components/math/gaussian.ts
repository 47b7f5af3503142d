import {type Cholesky, cholesky} from "./cholesky.js";
import type {Matrix, Vector} from "./matrix.js";

/**
 * KL(N(μ₁, σ₁²) ‖ N(μ₂, σ₂²)) = ln(σ₂/σ₁) + (σ₁² + (μ₁ − μ₂)²) / (2σ₂²) − ½, in nats.
 *
 * @throws RangeError unless both deviations are positive.
 */
export function klNormal([mu1, sigma1]: [number, number], [mu2, sigma2]: [number, number]): number {
  if (!(sigma1 > 0 && sigma2 > 0))
    throw new RangeError(`klNormal: expected deviations > 0, got ${sigma1} and ${sigma2}`);
  return Math.log(sigma2 / sigma1) + (sigma1 ** 2 + (mu1 - mu2) ** 2) / (2 * sigma2 ** 2) - 0.5;
}

/** N(mean, covariance) in k dimensions; the covariance is symmetric positive definite. */
export interface Gaussian {
  mean: Vector;
  covariance: Matrix;
}

/** ln N(x; μ, Σ) = −½ (x − μ)ᵀ Σ⁻¹ (x − μ) − ½ ln|Σ| − (k/2) ln 2π, by the Cholesky factor of Σ. */
export function logNormalDensity(x: Vector, {mean, covariance}: Gaussian): number {
  const factor = factorOf("logNormalDensity", {mean, covariance});
  const shifted = x.map((xi, i) => xi - mean[i]);
  return (
    -0.5 * squared(forward(factor, shifted)) - 0.5 * logDeterminant(factor) - (x.length / 2) * Math.log(2 * Math.PI)
  );
}

/**
 * KL(N₁ ‖ N₂) = ½ [tr(Σ₂⁻¹ Σ₁) + (μ₂ − μ₁)ᵀ Σ₂⁻¹ (μ₂ − μ₁) − k + ln(|Σ₂| / |Σ₁|)], in nats.
 *
 * With Σ = L Lᵀ the trace is ‖L₂⁻¹ L₁‖² and the quadratic form ‖L₂⁻¹ (μ₂ − μ₁)‖²: no matrix is inverted.
 *
 * @throws RangeError if the dimensions differ or a covariance is not positive definite.
 */
export function klGaussian(first: Gaussian, second: Gaussian): number {
  const k = first.mean.length;
  if (second.mean.length !== k) throw new RangeError(`klGaussian: expected ${k} dimensions, got ${second.mean.length}`);
  const [one, two] = [factorOf("klGaussian", first), factorOf("klGaussian", second)];
  const columns = Array.from({length: k}, (_, j) => first.mean.map((_, i) => (i >= j ? one.lower[i * k + j] : 0)));
  const trace = columns.reduce((sum, column) => sum + squared(forward(two, column)), 0);
  const between = squared(
    forward(
      two,
      second.mean.map((m, i) => m - first.mean[i])
    )
  );
  return 0.5 * (trace + between - k + logDeterminant(two) - logDeterminant(one));
}

/** Differential entropy ½ ln|2πe Σ| in nats. */
export function gaussianEntropy(covariance: Matrix): number {
  const k = covariance.length;
  return 0.5 * (k * Math.log(2 * Math.PI * Math.E) + logDeterminant(factorOf("gaussianEntropy", {mean: Array(k).fill(0), covariance}))); // prettier-ignore
}

function factorOf(caller: string, {mean, covariance}: Gaussian): Cholesky {
  if (covariance.length !== mean.length)
    throw new RangeError(`${caller}: expected a covariance of order ${mean.length}, got ${covariance.length}`);
  return cholesky(covariance.flat());
}

/** L⁻¹ b. */
function forward({lower, order}: Cholesky, b: Vector): Vector {
  const y = [...b];
  for (let i = 0; i < order; ++i) {
    for (let j = 0; j < i; ++j) y[i] -= lower[i * order + j] * y[j];
    y[i] /= lower[i * order + i];
  }
  return y;
}

/** ln|L Lᵀ| = 2 Σ ln Lᵢᵢ. */
const logDeterminant = ({lower, order}: Cholesky): number =>
  Array.from({length: order}, (_, i) => 2 * Math.log(lower[i * order + i])).reduce((a, b) => a + b, 0);

const squared = (x: Vector): number => x.reduce((sum, xi) => sum + xi * xi, 0);
