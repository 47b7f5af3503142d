import type {Outline, Point} from "./shapes.js";

/** Distances are exact up to this many pixels from the edge; farther off only the sign is. */
export const REACH = 2;

/**
 * The signed distance from every pixel's centre (j + ½, i + ½) to the outline, negative inside, cut off at ±REACH.
 *
 * @param out (size, size), overwritten.
 */
export function signedDistances(out: Float64Array, size: number, outline: Outline): void {
  out.fill(REACH * REACH);
  for (const ring of outline) ring.forEach((a, k) => nearest(out, size, a, ring[(k + 1) % ring.length]));
  for (let i = 0; i < out.length; ++i) out[i] = Math.sqrt(out[i]);
  for (const ring of outline) ring.forEach((a, k) => turnInside(out, size, a, ring[(k + 1) % ring.length]));
}

const clamp = (x: number, low: number, high: number) => (x < low ? low : x > high ? high : x);

/** Lowers squared distances near the segment from a to b. */
function nearest(out: Float64Array, size: number, [ax, ay]: Point, [bx, by]: Point): void {
  const left = clamp(Math.floor(Math.min(ax, bx) - REACH), 0, size);
  const right = clamp(Math.ceil(Math.max(ax, bx) + REACH), 0, size);
  const top = clamp(Math.floor(Math.min(ay, by) - REACH), 0, size);
  const bottom = clamp(Math.ceil(Math.max(ay, by) + REACH), 0, size);
  const [ex, ey] = [bx - ax, by - ay];
  const scale = 1 / (ex * ex + ey * ey);
  for (let i = top; i < bottom; ++i)
    for (let j = left; j < right; ++j) {
      const x = j + 0.5 - ax;
      const y = i + 0.5 - ay;
      const t = clamp((x * ex + y * ey) * scale, 0, 1);
      const dx = x - t * ex;
      const dy = y - t * ey;
      const square = dx * dx + dy * dy;
      if (square < out[i * size + j]) out[i * size + j] = square;
    }
}

/** Flips the sign right of the segment from a to b: after all segments, a point inside is negative (even–odd rule). */
function turnInside(out: Float64Array, size: number, [ax, ay]: Point, [bx, by]: Point): void {
  if (ay === by) return;
  const slope = (bx - ax) / (by - ay);
  const top = clamp(Math.ceil(Math.min(ay, by) - 0.5), 0, size); // rows whose centre lies in [low, high)
  const bottom = clamp(Math.ceil(Math.max(ay, by) - 0.5), 0, size);
  for (let i = top; i < bottom; ++i) {
    const crossing = ax + (i + 0.5 - ay) * slope;
    for (let j = clamp(Math.ceil(crossing - 0.5), 0, size); j < size; ++j) out[i * size + j] = -out[i * size + j];
  }
}
