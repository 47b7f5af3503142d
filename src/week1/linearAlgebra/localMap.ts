import {jacobianByColumns} from "../../components/math/dual.js";
import {type Differentiable, evaluate} from "../../components/math/field.js";
import {apply, determinant, type Matrix} from "../../components/math/matrix.js";
import {sin} from "../../components/math/primitives.js";
import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import type {Point} from "../../components/plots/series.js";
import {formatNumber} from "../../components/ui/number.js";

/** (x, y) ↦ (x + 0.6 sin 2y, y + 0.6 sin 2x): the plane is bent, and folded over where det J < 0. */
export const bend: Differentiable = (o, [x, y]) => {
  const wave = (z: typeof x) => o.times(o.constant(0.6), o.map(sin, o.plus(z, z)));
  return [o.plus(x, wave(y)), o.plus(y, wave(x))];
};

const at = (point: Point): Point => evaluate(bend, point) as Point;
const moved = ([x, y]: Point, dx: number, dy: number): Point => [x + dx, y + dy];

/** A straight path in n pieces. */
const segment = (a: Point, b: Point, n = 24): Point[] =>
  Array.from({length: n + 1}, (_, i) => [a[0] + ((b[0] - a[0]) * i) / n, a[1] + ((b[1] - a[1]) * i) / n]);

const lines: Point[][] = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5].flatMap((c) => [
  segment([c, -2], [c, 2], 80),
  segment([-2, c], [2, c], 80)
]);

const corners = (p: Point, side: number): Point[] => [p, moved(p, side, 0), moved(p, side, side), moved(p, 0, side)];
const outline = (p: Point, side: number): Point[] =>
  corners(p, side).flatMap((corner, i, all) => segment(corner, all[(i + 1) % 4]));

/** The largest distance between the square's image and the parallelogram that J makes of it. */
export function linearError(p: Point, side: number, j: Matrix = jacobianByColumns(bend, p)): number {
  const [x, y] = at(p);
  const distances = outline(p, side).map((q) => {
    const [dx, dy] = apply(j, [q[0] - p[0], q[1] - p[1]]);
    const [u, v] = at(q);
    return Math.hypot(u - x - dx, v - y - dy);
  });
  return Math.max(...distances);
}

const gridColor = "var(--theme-foreground-fainter)";

/** Left the plane with a square at the handle, right its image under `bend` beside the parallelogram J h. */
export const localMapPanels: Panel<{side: number}>[] = [
  {
    ...{x: [-2, 2], y: [-2, 2], title: "before: x, and a square at x"},
    handles: [{name: "the point x", at: [0.9, 0.3], color: "var(--series-2)"}],
    draw: ([p], {side}) => [
      ...lines.map((points): Mark => ({kind: "curve", points, color: gridColor, thin: true})),
      {kind: "curve", points: corners(p, side), color: "var(--series-1)", closed: true, filled: true}
    ],
    describe: ([p], {side}) => `x = (${p.map((v) => formatNumber(v, 3)).join(", ")}), a square of side ${side}.`
  },
  {
    ...{x: [-2.7, 2.7], y: [-2.7, 2.7], title: "after: f, and the parallelogram of J"},
    draw([p], {side}) {
      const [j, origin] = [jacobianByColumns(bend, p), at(p)];
      const image = ([dx, dy]: Point): Point => moved(origin, ...(apply(j, [dx, dy]) as Point));
      const edges = [image([side, 0]), image([0, side])];
      return [
        ...lines.map((points): Mark => ({kind: "curve", points: points.map(at), color: gridColor, thin: true})),
        {kind: "curve", points: outline(p, side).map(at), color: "var(--series-1)", closed: true, filled: true},
        {kind: "curve", points: corners([0, 0], side).map(image), color: "var(--series-2)", closed: true, dashed: true},
        ...edges.map((to, i): Mark => ({
          kind: "arrow",
          from: origin,
          to,
          color: "var(--series-2)",
          text: ["J e₁", "J e₂"][i]
        }))
      ];
    },
    describe([p], {side}) {
      const j = jacobianByColumns(bend, p);
      const [a, b, c, d] = j.flat().map((v) => formatNumber(v, 3));
      const det = determinant(j);
      const turned = det < 0 ? "negative: the square is turned over" : "the factor of its area";
      return `J = [${a}, ${b}; ${c}, ${d}], det J = ${formatNumber(det, 3)}, ${turned}. Largest distance between the image and the parallelogram: ${formatNumber(linearError(p, side, j), 2)}.`;
    }
  }
];
