import {descend, gradientDescent} from "../../components/math/descent.js";
import type {Point} from "../../components/plots/series.js";
import {huber} from "../smoothProblems.js";

const delta = 0.1;

/** f(x_k) − f* with its bound: on ½ (μx² + Ly²), L = 1, from (√½, √½), and on Huber's function from 1. */
export function convergence(kappa: number, steps: number) {
  const [mu, L] = [1 / kappa, 1];
  const start = Math.SQRT1_2;
  const rate = 2 / (L + mu);
  const path = descend(gradientDescent(), ([x, y]) => [mu * x, L * y], [start, start], {rate, steps});
  const indexed = (f: (k: number) => number): Point[] => Array.from({length: steps + 1}, (_, k) => [k, f(k)]);
  const f = huber(delta);
  const flat = descend(gradientDescent(), ([x]) => [f.gradient(x)], [1], {rate: 1, steps});
  return {
    strong: {
      measured: indexed((k) => 0.5 * (mu * path[k][0] ** 2 + L * path[k][1] ** 2)),
      bound: indexed((k) => 0.5 * L * ((kappa - 1) / (kappa + 1)) ** (2 * k))
    },
    flat: {measured: indexed((k) => f.value(flat[k][0])), bound: indexed((k) => 1 / (2 * k)).slice(1)}
  };
}
