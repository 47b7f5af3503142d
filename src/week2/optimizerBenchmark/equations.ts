import {eigen} from "../../components/math/eigen.js";
import type {Equation} from "../../components/math/equation.js";
import {dot} from "../../components/math/matrix.js";
import {between, numbered} from "../../components/math/numbered.js";
import type {Rng} from "../../components/math/random.js";

const times = (A: number[][], v: number[]) => A.map((row) => dot(row, v));

/** L(θ) = Σ exp(aᵢ·θ) over four rows: gradient Σ e aᵢ, Hessian Σ e aᵢ aᵢᵀ. */
function bowl(rng: Rng) {
  const rows = Array.from({length: 4}, () => Array.from(rng.normal(3, 0, 0.5)));
  const weights = (theta: number[]) => rows.map((row) => Math.exp(dot(row, theta)));
  const gradient = (theta: number[]) =>
    [0, 1, 2].map((j) => weights(theta).reduce((sum, e, i) => sum + e * rows[i][j], 0));
  const hessian = (theta: number[]) =>
    [0, 1, 2].map((j) =>
      [0, 1, 2].map((k) => weights(theta).reduce((sum, e, i) => sum + e * rows[i][j] * rows[i][k], 0))
    );
  return {gradient, hessian, theta: Array.from(rng.normal(3, 0, 0.5)), v: Array.from(rng.normal(3))};
}

const product = numbered(
  "hvp",
  "two gradients of Σ exp(a·θ) against its Hessian times v",
  "divided by h instead of 2h",
  (rng, mutated) => {
    const {gradient, hessian, theta, v} = bowl(rng);
    const h = 1e-4;
    const [ahead, behind] = [1, -1].map((sign) => gradient(theta.map((t, i) => t + sign * h * v[i])));
    const found = ahead.map((g, i) => (g - behind[i]) / (mutated ? h : 2 * h));
    const exact = times(hessian(theta), v);
    const gap = Math.max(...found.map((value, i) => Math.abs(value - exact[i])));
    return {got: gap, expected: 0, within: 1e-6};
  }
);

const power = numbered(
  "power",
  "the error of λ after 61 products over that after 60, for a matrix of eigenvalues λ₁, λ₂ and 0",
  "λ₂ / λ₁ instead of its square",
  (rng, mutated) => {
    const [first, second] = [between(rng, 2, 3), between(rng, 1, 1.6)];
    const start = Array.from(rng.normal(3)).map((value) => value + 2 * Math.sign(value));
    const errorAfter = (steps: number) => {
      let v = start;
      for (let i = 0; i < steps; ++i) v = [first * v[0], second * v[1], 0];
      return ((first - second) * v[1] ** 2) / (v[0] ** 2 + v[1] ** 2); // λ₁ − vᵀAv / vᵀv, without cancellation
    };
    const ratio = second / first;
    return {got: errorAfter(61) / errorAfter(60), expected: mutated ? ratio : ratio ** 2, within: 1e-3};
  }
);

const stable = numbered(
  "stable",
  "the growth of 200 steps of gradient descent just below and just above the bound, on a drawn quadratic",
  "1 / λ instead of 2 / λ",
  (rng, mutated) => {
    const B = Array.from({length: 3}, () => Array.from(rng.normal(3)));
    const A = B.map((row, i) => B.map((_, j) => dot(row, B[j]) + (i === j ? 0.1 : 0)));
    const {values, vectors} = eigen(A);
    const rate = (mutated ? 1 : 2) / values[0];
    const after = (eta: number) => {
      let theta = vectors.map((row) => row[0] + 0.1);
      for (let i = 0; i < 200; ++i) theta = theta.map((t, j) => t - eta * times(A, theta)[j]);
      return Math.sqrt(dot(theta, theta));
    };
    const grows = after(1.02 * rate) > 10 && after(0.98 * rate) < 1.5;
    return {got: grows ? 1 : 0, expected: 1, within: 0};
  }
);

const decoupled = numbered(
  "decoupled",
  "100 steps of AdamW with a gradient of zero against (1 − ηλ)¹⁰⁰ θ",
  "1 − λ instead of 1 − ηλ",
  (rng, mutated) => {
    const [rate, decay, theta] = [between(rng, 0.01, 0.1), between(rng, 0.1, 0.5), between(rng, 1, 2)];
    let [x, m, v] = [theta, 0, 0];
    for (let t = 1; t <= 100; ++t) {
      [m, v] = [0.9 * m, 0.999 * v];
      const along = m / (1 - 0.9 ** t) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
      x -= rate * (along + decay * x);
    }
    return {got: x, expected: (1 - (mutated ? decay : rate * decay)) ** 100 * theta, within: 1e-9};
  }
);

/** Density and distribution function of N(0, σ²) on a grid of ±9 σ. */
function normalGrid(sigma: number) {
  const cells = 4000;
  const width = (18 * sigma) / cells;
  let below = 0;
  return Array.from({length: cells}, (_, i) => {
    const x = -9 * sigma + (i + 0.5) * width;
    const mass = (Math.exp(-0.5 * (x / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI))) * width;
    const middle = below + mass / 2;
    below += mass;
    return {x, mass, below: middle};
  });
}

const chosen = numbered(
  "chosen",
  "the integral of x times the density 5 Φ⁴ φ of the largest of five, against the formula",
  "the best of four",
  (rng, mutated) => {
    const sigma = between(rng, 0.5, 2);
    const n = mutated ? 4 : 5;
    const got = normalGrid(sigma).reduce((sum, {x, mass, below}) => sum + x * n * below ** (n - 1) * mass, 0);
    return {got, expected: 1.163 * sigma, within: 1e-4 * sigma};
  }
);

const paired = numbered(
  "paired",
  "both sides from a drawn joint distribution of two results, over all its 25 cells",
  "without − 2 Cov",
  (rng, mutated) => {
    const values = [0, 1].map(() => Array.from(rng.normal(5)));
    const weights = Array.from({length: 25}, (_, i) => rng.next() + (i % 6 === 0 ? 2 : 0)); // heavier where i = j
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = (f: (a: number, b: number) => number) =>
      weights.reduce((sum, weight, i) => sum + (weight / total) * f(values[0][Math.floor(i / 5)], values[1][i % 5]), 0);
    const variance = (f: (a: number, b: number) => number) => mean((a, b) => f(a, b) ** 2) - mean(f) ** 2;
    const [a, b] = [mean((a) => a), mean((_, b) => b)];
    const covariance = mean((x, y) => (x - a) * (y - b));
    const sides = variance((a) => a) + variance((_, b) => b) - (mutated ? 0 : 2 * covariance);
    return {got: variance((a, b) => a - b), expected: sides, within: 1e-10};
  }
);

/** In the order of the page. */
export const all: Equation[] = [chosen, paired, decoupled, product, power, stable];
