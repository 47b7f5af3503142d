import {circle} from "../../math/elementary.js";
import type {Rng} from "../../math/random.js";

export type Point = [x: number, y: number];

/** A quadratic Bézier curve: from, towards, to. */
export type Stroke = [Point, Point, Point];

/** The strokes of a character, within [−1, 1]²: two to four curves, each begun where another ends, half of the time. */
export function character(rng: Rng): Stroke[] {
  const between = (low: number, high: number) => low + (high - low) * rng.next();
  const place = (): Point => [between(-0.9, 0.9), between(-0.9, 0.9)];
  const strokes: Stroke[] = [];
  const count = 2 + Math.floor(3 * rng.next());
  while (strokes.length < count) {
    const before = strokes[strokes.length - 1];
    const joined = before && rng.next() < 0.5;
    const start = joined ? before[rng.next() < 0.5 ? 2 : 0] : place();
    const end = place();
    const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
    if (dx * dx + dy * dy < 0.5) continue; // a stroke, not a dot
    const bend = between(-0.8, 0.8);
    strokes.push([start, [(start[0] + end[0]) / 2 - bend * dy, (start[1] + end[1]) / 2 + bend * dx], end]);
  }
  return strokes;
}

/** The same character by another hand: its points moved a little, then all of it turned, sheared, scaled and shifted. */
export function handwritten(strokes: Stroke[], rng: Rng): Stroke[] {
  const between = (low: number, high: number) => low + (high - low) * rng.next();
  const [c, s] = circle(between(-0.045, 0.045)); // turns: 16 degrees at most
  const [wide, high, shear] = [between(0.75, 1), between(0.75, 1), between(-0.2, 0.2)];
  const [dx, dy] = [between(-0.1, 0.1), between(-0.1, 0.1)];
  return strokes.map((stroke) => {
    const tremble = rng.normal(6, 0, 0.06);
    return stroke.map(([x, y], k): Point => {
      const [px, py] = [wide * (x + tremble[2 * k]) + shear * y, high * (y + tremble[2 * k + 1])];
      return [c * px - s * py + dx, s * px + c * py + dy];
    }) as Stroke;
  });
}
