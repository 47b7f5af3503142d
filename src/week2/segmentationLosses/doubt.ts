import type {Curve} from "../../components/plots/lossCurve.js";
import type {Point} from "../../components/plots/series.js";
import {bce, dice, iou} from "./formulas.js";

/** A loss of predictions and masks. */
type Loss = (p: number[], g: number[]) => number;

/** What is known beside one doubtful pixel: predictions and mask of the others. */
export interface Rest {
  p: number[];
  g: number[];
}

/** The mean of a loss over two masks that differ in one pixel, figure with probability π, for which x is predicted. */
export const averaged =
  (loss: Loss, {p, g}: Rest, pi: number) =>
  (x: number): number =>
    pi * loss([x, ...p], [1, ...g]) + (1 - pi) * loss([x, ...p], [0, ...g]);

/** Σ p + Σ g and Σ p g of the other pixels: all that Dice without squares sees of them. */
export const sumsOf = ({p, g}: Rest): {S: number; a: number} => ({
  S: p.reduce((sum, pj, j) => sum + pj + g[j], 0),
  a: p.reduce((sum, pj, j) => sum + pj * g[j], 0)
});

/** h′(x) of h = E D: 2 π (S + 1 − a) / (x + S + 1)² − 2 (1 − π) a / (x + S)². */
export const doubtSlope = (x: number, {S, a}: {S: number; a: number}, pi: number): number =>
  (2 * pi * (S + 1 - a)) / (x + S + 1) ** 2 - (2 * (1 - pi) * a) / (x + S) ** 2;

/** The losses of the page as they look to one pixel. */
const landscapes: Record<string, Loss> = {
  "1 − Dice": (p, g) => 1 - dice(p, g),
  "1 − Dice, squares": (p, g) => 1 - dice(p, g, {squared: true}),
  "1 − IoU": (p, g) => 1 - iou(p, g),
  "cross-entropy": (p, g) => bce(p.slice(0, 1), g.slice(0, 1)) // the others add a constant
};

const tried = Array.from({length: 99}, (_, i) => (i + 1) / 100);

/** Each loss over p of a doubtful pixel beside a figure of so many that are right, between its least and its largest value. */
export function landscape(figure: number, pi: number): Curve[] {
  const rest = {p: Array<number>(figure).fill(1), g: Array<number>(figure).fill(1)};
  return Object.entries(landscapes).map(([name, loss]) => {
    const values = tried.map(averaged(loss, rest, pi));
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return {name, points: values.map((value, i): Point => [tried[i], (value - least) / (most - least)])};
  });
}

/** Where each of these curves is lowest. */
export const lowest = (curves: Curve[]): Record<string, number> =>
  Object.fromEntries(
    curves.map(({name, points}) => [name, points.reduce((best, at) => (at[1] < best[1] ? at : best))[0]])
  );
