import {mean, variance} from "../../components/math/statistics.js";

/** A normal distribution by its mean and standard deviation. */
export interface NormalFit {
  mean: number;
  deviation: number;
}

/** ln L(μ, σ) = −n ln σ − (n/2) ln 2π − Σ (xᵢ − μ)² / 2σ² of independent draws x. */
export function logLikelihood(x: ArrayLike<number>, {mean: mu, deviation}: NormalFit): number {
  let squares = 0;
  for (let i = 0; i < x.length; ++i) squares += (x[i] - mu) ** 2;
  return -x.length * (Math.log(deviation) + 0.5 * Math.log(2 * Math.PI)) - squares / (2 * deviation ** 2);
}

/** The values where the score is zero: x̄ and √(Σ (xᵢ − x̄)² / n). */
export const fitNormal = (x: ArrayLike<number>): NormalFit => ({mean: mean(x), deviation: Math.sqrt(variance(x))});

/**
 * Gradient ascent on ln L / n in μ and s = ln σ, so that σ = eˢ stays positive.
 *
 *   ∂/∂μ = (x̄ − μ) / σ²,   ∂/∂s = (σ̂² + (x̄ − μ)²) / σ² − 1
 *
 * @returns every point passed, the start first. Near the maximum the curvatures are 1/σ̂² and 2, so rates below
 * min(1, 2σ̂²) converge.
 */
export function ascend(x: ArrayLike<number>, start: NormalFit, rate: number, steps: number): NormalFit[] {
  const [average, squares] = [mean(x), variance(x)];
  const path = [start];
  let {mean: mu} = start;
  let s = Math.log(start.deviation);
  for (let step = 0; step < steps; ++step) {
    const precision = Math.exp(-2 * s);
    const away = average - mu;
    mu += rate * away * precision;
    s += rate * ((squares + away * away) * precision - 1);
    path.push({mean: mu, deviation: Math.exp(s)});
  }
  return path;
}
