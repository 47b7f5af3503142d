import type {Equation} from "../../components/math/equation.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import {integrate} from "../../components/math/quadrature.js";
import {cosine, factors, meanInverse, meanInverseRoot, worth} from "./schedules.js";

const area = numbered(
  "cosine-area",
  "the mean of 10,000 rates of a cosine between two drawn rates, against their middle",
  "the higher rate alone halved",
  (rng, mutated) => {
    const [low, high] = [between(rng, 0.01, 0.2), between(rng, 0.5, 2)];
    let sum = 0;
    for (let i = 0; i < 10_000; ++i) sum += (low + (high - low) * cosine((i + 0.5) / 10_000)) / 10_000;
    return {got: sum, expected: mutated ? high / 2 : (low + high) / 2, within: 1e-9};
  }
);

const end = numbered(
  "cosine-end",
  "what is left of a cosine's rate at a distance s from the end, over s², against π²/4",
  "a straight line's: s instead of s²",
  (rng, mutated) => {
    const s = between(rng, 0.001, 0.003);
    return {got: cosine(1 - s) / (mutated ? s : s ** 2), expected: Math.PI ** 2 / 4, within: 1e-4};
  }
);

const restarts = numbered(
  "restarts",
  "the lengths of k cycles added one by one, against the closed form",
  "the last cycle left out",
  (rng, mutated) => {
    const [first, factor, k] = [between(rng, 1, 10), between(rng, 1.2, 3), 2 + rng.integers(1, 6)[0]];
    let [sum, length] = [0, first];
    for (let i = 0; i < k - (mutated ? 1 : 0); ++i) [sum, length] = [sum + length, length * factor];
    return {got: sum, expected: (first * (factor ** k - 1)) / (factor - 1), within: 1e-9 * sum};
  }
);

const scaling = numbered(
  "scaling",
  "k steps along fixed gradients of k batches, against one step at k times the rate along their mean",
  "the rate left as it was",
  (rng, mutated) => {
    const k = 2 + rng.integers(1, 8)[0];
    const gradients = Array.from({length: k}, () => Array.from(rng.normal(4)));
    const [eta, theta] = [between(rng, 0.05, 0.2), Array.from(rng.normal(4))];
    const many = gradients.reduce((at, g) => at.map((x, i) => x - eta * g[i]), theta);
    const one = theta.map((x, i) => x - eta * (mutated ? 1 : k) * (gradients.reduce((sum, g) => sum + g[i], 0) / k));
    return apart(many, one, 1e-12);
  }
);

const scalingGap = numbered(
  "scaling-gap",
  "k steps less one at k times the rate along a parabola, over (ηλ)², against k (k − 1) / 2",
  "k² / 2",
  (rng, mutated) => {
    const [k, small] = [2 + rng.integers(1, 8)[0], between(rng, 1e-5, 2e-5)];
    const {many, one} = factors(small, k);
    return {got: (many - one) / small ** 2, expected: mutated ? k ** 2 / 2 : (k * (k - 1)) / 2, within: 1e-2};
  }
);

const shorter = numbered(
  "shorter",
  "of 2,000 drawn steps on ½x² + ¼x⁴, those in which |x| falls exactly where η (1 + x²) < 2: all of them",
  "the curvature 1 + 3x² in place of 1 + x²",
  (rng, mutated) => {
    const [positions, rates] = [rng.normal(2000, 0, 2), rng.uniform(2000, 0.05, 1.5)];
    const agree = Array.from(positions).filter((x, i) => {
      const falls = Math.abs(x - rates[i] * (x + x ** 3)) < Math.abs(x);
      const said = rates[i] * (1 + (mutated ? 3 : 1) * x * x) < 2;
      return falls === said;
    });
    return {got: agree.length / 2000, expected: 1, within: 0};
  }
);

const equal = numbered(
  "worth",
  "(Σ w)² / Σ w² of t weights βᵗ⁻ⁱ added one by one, against the closed form",
  "t itself",
  (rng, mutated) => {
    const [beta, t] = [between(rng, 0.8, 0.99), 5 + rng.integers(1, 40)[0]];
    let [sum, squares] = [0, 0];
    for (let i = 0; i < t; ++i) [sum, squares] = [sum + beta ** i, squares + beta ** (2 * i)];
    return {got: sum ** 2 / squares, expected: mutated ? t : worth(beta, t), within: 1e-9 * t};
  }
);

const noisy = numbered(
  "noise-step",
  "the mean square of m̂ for 20,000 drawn sequences of pure noise, over that of the gradient, against 1 / n(t)",
  "the steady state's value",
  (rng, mutated) => {
    const [t, draws, beta] = [2 + rng.integers(1, 4)[0], 20_000, 0.9];
    const g = rng.normal(t * draws);
    let square = 0;
    for (let d = 0; d < draws; ++d) {
      let m = 0;
      for (let i = 0; i < t; ++i) m = beta * m + (1 - beta) * g[d * t + i];
      square += (m / (1 - beta ** t)) ** 2 / draws;
    }
    return {got: square, expected: 1 / worth(beta, mutated ? 1e4 : t), within: 0.03};
  }
);

/** x^(n/2 − 1) e^(−x/2), the density of χ² with n degrees of freedom but for its constant. */
const chi = (n: number) => (x: number) => x ** (n / 2 - 1) * Math.exp(-x / 2);
const massOf = (n: number, f: (x: number) => number) =>
  integrate((r) => 2 * r * f(r * r) * chi(n)(r * r), 0, 12, 1e-11);

const inverse = numbered(
  "inverse",
  "the integral of σ²/v over the density of v, a mean of n squares, against n / (n − 2)",
  "1, as if v did not fluctuate",
  (rng, mutated) => {
    const n = 3 + rng.integers(1, 10)[0];
    const got = massOf(n, (x) => n / x) / massOf(n, () => 1);
    return {got, expected: mutated ? 1 : meanInverse(n), within: 1e-7};
  }
);

const inverseRoot = numbered(
  "inverse-root",
  "the integral of σ/√v over the density of v, against the quotient of gamma functions",
  "without √(n/2)",
  (rng, mutated) => {
    const n = 3 + rng.integers(1, 10)[0];
    const got = massOf(n, (x) => Math.sqrt(n / x)) / massOf(n, () => 1);
    return {got, expected: meanInverseRoot(n) / (mutated ? Math.sqrt(n / 2) : 1), within: 1e-7};
  }
);

const diverges = numbered(
  "diverges",
  "n = 2: by how much the integral of σ²/v above ε grows when ε is divided by 10, against ln 10",
  "n = 3",
  (rng, mutated) => {
    const [n, epsilon] = [mutated ? 3 : 2, between(rng, 1e-8, 1e-6)];
    const density = (v: number) => (v * n) ** (n / 2 - 1) * Math.exp(-(v * n) / 2);
    const total = n === 2 ? 1 : Math.sqrt((2 * Math.PI) / 9); // ∫ density dv
    const decade = integrate((u) => density(Math.exp(u)), Math.log(epsilon / 10), Math.log(epsilon), 1e-14);
    return {got: decade / total, expected: Math.LN10, within: 1e-4};
  }
);

/** In the order of the page. */
export const scheduleEquations: Equation[] = [area, end, restarts, scaling, scalingGap, shorter, equal, noisy, inverse, inverseRoot, diverges]; // prettier-ignore
