import {density, type Distribution} from "../../components/math/distribution.js";
import type {Mark} from "../../components/plots/marks.js";
import type {Point} from "../../components/plots/series.js";

/** n + 1 points of the graph of f from `low` to `high`; where f is infinite or undefined, none. */
export const graph = (f: (x: number) => number, [low, high]: [number, number], n = 300): Point[] =>
  Array.from({length: n + 1}, (_, i): Point => {
    const x = low + ((high - low) * i) / n;
    return [x, f(x)];
  }).filter(([, y]) => Number.isFinite(y));

/** The area between the axis and the graph, closed. */
export const under = (points: Point[]): Point[] =>
  points.length ? [[points[0][0], 0], ...points, [points[points.length - 1][0], 0]] : [];

const integers = ([low, high]: [number, number]) =>
  Array.from({length: Math.max(0, Math.floor(high) - Math.ceil(low) + 1)}, (_, i) => Math.ceil(low) + i);

/** A density as a curve, or probabilities as sticks; what lies in (a, b] in the second colour. */
export function densityMarks(d: Distribution, view: [number, number], [a, b]: [number, number]): Mark[] {
  const [plain, chosen] = ["var(--series-1)", "var(--series-2)"];
  if (d.discrete)
    return integers(view).map((k) => ({
      kind: "curve",
      points: [[k, 0], [k, density(d, k)]], // prettier-ignore
      color: k > a && k <= b ? chosen : plain
    }));
  const f = (x: number) => density(d, x);
  return [
    {kind: "curve", points: under(graph(f, [a, b])), color: chosen, closed: true, filled: true, thin: true},
    {kind: "curve", points: graph(f, view), color: plain}
  ];
}

/** The distribution function, with steps where it jumps. */
export const cdfPoints = (d: Distribution, view: [number, number]): Point[] =>
  d.discrete
    ? [[view[0], d.cdf(view[0])] as Point, ...integers(view).flatMap((k): Point[] => [[k, d.cdf(k - 1)], [k, d.cdf(k)]]), [view[1], d.cdf(view[1])] as Point] // prettier-ignore
    : graph((x) => d.cdf(x), view);

/** The greatest height that is drawn: of a density that is unbounded at an end, only what is seen a little inside. */
export function tallest(d: Distribution, view: [number, number]): number {
  const at = d.discrete
    ? integers(view)
    : Array.from({length: 199}, (_, i) => view[0] + ((view[1] - view[0]) * (i + 1)) / 200);
  const heights = at.map((x) => density(d, x)).filter((y) => y > 0 && Number.isFinite(y));
  const typical = heights.sort((x, y) => x - y)[Math.floor(heights.length * 0.97)] ?? 1;
  return Math.min(heights[heights.length - 1] ?? 1, 2.5 * typical);
}
