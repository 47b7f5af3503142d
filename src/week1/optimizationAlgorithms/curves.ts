import {descend, gradientDescent, momentum, nesterov} from "../../components/math/descent.js";
import {rng} from "../../components/math/random.js";
import type {Curve} from "../../components/plots/curves.js";
import type {Point} from "../../components/plots/series.js";
import {ballFactor, descentFactor, measuredFactor, nesterovFactor, tunedBall, tunedDescent, tunedNesterov} from "../recurrences.js"; // prettier-ignore
import {turningPath} from "../reddi.js";

/** The factor of the error a step along one curvature, over ηλ, for the three methods at one β. */
export function radiusCurves(beta: number): Curve[] {
  const xs = Array.from({length: 241}, (_, i) => i / 60);
  const line = (factor: (x: number) => number): Point[] => xs.map((x): Point => [x, factor(x)]).filter(([, y]) => y <= 1.6); // prettier-ignore
  const tuned = {rate: 1, beta};
  return [
    {name: "GD", points: line((x) => descentFactor(x, tuned))},
    {name: "heavy ball", points: line((x) => ballFactor(x, tuned))},
    {name: "Nesterov", points: line((x) => nesterovFactor(x, tuned))}
  ];
}

/** The factor of each method on ½ (x² + κy²) from (1, 1), as theory has it and as ‖x_k‖/‖x_{k−1}‖ measures it. */
export function factors(kappa: number, k: number) {
  const gradient = ([x, y]: number[]) => [x, kappa * y];
  const measure = <S>(method: Parameters<typeof descend<S>>[0], rate: number) =>
    measuredFactor(descend(method, gradient, [1, 1], {rate, steps: k}));
  const [gd, ball, fast] = [tunedDescent, tunedBall, tunedNesterov].map((tuned) => tuned(1, kappa));
  return [
    {name: "GD", ...gd, measured: measure(gradientDescent(), gd.rate)},
    {name: "heavy ball", ...ball, measured: measure(momentum(ball), ball.rate)},
    {name: "Nesterov", ...fast, measured: measure(nesterov(fast), fast.rate)}
  ];
}

/** A running mean of noisy gradients of mean 1, as it is and corrected for its start at 0. */
export function biasCurves(beta: number, seed: number, steps = 100): Curve[] {
  const noise = rng(seed).normal(steps, 1, 0.5);
  const raw: Point[] = [];
  let m = 0;
  noise.forEach((g, k) => {
    m = beta * m + (1 - beta) * g;
    raw.push([k + 1, m]);
  });
  const share: Point[] = raw.map(([t]) => [t, 1 - beta ** t]);
  return [
    {name: "m", points: raw},
    {name: "expected, 1 − βᵗ", points: share, dashed: "theory"},
    {name: "m / (1 − βᵗ)", points: raw.map(([t, m], k): Point => [t, m / share[k][1]])},
    {name: "expected, 1", points: [[1, 1], [steps, 1]], dashed: "theory"} // prettier-ignore
  ];
}

/** x over steps on Reddi's example: Adam with this β₂, and the same with the largest v so far. */
export function turningCurves(c: number, beta2: number): Curve[] {
  const asked = {beta2, rate: 0.1, steps: 1500};
  const indexed = (path: number[]): Point[] => path.map((x, k) => [k, x]);
  return [
    {name: "Adam, β₁ = 0", points: indexed(turningPath(c, asked))},
    {name: "AMSGrad", points: indexed(turningPath(c, {...asked, largest: true}))}
  ];
}
