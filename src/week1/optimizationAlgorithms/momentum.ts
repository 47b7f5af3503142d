import {descend, momentum, nesterov} from "../../components/math/descent.js";
import type {Equation} from "../../components/math/equation.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import type {Rng} from "../../components/math/random.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import {ballFactor, nesterovFactor, tunedBall, tunedNesterov} from "../recurrences.js";

/** Curvature, rate and momentum of one direction, and 30 steps of a two-term recurrence from a start at rest. */
const direction = (rng: Rng) => ({
  ...{lambda: between(rng, 0.5, 4), rate: between(rng, 0.05, 0.3), beta: between(rng, 0.3, 0.9)},
  start: between(rng, 1, 2)
});

function recurrence(p: number, q: number, first: [number, number]): number[] {
  const e: number[] = [...first];
  while (e.length <= 30) e.push(p * e[e.length - 1] - q * e[e.length - 2]);
  return e;
}

const coordinates = (path: number[][]) => path.map(([x]) => x);

const ball = numbered(
  "ball-recurrence",
  "30 steps of the heavy ball along one curvature, against the recurrence",
  "+β e_{k−1}",
  (rng, mutated) => {
    const {lambda, rate, beta, start} = direction(rng);
    const path = descend(momentum({beta}), ([x]) => [lambda * x], [start], {rate, steps: 30});
    const p = 1 + beta - rate * lambda;
    return apart(coordinates(path), recurrence(p, mutated ? -beta : beta, [start, start * (1 - rate * lambda)]));
  }
);

const roots = numbered(
  "ball-roots",
  "the fall of |det| of two successive states over 12 steps, a factor of β each: so |z| = √β; the root of it",
  "β instead of √β",
  (rng, mutated) => {
    const beta = between(rng, 0.3, 0.9);
    const middle = between(rng, (1 - Math.sqrt(beta)) ** 2, (1 + Math.sqrt(beta)) ** 2); // ηλ in the oscillating window
    const companion = (e: [number, number]): [number, number] => [(1 + beta - middle) * e[0] - beta * e[1], e[0]];
    let [a, b]: [number, number][] = [[1, 0], [0, 1]]; // prettier-ignore
    for (let k = 0; k < 12; ++k) [a, b] = [companion(a), companion(b)];
    const shrunk = Math.abs(a[0] * b[1] - a[1] * b[0]) ** (1 / 24); // two conjugate roots: |z|² = det of one step
    return {got: shrunk, expected: mutated ? beta : Math.sqrt(beta), within: 1e-7};
  }
);

const ballBest = numbered(
  "ball-best",
  "the least spectral radius over the tuned pair (η, β) and 10,000 others, against (√κ − 1)/(√κ + 1)",
  "κ instead of √κ",
  (rng, mutated) => {
    const [mu, L] = [between(rng, 0.5, 1), between(rng, 3, 9)];
    const best = tunedBall(mu, L);
    const worst = (tuned: {rate: number; beta: number}) => Math.max(ballFactor(mu, tuned), ballFactor(L, tuned));
    let least = worst(best);
    for (let i = 0; i < 100; ++i)
      for (let j = 0; j < 100; ++j)
        least = Math.min(least, worst({rate: ((i + 0.5) / 50) * best.rate, beta: (j + 0.5) / 100}));
    const kappa = mutated ? L / mu : Math.sqrt(L / mu);
    return {got: least, expected: (kappa - 1) / (kappa + 1), within: 1e-6}; // the root of a rounding: it is double
  }
);

const lookAhead = numbered(
  "look-ahead",
  "30 steps with the gradient taken ahead of the position, against the form of the code",
  "no gradient beside βv",
  (rng, mutated) => {
    const [kappa, rate, beta] = [between(rng, 2, 9), between(rng, 0.02, 0.1), between(rng, 0.3, 0.9)];
    const gradient = ([x, y]: number[]) => [x, kappa * y];
    const start = randomVector(rng, 2);
    let [w, u] = [start, [0, 0]];
    const ahead = [start];
    for (let k = 0; k < 30; ++k) {
      const g = gradient(w.map((value, i) => value + (mutated ? 0 : beta) * u[i]));
      u = u.map((value, i) => beta * value - rate * g[i]);
      w = w.map((value, i) => value + u[i]);
      ahead.push(w.map((value, i) => value + beta * u[i]));
    }
    const path = descend(nesterov({beta}), gradient, start, {rate, steps: 30});
    return apart(path.flat(), ahead.flat());
  }
);

const nesterovRecurrence = numbered(
  "nesterov-recurrence",
  "30 steps of Nesterov's method along one curvature, against the recurrence",
  "β without the factor 1 − ηλ",
  (rng, mutated) => {
    const {lambda, rate, beta, start} = direction(rng);
    const path = descend(nesterov({beta}), ([x]) => [lambda * x], [start], {rate, steps: 30});
    const left = 1 - rate * lambda;
    const first = start * (1 - rate * lambda * (1 + beta));
    return apart(coordinates(path), recurrence((1 + beta) * left, mutated ? beta : beta * left, [start, first]));
  }
);

const nesterovRate = numbered(
  "nesterov-rate",
  "the largest spectral radius over 400 curvatures between μ and L, against 1 − 1/√κ",
  "1 − 1/κ",
  (rng, mutated) => {
    const [mu, L] = [between(rng, 0.2, 1), between(rng, 3, 30)];
    const tuned = tunedNesterov(mu, L);
    const radii = Array.from({length: 400}, (_, i) => nesterovFactor(mu + ((L - mu) * i) / 399, tuned));
    return {got: Math.max(...radii), expected: mutated ? 1 - mu / L : tuned.factor, within: 1e-7};
  }
);

const terminal = numbered(
  "terminal",
  "the velocity after 1 … 40 steps of a constant gradient, against (1 − βᵗ)/(1 − β) g",
  "1 + β below",
  (rng, mutated) => {
    const [beta, g] = [between(rng, 0.5, 0.95), between(rng, 1, 3)];
    const path = descend(momentum({beta}), () => [g], [0], {rate: 1, steps: 40});
    const velocity = coordinates(path)
      .slice(1)
      .map((x, k) => path[k][0] - x);
    return apart(
      velocity,
      velocity.map((_, k) => ((1 - beta ** (k + 1)) / (1 + (mutated ? beta : -beta))) * g)
    );
  }
);

/** Section 2 of the page: memory of the velocity. */
export const inertia: Equation[] = [ball, roots, ballBest, lookAhead, nesterovRecurrence, nesterovRate, terminal];
