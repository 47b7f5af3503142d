import type {Vector} from "../components/math/matrix.js";

/** The rate and momentum with the smallest factor on curvatures between μ and L, and that factor. */
export interface Tuned {
  rate: number;
  beta: number;
  factor: number;
}

/** η = 2 / (L + μ), factor (κ − 1) / (κ + 1). */
export const tunedDescent = (mu: number, L: number): Tuned => ({
  rate: 2 / (L + mu),
  beta: 0,
  factor: (L - mu) / (L + mu)
});

/** η = (2 / (√L + √μ))², √β = (√κ − 1) / (√κ + 1), factor √β. Polyak 1964. */
export function tunedBall(mu: number, L: number): Tuned {
  const [low, high] = [Math.sqrt(mu), Math.sqrt(L)];
  const factor = (high - low) / (high + low);
  return {rate: (2 / (high + low)) ** 2, beta: factor ** 2, factor};
}

/** η = 1/L, β = (√κ − 1) / (√κ + 1), factor 1 − 1/√κ. Nesterov 2004, section 2.2. */
export function tunedNesterov(mu: number, L: number): Tuned {
  const root = Math.sqrt(L / mu);
  return {rate: 1 / L, beta: (root - 1) / (root + 1), factor: 1 - 1 / root};
}

/** The larger absolute value of the roots of z² − p z + q. */
export function radius(p: number, q: number): number {
  const square = p * p - 4 * q;
  return square < 0 ? Math.sqrt(q) : (Math.abs(p) + Math.sqrt(square)) / 2;
}

/** Factor by which GD multiplies the error along curvature λ: |1 − ηλ|. */
export const descentFactor = (lambda: number, {rate}: Pick<Tuned, "rate">): number => Math.abs(1 - rate * lambda);

/** Spectral radius of the heavy ball along curvature λ: roots of z² − (1 + β − ηλ) z + β. */
export const ballFactor = (lambda: number, {rate, beta}: Pick<Tuned, "rate" | "beta">): number =>
  radius(1 + beta - rate * lambda, beta);

/** Spectral radius of Nesterov's method along curvature λ: roots of z² − (1 + β)(1 − ηλ) z + β (1 − ηλ). */
export const nesterovFactor = (lambda: number, {rate, beta}: Pick<Tuned, "rate" | "beta">): number =>
  radius((1 + beta) * (1 - rate * lambda), beta * (1 - rate * lambda));

/** ‖x_k‖ / ‖x_{k−1}‖ at the end of a path that goes to 0: the factor as it is measured. */
export function measuredFactor(path: Vector[]): number {
  if (path.length < 2) throw new RangeError(`measuredFactor: expected at least 2 points, got ${path.length}`);
  return Math.hypot(...path[path.length - 1]) / Math.hypot(...path[path.length - 2]);
}
