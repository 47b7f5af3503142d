/** A point of a curve. */
export type Point = [x: number, y: number];

/** Colours of the style sheet for series; six stay apart for every reader, so a seventh begins again with dashes. */
export function seriesColor(index: number): string {
  return `var(--series-${(index % 6) + 1})`;
}

/**
 * Exponential moving average of a curve's values, each mean over what has been seen so far:
 *
 *   mₖ = Σⱼ wᵏ⁻ʲ yⱼ / Σⱼ wᵏ⁻ʲ
 *
 * @param weight w in [0, 1); 0 leaves the curve as it is.
 */
export function smoothed(points: Point[], weight: number): Point[] {
  if (!(weight >= 0 && weight < 1)) throw new RangeError(`smoothed: expected weight in [0, 1), got ${weight}`);
  let sum = 0;
  let norm = 0;
  return points.map(([x, y]) => {
    sum = weight * sum + y;
    norm = weight * norm + 1;
    return [x, sum / norm];
  });
}

export interface Band {
  x: number;
  low: number;
  mean: number;
  high: number;
}

/** A long curve in at most `count` pieces of equally many points: where each stands, its range and its mean. */
export function band(points: Point[], count: number): Band[] {
  const pieces = Math.min(count, points.length);
  return Array.from({length: pieces}, (_, i) => {
    const piece = points.slice(
      Math.floor((i * points.length) / pieces),
      Math.floor(((i + 1) * points.length) / pieces)
    );
    const ys = piece.map(([, y]) => y);
    const mean = ys.reduce((a, b) => a + b, 0) / ys.length;
    return {x: piece[piece.length - 1][0], low: Math.min(...ys), mean, high: Math.max(...ys)};
  });
}

/** Counts of finite values in `count` equal intervals from the smallest to the largest. */
export function bins(values: ArrayLike<number>, count: number): {from: number; to: number; count: number}[] {
  const finite = Array.from(values).filter(Number.isFinite);
  if (!finite.length) return [];
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  const step = (high - low || 1) / count;
  const result = Array.from({length: count}, (_, i) => ({from: low + i * step, to: low + (i + 1) * step, count: 0}));
  for (const x of finite) result[Math.min(count - 1, Math.floor((x - low) / step))].count++;
  return result;
}

/** A tick of a logarithmic axis: plain from a thousandth to ten thousand, a power of ten beyond. */
export function logTick(x: number): string {
  if (x >= 1e-3 && x <= 1e4) return String(Number(x.toPrecision(6)));
  const exponent = Math.round(Math.log10(x));
  if (Math.abs(x / 10 ** exponent - 1) > 1e-6) return ""; // only the powers themselves are named out there
  return `10${[...String(exponent)].map((digit) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(digit)]).join("")}`;
}
