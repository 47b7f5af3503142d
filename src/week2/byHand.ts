import {softmax as softmaxOf} from "../components/evaluate/metrics.js";

/** Formulas of two pages in float64, one channel or one row at a time: what the checks hold the library against. */

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One channel of batch normalisation, its N values normalised by their own mean and biased variance. */
export function standardise(x: number[], epsilon = 1e-5): {unit: number[]; deviation: number} {
  const centre = mean(x);
  const deviation = Math.sqrt(mean(x.map((value) => (value - centre) ** 2)) + epsilon);
  return {unit: x.map((value) => (value - centre) / deviation), deviation};
}

/** y = γ x̂ + β. */
export const normalised = (x: number[], gamma: number, beta: number): number[] =>
  standardise(x).unit.map((value) => gamma * value + beta);

/** dx = (γ / √(σ² + ε)) [dy − mean(dy) − x̂ mean(dy x̂)]. */
export function normalisedGradient(x: number[], dy: number[], gamma: number, epsilon = 1e-5): number[] {
  const {unit, deviation} = standardise(x, epsilon);
  const along = mean(dy.map((value, i) => value * unit[i]));
  const level = mean(dy);
  return dy.map((value, i) => (gamma / deviation) * (value - level - unit[i] * along));
}

const softmax = (z: number[]): number[] => Array.from(softmaxOf({data: z, shape: [1, z.length]}));

/** The smoothed target t = (1 − ε) onehot(label) + ε / K. */
export const smoothedTarget = (label: number, classes: number, smoothing: number): number[] =>
  Array.from({length: classes}, (_, k) => (k === label ? 1 - smoothing : 0) + smoothing / classes);

/** −Σ t log softmax(z), in nats. */
export const smoothedLoss = (z: number[], target: number[]): number =>
  -softmax(z).reduce((sum, p, k) => sum + target[k] * Math.log(p), 0);

/** ∂/∂z of `smoothedLoss`: softmax(z) − t. */
export const smoothedGradient = (z: number[], target: number[]): number[] => softmax(z).map((p, k) => p - target[k]);

/** The largest difference between two arrays. */
export const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0);
