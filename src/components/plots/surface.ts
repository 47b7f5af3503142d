import {element} from "../ui/element.js";
import {path, svg} from "./marks.js";
import type {Point} from "./series.js";

export interface SurfaceOptions {
  f: (x: number, y: number) => number;
  /** Half the side of the square that is drawn, and the largest height. */
  extent: [side: number, height: number];
  /** How far it is turned about the vertical, in degrees. */
  turn?: number;
  /** Lines that are drawn on the surface, by their points below it. */
  paths?: {points: Point[]; color: string}[];
}

const [size, cells] = [360, 18];
const tilt = Math.PI / 6; // how far we look down

/**
 * z = f(x, y) over a square as a net of cells, the far ones first: heights above 0 in blue, below in orange, more of it the
 * farther from 0. What lies beyond the largest height is cut.
 *
 * @param alt what it shows, in words.
 */
export function surface({f, extent, turn = 30, paths = []}: SurfaceOptions, alt: string): HTMLElement {
  const place = projection(f, extent, turn);
  const [side] = extent;
  const at = (i: number): number => side * ((2 * i) / cells - 1);
  const quads = Array.from({length: cells * cells}, (_, k) => {
    const [i, j] = [Math.floor(k / cells), k % cells];
    const corners: Point[] = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]].map(([p, q]) => [at(p), at(q)]); // prettier-ignore
    const [x, y] = [at(i + 0.5), at(j + 0.5)];
    return {corners, depth: place([x, y]).depth, level: f(x, y) / extent[1]};
  });
  quads.sort((a, b) => b.depth - a.depth);
  const drawn = quads.map(({corners, level}) =>
    svg("path", {
      d: path(
        corners.map((corner) => place(corner).at),
        (point) => point,
        true
      ),
      style: colours(level)
    })
  );
  const lines = paths.map(({points, color}) =>
    svg("path", {
      d: path(
        points.map((point) => place(point).at),
        (point) => point
      ),
      style: `fill: none; stroke: ${color}`,
      "stroke-width": 2.5
    })
  );
  const canvas = svg("svg", {viewBox: `0 0 ${size} ${0.76 * size}`, role: "img", class: "plane"}, ...drawn, ...lines);
  canvas.setAttribute("aria-label", alt);
  return element("figure", {class: "plane-figure"}, canvas, element("figcaption", {}, alt));
}

/** Where a point of the surface stands on the drawing, and how far away it is. */
function projection(f: SurfaceOptions["f"], [side, height]: [number, number], turn: number) {
  const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const unit = (0.29 * size) / side;
  return ([x, y]: Point): {at: Point; depth: number} => {
    const [across, depth] = [c * x - s * y, s * x + c * y];
    const z = (Math.max(-height, Math.min(height, f(x, y))) / height) * 0.75 * side;
    const up = depth * Math.sin(tilt) + z * Math.cos(tilt);
    return {at: [size / 2 + unit * across, 0.38 * size - unit * up], depth};
  };
}

function colours(level: number): string {
  const share = Math.round(12 + 68 * Math.min(1, Math.abs(level)));
  const fill = `color-mix(in oklab, var(--series-${level < 0 ? 2 : 1}) ${share}%, var(--theme-background))`;
  return `fill: ${fill}; stroke: var(--theme-background); stroke-width: 0.6`;
}
