import {descend, gradientDescent} from "../../components/math/descent.js";
import type {Point} from "../../components/plots/series.js";

/** f(x_k) − f* with its bound: on ½ (μx² + Ly²), L = 1, from (√½, √½), and on x⁸/56, whose curvature is x⁶, from 1. */
export function convergence(kappa: number, steps: number) {
  const [mu, L] = [1 / kappa, 1];
  const start = Math.SQRT1_2;
  const rate = 2 / (L + mu);
  const path = descend(gradientDescent(), ([x, y]) => [mu * x, L * y], [start, start], {rate, steps});
  const indexed = (f: (k: number) => number): Point[] => Array.from({length: steps + 1}, (_, k) => [k, f(k)]);
  const flat = descend(gradientDescent(), ([x]) => [x ** 7 / 7], [1], {rate: 1, steps});
  const sinceFirst = (points: Point[]) => points.slice(1); // step 0 has no place on a logarithmic axis
  return {
    strong: {
      measured: sinceFirst(indexed((k) => 0.5 * (mu * path[k][0] ** 2 + L * path[k][1] ** 2))),
      bound: sinceFirst(indexed((k) => 0.5 * L * ((kappa - 1) / (kappa + 1)) ** (2 * k)))
    },
    flat: {
      measured: sinceFirst(indexed((k) => flat[k][0] ** 8 / 56)),
      bound: sinceFirst(indexed((k) => 1 / (2 * k)))
    }
  };
}
