import type {Logits} from "../../components/evaluate/metrics.js";

/** Temperature scaling, Guo et al. 2017, section 4.2: all logits divided by one number, fitted on held-out records. */

/** z / T. */
export const scaled = ({data, shape}: Logits, temperature: number): Logits => ({
  data: Float64Array.from(data, (z) => z / temperature),
  shape
});

/**
 * Slope and curvature of the mean negative log-likelihood by β = 1 / T.
 *
 *   L(β) = mean of ln Σₖ exp(β zₖ) − β z_y,   L′ = mean of E_p[z] − z_y,   L″ = mean of Var_p[z] ≥ 0,   p = softmax(β z)
 */
export function byInverse({data, shape: [rows, classes]}: Logits, labels: ArrayLike<number>, beta: number) {
  let [slope, curvature] = [0, 0];
  for (let i = 0; i < rows; ++i) {
    const first = i * classes;
    let largest = -Infinity;
    for (let k = first; k < first + classes; ++k) largest = Math.max(largest, data[k]);
    let [total, sum, squares] = [0, 0, 0]; // of the weights, and of what they weigh: z from the largest logit on
    for (let k = first; k < first + classes; ++k) {
      const z = data[k] - largest;
      const weight = Math.exp(beta * z);
      total += weight;
      sum += weight * z;
      squares += weight * z * z;
    }
    const mean = sum / total;
    slope += mean + largest - data[first + labels[i]];
    curvature += squares / total - mean * mean;
  }
  return {slope: slope / rows, curvature: curvature / rows};
}

/**
 * The temperature of the least mean negative log-likelihood, by Newton's method on β = 1 / T between bounds that close in: the
 * loss is convex in β, so its slope says on which side the minimum lies.
 *
 * @returns T between 0.001, where every record is right and nothing is too cold, and 1000, where the logits say less than nothing.
 */
export function fitTemperature(logits: Logits, labels: ArrayLike<number>): number {
  let [low, high, beta] = [1e-3, 1e3, 1];
  for (let step = 0; step < 100; ++step) {
    const {slope, curvature} = byInverse(logits, labels, beta);
    if (slope > 0) high = beta;
    else low = beta;
    const newton = beta - slope / curvature;
    const next = newton > low && newton < high ? newton : Math.sqrt(low * high);
    if (Math.abs(next - beta) <= 1e-12 * beta) return 1 / next;
    beta = next;
  }
  return 1 / beta;
}
