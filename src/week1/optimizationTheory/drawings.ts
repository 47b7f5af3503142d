import type {Mark} from "../../components/plots/marks.js";
import type {Point} from "../../components/plots/series.js";
import {formatNumber} from "../../components/ui/number.js";

const [blue, orange, green, muted] = ["var(--series-1)", "var(--series-2)", "var(--series-3)", "var(--theme-foreground-muted)"]; // prettier-ignore

/** `count + 1` equally spaced numbers from a to b. */
export const spread = (a: number, b: number, count: number): number[] =>
  Array.from({length: count + 1}, (_, i) => a + ((b - a) * i) / count);

/** (|x|ᵖ + |y|ᵖ)^(1/p): a norm for p ≥ 1. */
export const size = ([x, y]: Point, p: number): number => (Math.abs(x) ** p + Math.abs(y) ** p) ** (1 / p);

/** The point itself where it is in the unit ball of p, else the one on its edge in the same direction. */
export function keepInBall(point: Point, p: number): Point {
  const length = size(point, p);
  return length <= 1 ? point : [point[0] / length, point[1] / length];
}

/** The part of a segment's length that lies outside the unit ball of p, counted at 400 points. */
export const outside = ([a, b]: Point[], p: number): number =>
  spread(0, 1, 400).filter((t) => size(mix(a, b, t), p) > 1 + 1e-9).length / 401;

const mix = (a: Point, b: Point, t: number): Point => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];

/** The unit ball of p and a segment between two of its points, in the colour of failure where it leaves the ball. */
export function ballMarks(points: Point[], p: number): Mark[] {
  const edge = spread(0, 2 * Math.PI, 360).map((angle): Point => {
    const direction: Point = [Math.cos(angle), Math.sin(angle)];
    const length = size(direction, p);
    return [direction[0] / length, direction[1] / length];
  });
  const [a, b] = points;
  const out = spread(0, 1, 200).filter((t) => size(mix(a, b, t), p) > 1 + 1e-9);
  const leaves: Mark[] = out.length
    ? [{kind: "curve", points: [mix(a, b, out[0]), mix(a, b, out[out.length - 1])], color: "var(--fail)"}]
    : [];
  return [
    {kind: "curve", points: edge, color: blue, closed: true, filled: true},
    {kind: "curve", points: [a, b], color: green},
    ...leaves
  ];
}

/** What the segment shows, in words. */
export function describeBall(points: Point[], p: number): string {
  const part = outside(points, p);
  const segment = part ? `${Math.round(100 * part)} % of the segment is outside: the set is not convex.` : "This segment stays inside."; // prettier-ignore
  const reason = p < 1 ? "For p < 1 the sides bend inwards." : "For p ≥ 1 this is the ball of a norm, and no segment leaves it."; // prettier-ignore
  return `${segment} ${reason}`;
}

/** A function of one number with its derivatives, and the range of its second one on [−3, 3]. */
export interface Curve {
  f(x: number): number;
  slope(x: number): number;
  least: number;
  most: number;
  /** The values shown. */
  y: [number, number];
}

const logCosh = (x: number): number => Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) - Math.LN2;

export const curves: Record<string, Curve> = {
  "½x²": {f: (x) => 0.5 * x * x, slope: (x) => x, least: 1, most: 1, y: [-1, 4.5]},
  "0.2x² + ln cosh 1.5x": {
    f: (x) => 0.2 * x * x + logCosh(1.5 * x),
    slope: (x) => 0.4 * x + 1.5 * Math.tanh(1.5 * x),
    ...{least: 0.4 + 2.25 / Math.cosh(4.5) ** 2, most: 2.65, y: [-1, 5]}
  },
  "ln cosh x": {
    ...{f: logCosh, slope: Math.tanh, least: 1 / Math.cosh(3) ** 2, most: 1, y: [-1, 3]}
  },
  "½x² + cos 2x": {
    f: (x) => 0.5 * x * x + Math.cos(2 * x),
    slope: (x) => x - 2 * Math.sin(2 * x),
    ...{least: -3, most: 5, y: [-1.5, 5]}
  }
};

const xs = spread(-3, 3, 150);

