import {logGamma} from "../../components/math/logGamma.js";
import {rng as seeded} from "../../components/math/random.js";
import {standardise} from "../byHand.js";

/** Channels of N(1, 1) behind batch normalisation, in training step after step. */
export interface RunningSetup {
  /** m, the share of the newest batch in the running statistics. */
  momentum: number;
  /** N, the numbers of a channel in a batch; at least 2. */
  batch: number;
  steps: number;
  /** By how much the channels' mean moves after half of the steps, as it does when the weights before it are moved. */
  shift: number;
  seed: number;
}

/** What is seen before a step, root mean squares over 32 channels. */
export interface Mismatch {
  /** The next batch as training normalises it, less the same batch as evaluation would. */
  outputs: number;
  /** Running mean less the channels' mean. */
  mean: number;
}

const channels = 32;

/** r ← (1 − m) r + m · batch: the running mean and, from the unbiased variance, the running variance of each channel. */
export function mismatches({momentum, batch, steps, shift, seed}: RunningSetup): Mismatch[] {
  const rng = seeded(seed);
  const [means, variances] = [new Array<number>(channels).fill(0), new Array<number>(channels).fill(1)];
  return Array.from({length: steps}, (_, t) => {
    const centre = 1 + (t >= steps / 2 ? shift : 0);
    let [outputs, mean] = [0, 0];
    for (let c = 0; c < channels; ++c) {
      const x = Array.from(rng.normal(batch, centre, 1));
      const {unit, deviation} = standardise(x);
      const evaluated = x.map((value) => (value - means[c]) / Math.sqrt(variances[c] + 1e-5));
      outputs += unit.reduce((sum, value, i) => sum + (value - evaluated[i]) ** 2, 0) / (batch * channels);
      mean += (means[c] - centre) ** 2 / channels;
      const unbiased = ((deviation ** 2 - 1e-5) * batch) / (batch - 1);
      means[c] += momentum * (x.reduce((sum, value) => sum + value, 0) / batch - means[c]);
      variances[c] += momentum * (unbiased - variances[c]);
    }
    return {outputs: Math.sqrt(outputs), mean: Math.sqrt(mean)};
  });
}

/**
 * The mean square error of a running mean after t batches.
 *
 *   E(r_t − μ)² = (1 − m)²ᵗ off² + m / (2 − m) · (1 − (1 − m)²ᵗ) · noise
 *
 * @param off r₀ − μ. @param noise the variance of a batch's mean, σ²/N.
 */
export function meanError(t: number, {momentum, off, noise}: {momentum: number; off: number; noise: number}): number {
  const left = (1 - momentum) ** (2 * t);
  return left * off ** 2 + (momentum / (2 - momentum)) * (1 - left) * noise;
}

/** What theory says of the same setup's running mean, before each step. */
export function meanErrors({momentum, batch, steps, shift}: RunningSetup): number[] {
  const half = Math.ceil(steps / 2);
  return Array.from({length: steps}, (_, t) => {
    const lag = (1 - momentum) ** t + (t >= half ? shift * (1 - momentum) ** (t - half) : 0); // r began at 0, μ at 1
    return Math.sqrt(lag ** 2 + meanError(t, {momentum, off: 0, noise: 1 / batch}));
  });
}

/** E s/σ of N normal numbers, s biased: √(2/N) Γ(N/2) / Γ((N − 1)/2). */
const meanDeviation = (batch: number): number =>
  Math.sqrt(2 / batch) * Math.exp(logGamma(batch / 2) - logGamma((batch - 1) / 2));

/** The mean square between x̂ of a batch's own statistics and of the true ones, N normal numbers: 2 (1 − E s/σ). */
export const batchNoise = (batch: number): number => 2 * (1 - meanDeviation(batch));
