import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {apart, between, broken, numbered} from "../../components/math/numbered.js";
import {absolute, huberAt, square} from "./formulas.js";

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const median = (values: number[]) => [...values].sort((a, b) => a - b)[(values.length - 1) / 2];
const meanLoss = (loss: (r: number) => number, targets: number[], c: number) => mean(targets.map((t) => loss(c - t)));

/** A loss is least at c if both neighbours have a larger one. */
const least = (loss: (r: number) => number, targets: number[], c: number) =>
  broken(
    [-0.1, -0.01, 0.01, 0.1].map((d): [number, number] => [meanLoss(loss, targets, c + d), meanLoss(loss, targets, c)]),
    1e-13
  );

const mse = numbered(
  "mse-gradient",
  "the gradient of the mean square of seven residuals, against central differences",
  "without the 2",
  (rng, mutated) => {
    const [y, t] = [randomVector(rng, 7), randomVector(rng, 7)];
    const byHand = y.map((yi, i) => ((mutated ? 1 : 2) * (yi - t[i])) / 7);
    return apart(byHand, numericGradient((at) => mean(at.map((yi, i) => square.loss(yi - t[i]))), y), 1e-8); // prettier-ignore
  }
);

const gaussian = numbered(
  "mse-nll",
  "−ln of the normal density of a residual, from the density itself",
  "σ in place of σ² below the square",
  (rng, mutated) => {
    const [r, sigma] = [between(rng, -2, 2), between(rng, 1.2, 2)];
    const density = Math.exp(-0.5 * (r / sigma) ** 2) / (Math.sqrt(2 * Math.PI) * sigma);
    const got = square.loss(r) / (2 * (mutated ? sigma : sigma ** 2)) + Math.log(Math.sqrt(2 * Math.PI) * sigma);
    return {got, expected: -Math.log(density), within: 1e-12};
  }
);

const laplace = numbered(
  "mae-nll",
  "−ln of the Laplace density of a residual, from the density itself",
  "b in place of 2b in the constant",
  (rng, mutated) => {
    const [r, b] = [between(rng, -3, 3), between(rng, 0.4, 2)];
    const got = absolute.loss(r) / b + Math.log(mutated ? b : 2 * b);
    return {got, expected: -Math.log(Math.exp(-Math.abs(r) / b) / (2 * b)), within: 1e-12};
  }
);

const middle = numbered(
  "median",
  "nine targets of which one is far off: the mean of |c − t| is least at their median",
  "at their mean",
  (rng, mutated) => {
    const targets = [...randomVector(rng, 8), 40];
    return least(absolute.loss, targets, mutated ? mean(targets) : median(targets));
  }
);

const average = numbered(
  "mean",
  "nine targets of which one is far off: the mean of (c − t)² is least at their mean",
  "at their median",
  (rng, mutated) => {
    const targets = [...randomVector(rng, 8), 40];
    return least(square.loss, targets, mutated ? median(targets) : mean(targets));
  }
);

const huber = numbered(
  "huber-gradient",
  "the slope of Huber's loss within and beyond δ, against central differences",
  "not clipped",
  (rng, mutated) => {
    const delta = between(rng, 0.3, 0.8);
    const residuals = [-3, -1.5, 0, 0.2, 2].map((r) => r + between(rng, -0.05, 0.05));
    const {loss, slope} = huberAt(delta);
    const byHand = residuals.map((r) => (mutated ? r : slope(r)));
    return apart(byHand, residuals.map((r) => numericGradient(([x]) => loss(x), [r])[0]), 1e-8); // prettier-ignore
  }
);

const pull = numbered(
  "pull",
  "the best constant under MSE where a share q of the targets is moved by m, over the same targets unmoved",
  "the share forgotten",
  (rng, mutated) => {
    const clean = randomVector(rng, 40);
    const [moved, m] = [4 + rng.integers(1, 12)[0], between(rng, 1, 5)];
    const got = mean(clean.map((t, i) => t + (i < moved ? m : 0))) - mean(clean);
    return {got, expected: mutated ? m : (moved / 40) * m, within: 1e-12};
  }
);

export const regression: Equation[] = [mse, gaussian, average, laplace, middle, huber, pull];
