import {descend, gradientDescent} from "../../components/math/descent.js";
import type {Equation} from "../../components/math/equation.js";
import {apply, dot, type Vector} from "../../components/math/matrix.js";
import {randomOrthonormal, randomVector} from "../../components/math/randomMatrix.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import {descentFactor} from "../recurrences.js";
import {quadratic, withEigenvalues} from "../smoothProblems.js";

const plus = (x: Vector, y: Vector, s = 1): Vector => x.map((value, i) => value + s * y[i]);

const argmin = numbered(
  "argmin",
  "the upper parabola at a random point, against its value at x − g/L and L/2 times the squared distance from there",
  "x − g/2L as the lowest point",
  (rng, mutated) => {
    const [g, d, L] = [randomVector(rng, 4), randomVector(rng, 4), between(rng, 0.5, 5)];
    const bound = (step: Vector) => dot(g, step) + 0.5 * L * dot(step, step);
    const lowest = g.map((value) => -value / (mutated ? 2 * L : L));
    return {got: bound(plus(lowest, d)), expected: bound(lowest) + 0.5 * L * dot(d, d), within: 1e-10};
  }
);

const modes = numbered(
  "modes",
  "25 steps on a random quadratic, written in its eigenvectors, against (1 − ηλ)²⁵ times the start",
  "1 + ηλ",
  (rng, mutated) => {
    const [q, start, rate] = [randomOrthonormal(rng, 4), randomVector(rng, 4), between(rng, 0.1, 0.5)];
    const values = Array.from({length: 4}, () => between(rng, 0.5, 3));
    const a = withEigenvalues(q, values);
    const path = descend(gradientDescent(), (x) => apply(a, x), start, {rate, steps: 25});
    const expected = apply(q, start).map((e, i) => e * (1 + (mutated ? 1 : -1) * rate * values[i]) ** 25);
    return apart(apply(q, path[25]), expected);
  }
);

const bestRate = numbered(
  "best-rate",
  "the least of max(|1 − ημ|, |1 − ηL|) over 20,000 rates, against (κ − 1)/(κ + 1)",
  "(κ − 1)/κ, the factor at η = 1/L",
  (rng, mutated) => {
    const [mu, L] = [between(rng, 0.2, 1), between(rng, 2, 9)];
    const factors = Array.from({length: 20_000}, (_, i) => {
      const rate = ((i + 1) / 10_000) * (1 / L);
      return Math.max(descentFactor(mu, {rate}), descentFactor(L, {rate}));
    });
    const least = factors.reduce((a, b) => Math.min(a, b));
    const kappa = L / mu;
    return {got: least, expected: (kappa - 1) / (mutated ? kappa : kappa + 1), within: 2e-4};
  }
);

const cycle = numbered(
  "cycle",
  "±x₀ after 31 steps of η = 2/L along the steepest direction",
  "η = 1/L",
  (rng, mutated) => {
    const [L, start] = [between(rng, 1, 9), between(rng, 1, 2)];
    const f = quadratic([[L]]);
    const path = descend(gradientDescent(), f.gradient, [start], {rate: (mutated ? 1 : 2) / L, steps: 31});
    return {got: path[31][0], expected: -start, within: 1e-10};
  }
);

/** Section 1 of the page: gradient descent. */
export const descent: Equation[] = [argmin, modes, bestRate, cycle];
