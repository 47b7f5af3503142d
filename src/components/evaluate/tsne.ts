import {rng} from "../math/random.js";
import {affinities} from "./affinities.js";
import {sizeOf, type Rows} from "./rows.js";

interface Options {
  /** About how many neighbours a point holds on to; at most a third of the others. */
  perplexity?: number;
  steps?: number;
  /** Where the points begin, (N, 2): an earlier map, so that two maps can be compared. Noise of seed 0 unless told. */
  start?: Rows;
  /** Called with the fraction done; awaited, so that the event loop runs. */
  progress?(done: number): Promise<void> | void;
}

const exaggeration = 12;
const exaggerated = 0.25; // of the steps
const firstSize = 1e-4; // deviation of the starting points: near enough for all to move freely

/**
 * t-SNE: points in the plane whose neighbours are those of the given rows. Van der Maaten & Hinton 2008.
 *
 *   minimise KL(P ‖ Q) = Σ pᵢⱼ ln(pᵢⱼ / qᵢⱼ),   qᵢⱼ = wᵢⱼ / Σ w,   wᵢⱼ = 1 / (1 + ‖yᵢ − yⱼ‖²)
 *   ∂KL/∂yᵢ = 4 Σⱼ (pᵢⱼ − qᵢⱼ) wᵢⱼ (yᵢ − yⱼ)
 *
 * Gradient descent with momentum ½, then 0.8, and a gain for each coordinate (section 3.4); during the first quarter P counts
 * twelvefold. The rate is N / 12, at least 50 (Belkina et al. 2019). Exact: O(N²) a step, a thousand points take seconds.
 * Distances between clusters and the sizes of clusters mean little.
 *
 * @param x (N, D) with N ≥ 4; rows are compared by Euclidean distance.
 * @returns (N, 2), its mean 0.
 * @throws RangeError if there are too few rows, or `start` is not (N, 2).
 */
export async function tsne(x: Rows, {perplexity = 30, steps = 500, start, progress}: Options = {}): Promise<Rows> {
  const [n] = sizeOf("tsne", x);
  if (n < 4) throw new RangeError(`tsne: expected at least 4 rows, got ${n}`);
  const p = affinities(x, Math.min(perplexity, (n - 1) / 3));
  const y = begun(n, start);
  const velocity = new Float64Array(2 * n);
  const gains = new Float64Array(2 * n).fill(1);
  const rate = Math.max(n / exaggeration, 50);
  for (let step = 0; step < steps; ++step) {
    const early = step < exaggerated * steps;
    const gradient = gradientOf(p, y, early ? exaggeration : 1);
    for (let i = 0; i < 2 * n; ++i) {
      const onward = gradient[i] * velocity[i] <= 0; // still downhill
      gains[i] = Math.max(0.01, onward ? gains[i] + 0.2 : 0.8 * gains[i]);
      velocity[i] = (early ? 0.5 : 0.8) * velocity[i] - rate * gains[i] * gradient[i];
      y[i] += velocity[i];
    }
    centre(y);
    await progress?.((step + 1) / steps);
  }
  return {data: y, shape: [n, 2]};
}

/** ∂KL/∂y, (N, 2), with P times a factor. */
export function gradientOf(p: Float64Array, y: Float64Array, factor = 1): Float64Array {
  const n = y.length / 2;
  const weights = new Float64Array(n * n);
  let total = 0;
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < i; ++j) {
      const [dx, dy] = [y[2 * i] - y[2 * j], y[2 * i + 1] - y[2 * j + 1]];
      const weight = 1 / (1 + dx * dx + dy * dy);
      weights[i * n + j] = weight;
      total += 2 * weight;
    }
  const gradient = new Float64Array(2 * n);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < i; ++j) {
      const weight = weights[i * n + j];
      const pull = 4 * (factor * p[i * n + j] - weight / total) * weight;
      for (let axis = 0; axis < 2; ++axis) {
        const force = pull * (y[2 * i + axis] - y[2 * j + axis]);
        gradient[2 * i + axis] += force;
        gradient[2 * j + axis] -= force;
      }
    }
  return gradient;
}

function begun(n: number, start?: Rows): Float64Array {
  if (!start)
    return Float64Array.from(
      rng(0)
        .fork("tsne")
        .normal(2 * n, 0, firstSize)
    );
  if (start.shape[0] !== n || start.shape[1] !== 2)
    throw new RangeError(`tsne: expected start (${n}, 2), got (${start.shape.join(", ")})`);
  const y = Float64Array.from(start.data);
  centre(y);
  const size = Math.sqrt(y.reduce((sum, value) => sum + value * value, 0) / (2 * n)) || 1;
  return y.map((value) => (firstSize * value) / size);
}

function centre(y: Float64Array): void {
  for (let axis = 0; axis < 2; ++axis) {
    let sum = 0;
    for (let i = axis; i < y.length; i += 2) sum += y[i];
    for (let i = axis; i < y.length; i += 2) y[i] -= (2 * sum) / y.length;
  }
}
