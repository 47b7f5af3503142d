import type {Equation} from "../../components/math/equation.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {between, numbered} from "../../components/math/numbered.js";
import {allBatchMeans, batchVariance, enumeratedSquare, expectedSquares, floorOf, moments, simulate} from "../stochastic.js"; // prettier-ignore

const withReplacement = numbered(
  "replacement",
  "the variance of the mean over all 6³ ordered draws of 3 from 6, against σ²/B",
  "σ²/B²",
  (rng, mutated) => {
    const values = randomVector(rng, 6);
    const {variance} = moments(values);
    const expected = mutated ? variance / 9 : batchVariance(variance, 3, 6, true);
    return {got: moments(allBatchMeans(values, 3, true)).variance, expected, within: 1e-12};
  }
);

const withoutReplacement = numbered(
  "finite",
  "the variance of the mean over all subsets of B of 9, B drawn, against the formula",
  "(N − B)/N",
  (rng, mutated) => {
    const [values, size] = [randomVector(rng, 9), 2 + Math.floor(5 * rng.next())];
    const {variance} = moments(values);
    const expected = mutated ? (variance / size) * ((9 - size) / 9) : batchVariance(variance, size, 9, false);
    return {got: moments(allBatchMeans(values, size, false)).variance, expected, within: 1e-12};
  }
);

const noisyDescent = numbered(
  "noisy-descent",
  "E f(x − ηĝ) for f = ½Lx² over eight equally likely noises, where the bound is an equality",
  "the noise's ½",
  (rng, mutated) => {
    const [L, x, rate] = [between(rng, 1, 5), between(rng, 1, 2), between(rng, 0.1, 0.4)];
    const drawn = randomVector(rng, 8);
    const noise = drawn.map((value) => value - moments(drawn).mean);
    const f = (z: number) => 0.5 * L * z * z;
    const got = moments(noise.map((value) => f(x - rate * (L * x + value)))).mean;
    const fall = rate * (1 - (rate * L) / 2) * (L * x) ** 2;
    const rise = (mutated ? 1 : 0.5) * L * rate ** 2 * moments(noise).variance;
    return {got, expected: f(x) - fall + rise, within: 1e-10};
  }
);

const recurrence = numbered(
  "recurrence",
  "E x² after 8 steps over all 2⁸ sequences of noise ±σ, against the closed form",
  "(1 − ηa)ᵏ instead of (1 − ηa)²ᵏ",
  (rng, mutated) => {
    const [a, sigma, start] = [between(rng, 0.5, 2), between(rng, 0.5, 2), between(rng, 2, 3)];
    const rate = between(rng, 0.1, 0.4) / a;
    const floor = floorOf({curvature: a, sigma}, rate);
    const left = (1 - rate * a) ** (mutated ? 8 : 16);
    const got = enumeratedSquare({curvature: a, sigma}, start, new Array(8).fill(rate));
    return {got, expected: floor + left * (start ** 2 - floor), within: 1e-10};
  }
);

const floor = numbered(
  "floor",
  "E x² of 3,000 simulated chains after 16 steps, against the formula within five standard errors",
  "2 instead of 2 − ηa: right for small η alone",
  (rng, mutated) => {
    const noisy = {curvature: between(rng, 0.5, 2), sigma: between(rng, 0.5, 2)};
    const rate = between(rng, 0.6, 1.2) / noisy.curvature; // 0.4³²: nothing is left of the start
    const chains = 3000;
    const {squares} = simulate(noisy, rng.normal(16 * chains), {start: 0, rate: () => rate, chains});
    const truth = floorOf(noisy, rate);
    const expected = mutated ? (rate * noisy.sigma ** 2) / (2 * noisy.curvature) : truth;
    return {got: squares[16], expected, within: 5 * Math.sqrt(2 / chains) * expected}; // Var x² = 2 (E x²)²
  }
);

const decay = numbered(
  "decay",
  "E x² after ten steps of 1/(ak) over all 2¹⁰ sequences of noise ±σ, against σ²/(a²k)",
  "σ²/(ak)",
  (rng, mutated) => {
    const [a, sigma] = [between(rng, 1.5, 3), between(rng, 0.5, 2)];
    const rates = Array.from({length: 10}, (_, i) => 1 / (a * (i + 1)));
    const got = enumeratedSquare({curvature: a, sigma}, between(rng, -3, 3), rates);
    return {got, expected: sigma ** 2 / ((mutated ? a : a * a) * 10), within: 1e-10};
  }
);

const optimalRate = numbered(
  "optimal-rate",
  "E x² after one step at the best η, against the least over 4,000 rates",
  "aE instead of a²E below",
  (rng, mutated) => {
    const [a, sigma, square] = [between(rng, 1.5, 3), between(rng, 0.5, 2), between(rng, 0.5, 3)];
    const after = (rate: number) => expectedSquares({curvature: a, sigma}, Math.sqrt(square), () => rate, 1)[1];
    const best = (a * square) / ((mutated ? a : a * a) * square + sigma ** 2);
    const least = Array.from({length: 4000}, (_, i) => after(i / (2000 * a))).reduce((x, y) => Math.min(x, y));
    return {got: after(best), expected: least, within: 1e-5 * least};
  }
);

/** Section 7 of the page: noise. */
export const stochastic: Equation[] = [withReplacement, withoutReplacement, noisyDescent, recurrence, floor, decay, optimalRate]; // prettier-ignore
