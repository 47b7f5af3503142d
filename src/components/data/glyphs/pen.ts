import type {Point, Stroke} from "./character.js";

const pieces = 10; // straight pieces of a stroke

/**
 * Draws strokes with a round pen: the ink of a pixel is 255 within the pen's radius of a stroke, and falls to 0 over one pixel.
 *
 * @param out (size, size) bytes, overwritten.
 * @param radius of the pen, in pixels.
 */
export function draw(out: Uint8Array, size: number, strokes: Stroke[], radius: number): void {
  out.fill(0);
  const margin = radius + 1;
  const pixel = ([x, y]: Point): Point => [((x + 1.25) / 2.5) * size, ((y + 1.25) / 2.5) * size];
  for (const [a, b, c] of strokes) {
    const [p, q, r] = [pixel(a), pixel(b), pixel(c)];
    let from = p;
    for (let k = 1; k <= pieces; ++k) {
      const t = k / pieces;
      const at = (i: 0 | 1) => (1 - t) * (1 - t) * p[i] + 2 * t * (1 - t) * q[i] + t * t * r[i];
      const to: Point = [at(0), at(1)];
      line(out, size, from, to, radius, margin);
      from = to;
    }
  }
}

function line(out: Uint8Array, size: number, [ax, ay]: Point, [bx, by]: Point, radius: number, margin: number): void {
  const clamp = (x: number) => Math.min(size, Math.max(0, x));
  const [left, right] = [clamp(Math.floor(Math.min(ax, bx) - margin)), clamp(Math.ceil(Math.max(ax, bx) + margin))];
  const [top, bottom] = [clamp(Math.floor(Math.min(ay, by) - margin)), clamp(Math.ceil(Math.max(ay, by) + margin))];
  const [ex, ey] = [bx - ax, by - ay];
  const scale = 1 / Math.max(1e-12, ex * ex + ey * ey);
  for (let i = top; i < bottom; ++i)
    for (let j = left; j < right; ++j) {
      const [x, y] = [j + 0.5 - ax, i + 0.5 - ay];
      const t = Math.min(1, Math.max(0, (x * ex + y * ey) * scale));
      const [dx, dy] = [x - t * ex, y - t * ey];
      const ink = Math.min(1, Math.max(0, radius + 0.5 - Math.sqrt(dx * dx + dy * dy)));
      out[i * size + j] = Math.max(out[i * size + j], Math.floor(255 * ink + 0.5));
    }
}
