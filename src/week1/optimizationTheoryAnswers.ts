import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {descend, gradientDescent} from "../components/math/descent.js";
import {root} from "../components/math/root.js";
import {projectOnSimplex, threshold} from "./simplex.js";
import {huber} from "./smoothProblems.js";
import {floorOf} from "./stochastic.js";

const faces = [1, 2, 3, 4, 5, 6];

/** The multiplier of the mean of the die with the most entropy: p ∝ exp(λ k). */
function dieMultiplier(mean: number): number {
  const meanAt = (lambda: number) => {
    const weights = faces.map((k) => Math.exp(lambda * k));
    const total = weights.reduce((a, b) => a + b, 0);
    return faces.reduce((sum, k, i) => sum + (k * weights[i]) / total, 0);
  };
  return root((lambda) => meanAt(lambda) - mean, -5, 5);
}

/** f(x₁₀) of Huber's function with δ = 1/21 from 1, L = 1. */
function slowest(k: number): number {
  const f = huber(1 / (2 * k + 1));
  return f.value(descend(gradientDescent(), ([x]) => [f.gradient(x)], [1], {rate: 1, steps: k})[k][0]);
}

/** The first of 1, s, s², … that lowers ½ Σ aᵢxᵢ² by at least c of what the slope promises. */
export function backtrack(a: number[], x: number[], c: number, s: number): number {
  const value = (y: number[]) => 0.5 * y.reduce((sum, yi, i) => sum + a[i] * yi * yi, 0);
  const gradient = x.map((xi, i) => a[i] * xi);
  const slope = gradient.reduce((sum, g) => sum + g * g, 0);
  let t = 1;
  while (value(x.map((xi, i) => xi - t * gradient[i])) > value(x) - c * t * slope) t *= s;
  return t;
}

const points = [
  [0.9, 0.6, -0.2],
  [0.2, 0.3, 0.5],
  [2, -1, 0, 0.5],
  [-3, -3, -3],
  [0.1, 0.1, 0.1, 0.1, 0.1]
];

const searches: [number[], number[], number, number][] = [
  [[1, 10], [1, 1], 0.3, 0.5],
  [[4], [2], 0.5, 0.8],
  [[1, 100], [5, 0.1], 0.1, 0.5],
  [[0.5], [1], 0.25, 0.5]
];

/** What the page's exercises accept. */
export const answers: Record<string, Verify> = {
  "ex-which": choice("Which of these is convex on all of ℝ?", 1, "x³", "ln(1 + eˣ) − x/2", "√|x|", "x² − cos 2x"),
  "ex-lse": number("Smallest L for all numbers of entries", 0.5, 1e-9),
  "ex-steps": number("Steps", Math.ceil(Math.log(1e6) / Math.log(101 / 99)), 0.5),
  "ex-backtracking": {
    ...{kind: "code", ask: "The step length for f(x) = ½ Σ aᵢ xᵢ²"},
    start: "function backtrack(a, x, c, s) {\n  let t = 1;\n  // …\n  return t;\n}",
    cases: searches.map((args) => ({args, expected: backtrack(...args), within: 1e-12}))
  },
  "ex-slowest": number("f(x₁₀) − f*", slowest(10), 1e-5),
  "ex-theta": number("θ", threshold(points[0]), 1e-6),
  "ex-project": {
    ...{kind: "code", ask: "The nearest point of the simplex"},
    start: "function project(v) {\n  // …\n  return v;\n}",
    cases: points.map((v) => ({args: [v], expected: projectOnSimplex(v), within: 1e-9}))
  },
  "ex-die": number("λ = 1/τ", dieMultiplier(4.5), 1e-3),
  "ex-batch": number("Ratio of the standard deviations", Math.sqrt(40 / 49), 1e-3),
  "ex-floor": number(
    "Largest η",
    root((rate) => floorOf({curvature: 2, sigma: 1}, rate) - 0.01, 1e-6, 0.9),
    1e-4
  ),
  "ex-average": number("Variance of the mean of 1,000 iterates", 0.016, 5e-4)
};