/** A chord above and a tangent below, which holds for every pair of points of a convex function. */
export function chordMarks({f, slope}: Curve, [a, b]: Point[]): Mark[] {
  return [
    {kind: "curve", points: xs.map((x): Point => [x, f(x)]), color: blue},
    {kind: "curve", points: [a, b], color: green},
    {
      kind: "curve",
      points: [-3, 3].map((x): Point => [x, a[1] + slope(a[0]) * (x - a[0])]),
      color: orange,
      dashed: true
    }
  ];
}

/** How far the curve rises above the chord between two points, and falls below the tangent at the first; 0 if never. */
export function chordFaults({f, slope}: Curve, [a, b]: Point[]): {chord: number; tangent: number} {
  const above = spread(0, 1, 300).map((t) => f(a[0] + t * (b[0] - a[0])) - (a[1] + t * (b[1] - a[1])));
  const below = xs.map((x) => a[1] + slope(a[0]) * (x - a[0]) - f(x));
  return {chord: positive(Math.max(...above)), tangent: positive(Math.max(...below))};
}

const positive = (x: number): number => (x > 1e-9 ? x : 0);

/** What the chord and the tangent show, in words. */
export function describeChord(curve: Curve, points: Point[]): string {
  const {chord, tangent} = chordFaults(curve, points);
  const above = chord ? `The graph rises ${formatNumber(chord, 2)} above the chord` : "The graph stays below the chord";
  const below = tangent ? `it falls ${formatNumber(tangent, 2)} below the tangent` : "it stays above the tangent";
  const so = chord || tangent ? "One such pair shows that f is not convex." : "One pair proves nothing: convexity speaks of all."; // prettier-ignore
  return `${above}; ${below}. ${so}`;
}

const parabola =
  ({f, slope}: Curve, at: number, curvature: number) =>
  (x: number) =>
    f(at) + slope(at) * (x - at) + 0.5 * curvature * (x - at) ** 2;

/** The curve between the two parabolas that touch it at a point, and where a gradient step of 1/L leads. */
export function parabolaMarks(curve: Curve, at: number, {L, mu}: {L: number; mu: number}): Mark[] {
  const line = (g: (x: number) => number) => xs.map((x): Point => [x, g(x)]);
  const upper = parabola(curve, at, L);
  const next = at - curve.slope(at) / L;
  return [
    {kind: "curve", points: line(curve.f), color: blue},
    {kind: "curve", points: line(upper), color: orange},
    {kind: "curve", points: line(parabola(curve, at, mu)), color: green},
    {kind: "curve", points: [[next, upper(next)], [next, curve.f(next)]], color: muted, dashed: true}, // prettier-ignore
    {kind: "dots", points: [[next, upper(next)]], color: orange},
    {kind: "dots", points: [[next, curve.f(next)]], color: blue}
  ];
}

/** The x at which a parabola through a point first goes wrong on [−3, 3]; null if it never does. */
export function parabolaFault(curve: Curve, at: number, curvature: number, side: "above" | "below"): number | null {
  const g = parabola(curve, at, curvature);
  const sign = side === "above" ? 1 : -1;
  return xs.find((x) => sign * (curve.f(x) - g(x)) > 1e-9) ?? null;
}

/** What the reader sees, in words. */
export function describeParabolas(curve: Curve, at: number, {L, mu}: {L: number; mu: number}): string {
  const say = (fault: number | null, name: string) =>
    fault === null ? `${name} holds on all of [−3, 3]` : `${name} is broken at x = ${formatNumber(fault, 2)}`;
  const next = at - curve.slope(at) / L;
  return [
    `Touching at x = ${formatNumber(at, 3)}: ${say(parabolaFault(curve, at, L, "above"), `above, L = ${L},`)};`,
    `${say(parabolaFault(curve, at, mu, "below"), `below, μ = ${mu},`)}.`,
    `A step of 1/L leads to x = ${formatNumber(next, 3)} (dots): the parabola promises a fall of ${formatNumber(curve.slope(at) ** 2 / (2 * L), 3)}, f falls by ${formatNumber(curve.f(at) - curve.f(next), 3)}.`
  ].join(" ");
}
