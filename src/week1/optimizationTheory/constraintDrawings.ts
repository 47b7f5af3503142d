import type {Vector} from "../../components/math/matrix.js";
import type {Mark} from "../../components/plots/marks.js";
import type {Point} from "../../components/plots/series.js";
import {formatNumber} from "../../components/ui/number.js";
import {fromTriangle, projectOnSimplex, residuals, toTriangle} from "../simplex.js";
import {spread} from "./drawings.js";

const [blue, orange, green, faint] = ["var(--series-1)", "var(--series-2)", "var(--series-3)", "var(--theme-foreground-fainter)"]; // prettier-ignore
const [long, short] = [2, 1]; // half axes of the ellipse

/** f(x, y) = ½ (x − 1.4)² + (y − 1.2)²: its lowest point lies outside the ellipse x²/4 + y² = 1. */
export const objective = ([x, y]: Point): number => 0.5 * (x - 1.4) ** 2 + (y - 1.2) ** 2;
const slope = ([x, y]: Point): Point => [x - 1.4, 2 * (y - 1.2)];
const normal = ([x, y]: Point): Point => [(2 * x) / long ** 2, (2 * y) / short ** 2];

/** The point of the ellipse in the direction of another: what a dragged point may be. */
export function keepOnEllipse([x, y]: Point): Point {
  const length = Math.hypot(x / long, y / short) || 1;
  return [x / length, y / length];
}

/** The λ that makes ∇f + λ∇h as short as it can be, and that length: 0 where the two are parallel. */
export function multiplier(at: Point): {lambda: number; left: number} {
  const [f, h] = [slope(at), normal(at)];
  const lambda = -(f[0] * h[0] + f[1] * h[1]) / (h[0] ** 2 + h[1] ** 2);
  return {lambda, left: Math.hypot(f[0] + lambda * h[0], f[1] + lambda * h[1])};
}

/** Level lines of f, the ellipse, and at a point of it ∇f and −λ∇h, shortened by half. */
export function ellipseMarks(at: Point): Mark[] {
  const circle = spread(0, 2 * Math.PI, 180);
  const level = (value: number): Mark => ({
    kind: "curve",
    points: circle.map((t): Point => [1.4 + Math.sqrt(2 * value) * Math.cos(t), 1.2 + Math.sqrt(value) * Math.sin(t)]),
    ...{color: faint, closed: true, thin: true}
  });
  const [f, h, {lambda}] = [slope(at), normal(at), multiplier(at)];
  const arrow = (by: Point, color: string, text: string, dashed = false): Mark => ({
    ...{kind: "arrow", from: at, to: [at[0] + by[0] / 2, at[1] + by[1] / 2], color, text, dashed}
  });
  return [
    ...[0.1, 0.4, 0.9, 1.6, 2.5, 3.6, 4.9].map(level),
    {kind: "curve", points: circle.map((t): Point => [1.4 + Math.sqrt(2 * objective(at)) * Math.cos(t), 1.2 + Math.sqrt(objective(at)) * Math.sin(t)]), color: blue, closed: true}, // prettier-ignore
    {
      kind: "curve",
      points: circle.map((t): Point => [long * Math.cos(t), short * Math.sin(t)]),
      color: green,
      closed: true
    },
    arrow([-lambda * h[0], -lambda * h[1]], green, "−λ∇h", true),
    arrow(f, orange, "∇f")
  ];
}

export function describeEllipse(at: Point): string {
  const {lambda, left} = multiplier(at);
  const verdict =
    left < 0.02 ? "The two arrows agree: this is a stationary point." : "Along the ellipse f still changes.";
  return `f = ${formatNumber(objective(at), 4)}, λ = ${formatNumber(lambda, 3)}, ‖∇f + λ∇h‖ = ${formatNumber(left, 2)}. ${verdict}`;
}

/** The best multipliers for a guess x: θ the mean of v − x where x > 0, ν = 0 there and x − v + θ elsewhere. */
export function bestMultipliers(v: Vector, x: Vector): {theta: number; nu: Vector} {
  const positive = x.map((value) => value > 1e-9);
  const gaps = v.map((value, i) => value - x[i]).filter((_, i) => positive[i]);
  const theta = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return {theta, nu: x.map((value, i) => (positive[i] ? 0 : value - v[i] + theta))};
}

/** The place in the triangle nearest to a place of the drawing. */
export const keepInTriangle = (point: Point): Point => toTriangle(projectOnSimplex(fromTriangle(point)));

/** The triangle, the true projection with its way, and the guess's. */
export function triangleMarks([v, x]: Point[]): Mark[] {
  const nearest = keepInTriangle(v);
  const corners = [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map(toTriangle); // prettier-ignore
  return [
    {kind: "curve", points: corners, color: blue, closed: true, filled: true},
    {kind: "curve", points: [v, nearest], color: green},
    {kind: "dots", points: [nearest], color: green},
    {kind: "curve", points: [v, x], color: orange, dashed: true},
    ...corners.map((at, i): Mark => ({kind: "text", at: [at[0] + [-0.07, 0.07, 0][i], at[1] + [-0.05, -0.05, 0.07][i]], text: `e${"₁₂₃"[i]}`})) // prettier-ignore
  ];
}

/** v, its projection, and the four residuals of the guess with its best multipliers. */
export function kktOf([vAt, xAt]: Point[]) {
  const [v, x] = [fromTriangle(vAt), fromTriangle(xAt)];
  const {theta, nu} = bestMultipliers(v, x);
  return {v, x, theta, nu, nearest: projectOnSimplex(v), residuals: residuals(v, x, theta, nu)};
}

const list = (values: Vector): string => `(${values.map((value) => formatNumber(Math.abs(value) < 5e-4 ? 0 : value, 3)).join(", ")})`; // prettier-ignore

export function describeTriangle(points: Point[]): string {
  const {v, nearest} = kktOf(points);
  return `v = ${list(v)}; its projection, green, is ${list(nearest)}. Orange: your guess.`;
}
