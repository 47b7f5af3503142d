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
  const sets = new Map<string, number[]>();
  for (let b = 0; b < batch; ++b)
    for (let c = 0; c < channels; ++c)
      for (let p = 0; p < places; ++p) {
        const at = (b * channels + c) * places + p;
        const group = Math.floor((c * groups) / channels);
        const key = {batch: `${c}`, layer: `${b}`, rms: `${b}`, instance: `${b} ${c}`, group: `${b} ${group}`}[kind];
        sets.set(key, [...(sets.get(key) ?? []), at]);
      }
  return [...sets.values()];
}

const channelOf = (at: number, {channels, places}: Sizes): number => Math.floor(at / places) % channels;

/** x̂ and the deviation of every number's set. RMS normalisation subtracts nothing. */
export function standardised(x: ArrayLike<number>, kind: Kind, sizes: Sizes, epsilon = 1e-5) {
  const [unit, deviation] = [new Float64Array(x.length), new Float64Array(x.length)];
  for (const set of setsOf(kind, sizes)) {
    const mean = kind === "rms" ? 0 : set.reduce((sum, i) => sum + x[i], 0) / set.length;
    const s = Math.sqrt(set.reduce((sum, i) => sum + (x[i] - mean) ** 2, 0) / set.length + epsilon);
    for (const i of set) [unit[i], deviation[i]] = [(x[i] - mean) / s, s];
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
  // prettier-ignore
  const {unit, deviation} = standardised(x, kind, sizes, epsilon);
  const dx = new Float64Array(x.length);
  const [dgamma, dbeta] = [new Float64Array(sizes.channels), new Float64Array(sizes.channels)];
  const g = Float64Array.from({length: x.length}, (_, i) => gamma[channelOf(i, sizes)] * dy[i]);
  for (const set of setsOf(kind, sizes)) {
    const mean = (f: (i: number) => number) => set.reduce((sum, i) => sum + f(i), 0) / set.length;
    const level = kind === "rms" ? 0 : mean((i) => g[i]);
    const along = mean((i) => g[i] * unit[i]);
    for (const i of set) dx[i] = (g[i] - level - unit[i] * along) / deviation[i];
  }
  for (let i = 0; i < x.length; ++i) {
    dgamma[channelOf(i, sizes)] += dy[i] * unit[i];
    dbeta[channelOf(i, sizes)] += dy[i];
  }
  return {dx, dgamma, dbeta};
}
