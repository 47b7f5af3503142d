import {rng as seeded} from "../components/math/random.js";

/** The derivative of a random network of one input, along the input. */
export interface GradientCurve {
  x: Float64Array;
  derivative: Float64Array;
  /** Correlation of the last layer's derivatives with themselves one grid step away: 1 is smooth, 0 is white noise. */
  correlation: number;
}

/**
 * dy/dx of a randomly initialised network R → Rⁿ → … → R, normalised over a grid of inputs as a batch.
 *
 *   plain:     h ← ReLU(BN(W h))            residual:  h ← h + W ReLU(BN(h))
 *
 * W has variance 2/n. The derivative treats BN's mean and variance as constants, as in evaluation. After the experiment
 * of Balduzzi et al. 2017, section 1, figure 1.
 *
 * @param depth hidden layers.
 */
export function gradientCurve(depth: number, residual: boolean, {n = 40, points = 129, seed = 3} = {}): GradientCurve {
  const rng = seeded(seed);
  const x = Float64Array.from({length: points}, (_, i) => -2 + (4 * i) / (points - 1));
  const direction = rng.normal(n);
  const offset = rng.normal(n);
  // unit-major: h[u] and d[u] hold one hidden unit and its derivative at all grid points
  let h = Array.from(direction, (w, u) => x.map((value) => w * value + offset[u]));
  let d = Array.from(direction, (w) => x.map(() => w));
  for (let layer = 0; layer < depth; ++layer) {
    const weight = Array.from({length: n}, () => rng.normal(n, 0, Math.sqrt(2 / n)));
    if (residual) {
      const [active, slope] = rectified(h, d);
      const [branch, change] = [mixed(weight, active), mixed(weight, slope)];
      h = h.map((row, u) => row.map((value, i) => value + branch[u][i]));
      d = d.map((row, u) => row.map((value, i) => value + change[u][i]));
    } else [h, d] = rectified(mixed(weight, h), mixed(weight, d));
  }
  const readout = rng.normal(n, 0, Math.sqrt(1 / n));
  const [derivative] = mixed([readout], d);
  return {x, derivative, correlation: correlation(d)};
}

/** W h for every grid point. */
function mixed(weight: Float32Array[], h: Float64Array<ArrayBuffer>[]) {
  return weight.map((row) => {
    const out = new Float64Array(h[0].length);
    for (let u = 0; u < row.length; ++u) for (let i = 0; i < out.length; ++i) out[i] += row[u] * h[u][i];
    return out;
  });
}

/** ReLU(BN(h)) over the grid and its derivative. */
function rectified(h: Float64Array<ArrayBuffer>[], d: Float64Array<ArrayBuffer>[]) {
  const normalised = h.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
    return {mean, deviation: Math.sqrt(variance + 1e-5)};
  });
  const value = h.map((row, u) => row.map((v) => Math.max(0, (v - normalised[u].mean) / normalised[u].deviation)));
  const slope = d.map((row, u) => row.map((v, i) => (value[u][i] > 0 ? v / normalised[u].deviation : 0)));
  return [value, slope] as const;
}

/** Σ (d − mean)(next − mean) / Σ (d − mean)² over all rows, each about its own mean. */
function correlation(rows: Float64Array[]): number {
  let [beside, power] = [0, 0];
  for (const row of rows) {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    for (let i = 0; i < row.length; ++i) {
      power += (row[i] - mean) ** 2;
      if (i > 0) beside += (row[i] - mean) * (row[i - 1] - mean);
    }
  }
  return beside / power;
}
