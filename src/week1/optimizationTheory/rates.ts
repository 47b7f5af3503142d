import {descend, gradientDescent} from "../../components/math/descent.js";
import type {Equation} from "../../components/math/equation.js";
import {dot, type Vector} from "../../components/math/matrix.js";
import {randomOrthonormal, randomVector} from "../../components/math/randomMatrix.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import {huber, quadratic, wells, withEigenvalues} from "../smoothProblems.js";

const steps = 40;

const path = (gradient: (x: Vector) => Vector, start: Vector, rate: number, count = steps) =>
  descend(gradientDescent(), gradient, start, {rate, steps: count});

const smallGradient = numbered(
  "small-gradient",
  "the least ‖∇f‖² of k steps for k = 1 … 40, on Σ x²/(1 + x²) and on a parabola, where k = 1 is equality",
  "L instead of 2L",
  (rng, mutated) => {
    const L = between(rng, 1, 5);
    const parabola = quadratic([[L]]);
    const pairs = [
      {f: wells, L: 2, start: randomVector(rng, 3)},
      {f: parabola, L, start: [between(rng, 1, 2)]}
    ].flatMap(({f, L, start}) => {
      const squares = path(f.gradient, start, 1 / L).map((x) => dot(f.gradient(x), f.gradient(x)));
      return squares.slice(0, steps).map((_, i): [number, number] => {
        const k = i + 1;
        return [((mutated ? 1 : 2) * L * f.value(start)) / k, Math.min(...squares.slice(0, k))];
      });
    });
    return broken(pairs);
  }
);

const sublinear = numbered(
  "sublinear",
  "f(x_k) − f* of Huber's function with its slope as small as the bound allows, k = 3 … 40",
  "k² instead of k",
  (rng, mutated) => {
    const [start, rate] = [between(rng, 1, 3), between(rng, 0.6, 1)];
    const pairs = Array.from({length: steps - 2}, (_, i): [number, number] => {
      const k = i + 3;
      const f = huber(start / (2 * rate * k + 1));
      const end = path(([x]) => [f.gradient(x)], [start], rate, k)[k][0];
      return [start ** 2 / (2 * rate * k ** (mutated ? 2 : 1)), f.value(end)];
    });
    return broken(pairs);
  }
);

const sharp = numbered(
  "sharp",
  "f(x_k) − f* of that Huber function after k steps of 1/L, against L ‖x₀ − x*‖² / (4k + 2)",
  "4k instead of 4k + 2",
  (rng, mutated) => {
    const [start, k] = [between(rng, 1, 3), 3 + Math.floor(12 * rng.next())];
    const f = huber(start / (2 * k + 1));
    const end = path(([x]) => [f.gradient(x)], [start], 1, k)[k][0];
    return {got: f.value(end), expected: start ** 2 / (4 * k + (mutated ? 0 : 2)), within: 1e-12};
  }
);

const strongRate = numbered(
  "strong-rate",
  "‖x_k‖ on a random quadratic at η = 2/(L + μ), k = 0 … 40, from a random point and along the flattest axis",
  "√κ instead of κ, the rate of a better method",
  (rng, mutated) => {
    const [mu, L] = [between(rng, 0.2, 1), between(rng, 3, 9)];
    const q = randomOrthonormal(rng, 3);
    const f = quadratic(withEigenvalues(q, [mu, between(rng, mu, L), L]));
    const kappa = mutated ? Math.sqrt(L / mu) : L / mu;
    const pairs = [randomVector(rng, 3), q[0]].flatMap((start) =>
      path(f.gradient, start, 2 / (L + mu)).map((x, k): [number, number] => [
        ((kappa - 1) / (kappa + 1)) ** k * Math.hypot(...start),
        Math.hypot(...x)
      ])
    );
    return broken(pairs);
  }
);

const valueRate = numbered(
  "value-rate",
  "f(x_k) − f* on a random quadratic at η = 1/L, k = 0 … 40",
  "1/√κ instead of 1/κ",
  (rng, mutated) => {
    const [mu, L] = [between(rng, 0.2, 0.5), between(rng, 3, 9)]; // κ ≥ 6
    const q = randomOrthonormal(rng, 3);
    const f = quadratic(withEigenvalues(q, [mu, between(rng, mu, L), L]));
    const kappa = mutated ? Math.sqrt(L / mu) : L / mu;
    const pairs = [randomVector(rng, 3), q[0]].flatMap((start) =>
      path(f.gradient, start, 1 / L).map((x, k): [number, number] => [
        (1 - 1 / kappa) ** k * f.value(start),
        f.value(x)
      ])
    );
    return broken(pairs);
  }
);

/** Section 5 of the page: how fast gradient descent is. */
export const rates: Equation[] = [smallGradient, sublinear, sharp, strongRate, valueRate];
