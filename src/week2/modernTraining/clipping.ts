import {dot} from "../../components/math/matrix.js";
import type {Rng} from "../../components/math/random.js";
import {integrate} from "../../components/math/quadrature.js";

export const norm = (a: number[]): number => Math.sqrt(dot(a, a));

/** The point of the ball ‖x‖ ≤ c nearest to g: g · min(1, c / ‖g‖). */
export const ontoBall = (g: number[], c: number): number[] => g.map((x) => x * Math.min(1, c / norm(g)));

/** The point of the cube |xᵢ| ≤ c nearest to g, entry by entry. */
export const ontoCube = (g: number[], c: number): number[] => g.map((x) => Math.max(-c, Math.min(c, x)));

/** The cosine of the angle between two vectors. */
export const cosineOf = (a: number[], b: number[]): number => dot(a, b) / (norm(a) * norm(b));

/** P(|Z| > z) = (1 + z)^(−α): symmetric noise whose variance is infinite for α ≤ 2, and its mean too for α ≤ 1. */
export const tail = (z: number, alpha: number): number => (1 + z) ** -alpha;

/** A draw of that noise from two uniform numbers. */
export const heavy = (rng: Rng, alpha: number): number =>
  ((1 - rng.next()) ** (-1 / alpha) - 1) * (rng.next() < 0.5 ? -1 : 1);

/** E min(|Z|, c)² = ∫₀ᶜ 2z (1 + z)^(−α) dz in closed form, for α other than 1 and 2. */
export const clippedSquare = (c: number, alpha: number): number => {
  const power = (k: number) => ((1 + c) ** k - 1) / k;
  return 2 * (power(2 - alpha) - power(1 - alpha));
};

/** P(μ + Z > x). */
const above = (x: number, mu: number, alpha: number) =>
  x > mu ? tail(x - mu, alpha) / 2 : 1 - tail(mu - x, alpha) / 2;

/** Mean and second moment of μ + Z clipped at ±c, by the layer-cake formula. */
export function clippedMoments(mu: number, c: number, alpha: number): {mean: number; square: number} {
  const pieces = [0, Math.min(Math.abs(mu), c), c]; // a kink at |μ|
  const over = (f: (x: number) => number) =>
    integrate(f, pieces[0], pieces[1], 1e-9) + integrate(f, pieces[1], pieces[2], 1e-9);
  return {
    mean: over((x) => above(x, mu, alpha) - (1 - above(-x, mu, alpha))),
    square: over((x) => 2 * x * (above(x, mu, alpha) + 1 - above(-x, mu, alpha)))
  };
}

/** The mean squared error of the mean of n gradients μ + Z, each clipped at ±c: bias² + variance / n. */
export function meanError(c: number, {mu, n, alpha}: {mu: number; n: number; alpha: number}) {
  const {mean, square} = clippedMoments(mu, c, alpha);
  const [bias, variance] = [(mean - mu) ** 2, (square - mean ** 2) / n];
  return {bias, variance, total: bias + variance};
}

/** SGD on ½θ² from θ = 5 with the gradient θ + Z, once as it is and once clipped at c: |θ| after every step. */
export function walks(rng: Rng, {alpha, c, rate, steps}: {alpha: number; c: number; rate: number; steps: number}) {
  const [plain, clipped] = [[5], [5]];
  for (let t = 0; t < steps; ++t) {
    const noise = heavy(rng, alpha);
    plain.push(plain[t] - rate * (plain[t] + noise));
    const [g] = ontoCube([clipped[t] + noise], c);
    clipped.push(clipped[t] - rate * g);
  }
  return {plain: plain.map(Math.abs), clipped: clipped.map(Math.abs)};
}
