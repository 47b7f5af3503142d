import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import type {Point} from "../../components/plots/series.js";
import {formatNumber} from "../../components/ui/number.js";
import {cosineOf, meanError, norm, ontoBall, ontoCube} from "./clipping.js";
import {lost} from "./halfFormat.js";
import {roll} from "./sharp.js";

const origin: Point = [0, 0];

/** A gradient that the reader moves, with what clipping by norm and by value makes of it. */
export const clippedPanel: Panel<{limit: number}> = {
  title: "g black; clipped by its norm blue, by value orange",
  x: [-5, 5],
  y: [-4, 4],
  handles: [{name: "the gradient g", at: [4, 1.5]}],
  draw([g], {limit}) {
    const circle = Array.from({length: 97}, (_, i): Point => [limit * Math.cos((i * Math.PI) / 48), limit * Math.sin((i * Math.PI) / 48)]); // prettier-ignore
    const square: Point[] = [[-limit, -limit], [limit, -limit], [limit, limit], [-limit, limit]]; // prettier-ignore
    const arrow = (to: number[], color: string): Mark => ({kind: "arrow", from: origin, to: to as Point, color});
    return [
      {kind: "curve", points: circle, color: "var(--series-1)", closed: true, filled: true},
      {kind: "curve", points: square, color: "var(--series-2)", closed: true, filled: true},
      arrow(g, "var(--theme-foreground)"),
      arrow(ontoCube(g, limit), "var(--series-2)"),
      arrow(ontoBall(g, limit), "var(--series-1)")
    ];
  },
  describe([g], {limit}) {
    const [ball, cube] = [ontoBall(g, limit), ontoCube(g, limit)];
    const list = (v: number[]) => v.map((x) => formatNumber(x, 3)).join(", ");
    return `g = (${list(g)}), length ${formatNumber(norm(g), 3)}. By norm: (${list(ball)}), the same direction. By value: (${list(cube)}), length ${formatNumber(norm(cube), 3)}, cosine with g ${formatNumber(cosineOf(g, cube), 4)}.`;
  }
};

/** The parts of the error of a mean of clipped gradients, over the limit. */
export function errorCurves(setup: {mu: number; n: number; alpha: number}) {
  const limits = Array.from({length: 41}, (_, i) => 0.3 * 10 ** (i / 16));
  const errors = limits.map((c) => meanError(c, setup));
  const curve = (name: string, part: keyof (typeof errors)[number]) => ({
    name,
    points: limits.map((c, i): Point => [c, errors[i][part]])
  });
  const best = errors.reduce((least, {total}, i) => (total < errors[least].total ? i : least), 0);
  return {
    best: {limit: limits[best], error: errors[best].total},
    last: errors[errors.length - 1],
    curves: [curve("bias²", "bias"), curve("variance / n", "variance"), curve("both", "total")]
  };
}

/** The shares of log-normal gradients that become 0 and infinite, over log₂ of the loss scale. */
export function lostCurves(mean: number, deviation: number) {
  const powers = Array.from({length: 81}, (_, i) => i / 2);
  const curve = (name: string, part: "zero" | "infinite") => ({
    name,
    points: powers.map((k): Point => [k, lost(mean, deviation, k)[part]])
  });
  return [curve("stored as 0", "zero"), curve("stored as infinite", "infinite")];
}

/** Of 41 starts between −1.6 and 0, the share that ends in the flat valley, over ρ; and two paths from −1.5. */
export function valleyCurves(rho: number, rate: number) {
  const starts = Array.from({length: 41}, (_, i) => -1.6 + i / 25);
  const radii = Array.from({length: 26}, (_, i) => i / 50);
  const shareOf = (r: number) => starts.filter((x) => roll(x, {rho: r, rate, steps: 200}) > 0).length / starts.length;
  const path = (r: number) => {
    const points: Point[] = [];
    roll(-1.5, {rho: r, rate, steps: 150}, (x) => points.push([points.length, x]));
    return points;
  };
  return {
    shares: [{name: "ends in the flat valley", points: radii.map((r): Point => [r, shareOf(r)])}],
    paths: [
      {name: "gradient descent", points: path(0)},
      {name: `SAM, ρ = ${rho}`, points: path(rho)}
    ]
  };
}
