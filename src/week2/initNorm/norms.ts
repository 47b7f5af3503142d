import {normalisedGradient, standardise} from "../byHand.js";

/** Which numbers of a (B, C, P) array share a mean and a deviation: B examples, C channels, P places. */
export type Kind = "batch" | "layer" | "instance" | "group" | "rms";

/** B, C and P; G for group normalisation. */
export interface Sizes {
  batch: number;
  channels: number;
  places: number;
  groups?: number;
}

/** Places in the flat (B, C, P) array that are standardised together, one list for each set. */
export function setsOf(kind: Kind, {batch, channels, places, groups = 1}: Sizes): number[][] {
  const keyOf: Record<Kind, (b: number, c: number) => number> = {
    batch: (_, c) => c,
    layer: (b) => b,
    instance: (b, c) => b * channels + c,
    group: (b, c) => b * groups + Math.floor((c * groups) / channels),
    rms: (b) => b
  };
  const sets = new Map<number, number[]>();
  for (let b = 0; b < batch; ++b)
    for (let c = 0; c < channels; ++c) {
      const key = keyOf[kind](b, c);
      const set = sets.get(key) ?? [];
      for (let p = 0; p < places; ++p) set.push((b * channels + c) * places + p);
      sets.set(key, set);
    }
  return [...sets.values()];
}

const channelOf = (at: number, {channels, places}: Sizes): number => Math.floor(at / places) % channels;

const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** x̂ = x / r and r = √(mean x² + ε) of one set. */
function rooted(x: number[], epsilon: number): {unit: number[]; deviation: number} {
  const deviation = Math.sqrt(meanOf(x.map((value) => value * value)) + epsilon);
  return {unit: x.map((value) => value / deviation), deviation};
}

/** x̄ = (g − x̂ mean(g x̂)) / r: what batch normalisation's gradient is without the mean. */
function rootedGradient(x: number[], g: number[], epsilon: number): number[] {
  const {unit, deviation} = rooted(x, epsilon);
  const along = meanOf(g.map((value, i) => value * unit[i]));
  return g.map((value, i) => (value - unit[i] * along) / deviation);
}

/** x̂ and the deviation of every number's set, by batch normalisation's formula for one channel, or by RMS. */
export function standardised(x: ArrayLike<number>, kind: Kind, sizes: Sizes, epsilon = 1e-5) {
  const of = kind === "rms" ? rooted : standardise;
  const [unit, deviation] = [new Float64Array(x.length), new Float64Array(x.length)];
  for (const set of setsOf(kind, sizes)) {
    const found = of(set.map((i) => x[i]), epsilon); // prettier-ignore
    set.forEach((i, k) => ([unit[i], deviation[i]] = [found.unit[k], found.deviation]));
  }
  return {unit, deviation};
}

/** y = γ x̂ + β with one γ and one β a channel. */
export function normalise(x: ArrayLike<number>, [gamma, beta]: number[][], kind: Kind, sizes: Sizes, epsilon = 1e-5) {
  const {unit} = standardised(x, kind, sizes, epsilon);
  return unit.map((value, i) => gamma[channelOf(i, sizes)] * value + beta[channelOf(i, sizes)]);
}

/**
 * The gradient by x, γ and β. With g = γ ⊙ ȳ and means over the number's own set,
 *
 *   x̄ = (g − mean g − x̂ mean(g x̂)) / s,   without the middle term for RMS;   γ̄ = Σ ȳ x̂,   β̄ = Σ ȳ over a channel
 */
export function normaliseBackward(
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
  gamma: number[],
  kind: Kind,
  sizes: Sizes,
  epsilon = 1e-5
) {
  const {unit} = standardised(x, kind, sizes, epsilon);
  const dx = new Float64Array(x.length);
  const [dgamma, dbeta] = [new Float64Array(sizes.channels), new Float64Array(sizes.channels)];
  for (const set of setsOf(kind, sizes)) {
    const [values, g] = [set.map((i) => x[i]), set.map((i) => gamma[channelOf(i, sizes)] * dy[i])];
    const back = kind === "rms" ? rootedGradient(values, g, epsilon) : normalisedGradient(values, g, 1, epsilon);
    set.forEach((i, k) => (dx[i] = back[k]));
  }
  for (let i = 0; i < x.length; ++i) {
    dgamma[channelOf(i, sizes)] += dy[i] * unit[i];
    dbeta[channelOf(i, sizes)] += dy[i];
  }
  return {dx, dgamma, dbeta};
}
