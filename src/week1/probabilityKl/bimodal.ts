import type {Normal} from "./estimators.js";
import {logNormal} from "./estimators.js";

/** w N(μ₁, σ₁²) + (1 − w) N(μ₂, σ₂²). */
export interface Mixture {
  weight: number;
  first: Normal;
  second: Normal;
}

/** ln of the mixture's density, by the larger term, so that no tail underflows to ln 0. */
export function logMixture(x: number, {weight, first, second}: Mixture): number {
  const [a, b] = [Math.log(weight) + logNormal(x, first), Math.log1p(-weight) + logNormal(x, second)];
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}

/** Mean w μ₁ + (1 − w) μ₂ and variance w σ₁² + (1 − w) σ₂² + w (1 − w)(μ₁ − μ₂)². */
export function mixtureMoments({weight: w, first, second}: Mixture): Normal {
  const between = w * (1 - w) * (first[0] - second[0]) ** 2;
  const within = w * first[1] ** 2 + (1 - w) * second[1] ** 2;
  return [w * first[0] + (1 - w) * second[0], Math.sqrt(within + between)];
}

/** ∫ g over [low, high] by the trapezoid rule, which for a function that has vanished at both ends errs by no more than rounding. */
function integral(g: (x: number) => number, low: number, high: number, points = 600): number {
  const h = (high - low) / points;
  let sum = 0;
  for (let i = 0; i <= points; ++i) sum += g(low + i * h);
  return h * sum;
}

/** KL(p ‖ q) of a mixture p and a normal q, in nats. */
export function forwardKl(p: Mixture, q: Normal): number {
  const low = Math.min(p.first[0] - 9 * p.first[1], p.second[0] - 9 * p.second[1]);
  const high = Math.max(p.first[0] + 9 * p.first[1], p.second[0] + 9 * p.second[1]);
  return integral((x) => Math.exp(logMixture(x, p)) * (logMixture(x, p) - logNormal(x, q)), low, high);
}

/** KL(q ‖ p), in nats. */
export const reverseKl = (p: Mixture, q: Normal): number =>
  integral((x) => Math.exp(logNormal(x, q)) * (logNormal(x, q) - logMixture(x, p)), q[0] - 9 * q[1], q[0] + 9 * q[1]);

/**
 * A local minimum of KL(q ‖ p) over normal q: descent in (μ, ln σ) with slopes by central differences, the step halved until
 * the divergence falls.
 */
export function fitReverse(p: Mixture, start: Normal, steps = 60): Normal {
  let [mu, s] = [start[0], Math.log(start[1])];
  const value = (m: number, t: number) => reverseKl(p, [m, Math.exp(t)]);
  let best = value(mu, s);
  let rate = 1;
  for (let step = 0; step < steps; ++step) {
    const h = 1e-4;
    const slope = [(value(mu + h, s) - value(mu - h, s)) / (2 * h), (value(mu, s + h) - value(mu, s - h)) / (2 * h)];
    const curved = Math.exp(2 * s); // near a component the curvature in μ is about 1/σ²
    for (; rate > 1e-6; rate /= 2) {
      const next = [mu - rate * curved * slope[0], s - 0.5 * rate * slope[1]];
      const found = value(next[0], next[1]);
      if (found < best) {
        [mu, s, best] = [next[0], next[1], found];
        break;
      }
    }
    if (rate <= 1e-6) break;
    rate = Math.min(1, 2 * rate);
  }
  return [mu, Math.exp(s)];
}
