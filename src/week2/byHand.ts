/** Two of this page's formulas in float64, one channel or one row at a time: what the checks hold the library against. */

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One channel of batch normalisation, its N values normalised by their own mean and biased variance. */
export function standardise(x: Float64Array, epsilon = 1e-5): {unit: Float64Array; deviation: number} {
  const centre = mean(x);
  const deviation = Math.sqrt(mean(x.map((value) => (value - centre) ** 2)) + epsilon);
  return {unit: x.map((value) => (value - centre) / deviation), deviation};
}

/** y = γ x̂ + β. */
export const normalised = (x: Float64Array, gamma: number, beta: number): Float64Array =>
  standardise(x).unit.map((value) => gamma * value + beta);

/** dx = (γ / √(σ² + ε)) [dy − mean(dy) − x̂ mean(dy x̂)]. */
export function normalisedGradient(x: Float64Array, dy: Float64Array, gamma: number): Float64Array {
  const {unit, deviation} = standardise(x);
  const along = mean(dy.map((value, i) => value * unit[i]));
  const level = mean(dy);
  return dy.map((value, i) => (gamma / deviation) * (value - level - unit[i] * along));
}

/** softmax(z), safe for large logits. */
export function softmax(z: Float64Array): Float64Array {
  const top = Math.max(...z);
  const powers = z.map((value) => Math.exp(value - top));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => value / total);
}

/** The smoothed target t = (1 − ε) onehot(label) + ε / K. */
export const smoothedTarget = (label: number, classes: number, smoothing: number): Float64Array =>
  Float64Array.from({length: classes}, (_, k) => (k === label ? 1 - smoothing : 0) + smoothing / classes);

/** −Σ t log softmax(z), in nats. */
export const smoothedLoss = (z: Float64Array, target: Float64Array): number =>
  -softmax(z).reduce((sum, p, k) => sum + target[k] * Math.log(p), 0);

/** ∂/∂z of `smoothedLoss`: softmax(z) − t. */
export const smoothedGradient = (z: Float64Array, target: Float64Array): Float64Array =>
  softmax(z).map((p, k) => p - target[k]);

/** The derivative of a number that depends on an array, by central differences. */
export const slope = (f: (x: Float64Array) => number, x: Float64Array, h = 1e-5): Float64Array =>
  x.map((_, j) => {
    const [up, down] = [h, -h].map((step) => f(x.map((value, k) => (k === j ? value + step : value))));
    return (up - down) / (2 * h);
  });

/** The largest difference between two arrays. */
export const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0);
