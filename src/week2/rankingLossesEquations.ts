import type {Equation} from "../components/math/equation.js";
import {numericGradient, numericJacobian} from "../components/math/finiteDifference.js";
import {dot} from "../components/math/matrix.js";
import type {Rng} from "../components/math/random.js";
import {randomVector} from "../components/math/randomMatrix.js";
import {apart, between, broken, numbered} from "../components/math/numbered.js";
import * as f from "./rankingLosses/formulas.js";
import {pullEquations} from "./rankingLosses/pullEquations.js";

const draw = (rng: Rng) => ({a: randomVector(rng, 3), p: randomVector(rng, 3), n: randomVector(rng, 3)});
const split = (x: number[]) => ({a: x.slice(0, 3), p: x.slice(3, 6), n: x.slice(6)});

const cosine = numbered(
  "unit-distance",
  "‖a − p‖² of two random unit vectors, from their inner product",
  "without the 2",
  (rng, mutated) => {
    const [a, p] = [f.unit(randomVector(rng, 4)), f.unit(randomVector(rng, 4))];
    return {got: f.squared(a, p), expected: 2 - (mutated ? 1 : 2) * dot(a, p), within: 1e-12};
  }
);

const gradient = numbered(
  "triplet-gradient",
  "the three gradients of an active triplet, against central differences",
  "a and p exchanged in the first",
  (rng, mutated) => {
    const {a, p, n} = draw(rng);
    const margin = 50; // active, whatever was drawn
    const g = f.tripletGradient({a, p, n}, margin);
    const first = mutated ? f.times(f.minus(n, a), 2) : g.a;
    const loss = (x: number[]) => f.triplet(split(x), margin);
    return apart([...first, ...g.p, ...g.n], numericGradient(loss, [...a, ...p, ...n]), 1e-7);
  }
);

const collapse = numbered(
  "collapse",
  "loss and gradient of a triplet whose three points are one, against m and 0",
  "m forgotten",
  (rng, mutated) => {
    const [x, m] = [randomVector(rng, 3), between(rng, 0.1, 1)];
    const at = {a: x, p: x, n: x};
    const g = f.tripletGradient(at, m);
    return apart([f.triplet(at, m), ...g.a, ...g.p, ...g.n], [mutated ? 0 : m, ...Array<number>(9).fill(0)], 1e-14);
  }
);

const count = numbered(
  "triplet-count",
  "triplets of a batch of P classes with K records, counted one by one",
  "anchor and positive in any order taken for one",
  (rng, mutated) => {
    const [P, K] = [2 + rng.integers(1, 4)[0], 2 + rng.integers(1, 3)[0]];
    const labels = Array.from({length: P * K}, (_, i) => Math.floor(i / K));
    const all = labels.flatMap((a, i) =>
      labels.flatMap((p, j) => labels.filter((n) => i !== j && a === p && n !== a))
    ).length;
    return {got: f.tripletCount(P, K) / (mutated ? 2 : 1), expected: all, within: 0};
  }
);

const hardest = numbered(
  "hardest",
  "the largest hinge over all triplets of an anchor, against that of the farthest positive and the nearest negative",
  "the nearest positive",
  (rng, mutated) => {
    const a = randomVector(rng, 3);
    const [positives, negatives] = [0, 1].map(() => Array.from({length: 4}, () => f.squared(a, randomVector(rng, 3))));
    const m = 20;
    const all = positives.flatMap((p) => negatives.map((n) => Math.max(0, p - n + m)));
    const p = mutated ? Math.min(...positives) : Math.max(...positives);
    return {got: Math.max(0, p - Math.min(...negatives) + m), expected: Math.max(...all), within: 1e-12};
  }
);

const pairs = numbered(
  "contrastive-gradient",
  "the gradient by x₁ of a pair that is alike and of one that is not, against central differences",
  "not divided by D",
  (rng, mutated) => {
    const [x1, x2] = [randomVector(rng, 3), randomVector(rng, 3)];
    const margin = Math.sqrt(f.squared(x1, x2)) + between(rng, 0.5, 1);
    const unlike = f.contrastiveGradient(x1, x2, false, margin);
    const far = mutated ? f.times(unlike, Math.sqrt(f.squared(x1, x2)) + 1) : unlike;
    return apart(
      [...f.contrastiveGradient(x1, x2, true, margin), ...far],
      [true, false].flatMap((alike) => numericGradient((x) => f.contrastive(x, x2, alike, margin), x1)),
      1e-7
    );
  }
);

const scaled = numbered(
  "scale",
  "the triplet loss of points that are c times as long, against c² times the loss with the margin m / c²",
  "with the margin m",
  (rng, mutated) => {
    const {a, p, n} = draw(rng);
    const [c, m] = [between(rng, 1.5, 3), 50];
    const long = {a: f.times(a, c), p: f.times(p, c), n: f.times(n, c)};
    return {got: f.triplet(long, m), expected: c * c * f.triplet({a, p, n}, mutated ? m : m / (c * c)), within: 1e-10};
  }
);

const orthogonal = numbered(
  "orthogonal",
  "the Jacobian of x / ‖x‖, against central differences",
  "without the projection",
  (rng, mutated) => {
    const x = randomVector(rng, 3);
    const [y, length] = [f.unit(x), Math.sqrt(dot(x, x))];
    const byHand = x.flatMap((_, i) => x.map((_, j) => ((i === j ? 1 : 0) - (mutated ? 0 : y[i] * y[j])) / length));
    return apart(byHand, numericJacobian(f.unit, x).flat(), 1e-7);
  }
);

const soft = numbered(
  "soft-margin",
  "−ln of the softmax of two cosines over τ, against the softplus of the triplet's difference over 2τ",
  "over τ",
  (rng, mutated) => {
    const {a, p, n} = draw(rng);
    const [x, y, z] = [a, p, n].map(f.unit);
    const tau = between(rng, 0.2, 1);
    const got = -dot(x, y) / tau + Math.log(Math.exp(dot(x, y) / tau) + Math.exp(dot(x, z) / tau));
    const difference = f.squared(x, y) - f.squared(x, z);
    return {got, expected: Math.log(1 + Math.exp(difference / ((mutated ? 1 : 2) * tau))), within: 1e-12};
  }
);

const order = numbered(
  "kinds",
  "the loss of triplets of the three kinds: 0, at most m, at least m",
  "semi-hard and hard exchanged",
  (rng, mutated) => {
    const m = 2;
    const drawn = Array.from({length: 300}, () => draw(rng));
    const kind = (t: f.Triplet) => {
      const is = f.kindOf(t, m);
      return mutated && is !== "easy" ? (is === "hard" ? "semi-hard" : "hard") : is;
    };
    const bounds = {easy: [0, 0], "semi-hard": [0, m], hard: [m, Infinity]};
    const pairs = drawn.flatMap((t): [number, number][] => {
      const [low, high] = bounds[kind(t)];
      const loss = f.triplet(t, m);
      return [[loss, low], [Math.min(high, 1e6), loss]]; // prettier-ignore
    });
    return broken(pairs, 1e-12);
  }
);

/** All choices of k of the numbers from `from` to below n. */
const choices = (n: number, k: number, from = 0): number[][] =>
  k === 0
    ? [[]]
    : Array.from({length: n - from}, (_, i) => from + i).flatMap((first) =>
        choices(n, k - 1, first + 1).map((rest) => [first, ...rest])
      );

const ignorant = numbered(
  "chance",
  "recall@k of an embedding that knows nothing: the share of all choices of k others that hold one of the right class",
  "neighbours drawn with replacement",
  (rng, mutated) => {
    const [classes, each] = [2 + rng.integers(1, 2)[0], 2 + rng.integers(1, 2)[0]];
    const others = classes * each - 1;
    const counted = [1, 2, 3].map((k) => {
      const all = choices(others, k);
      return all.filter((chosen) => chosen.some((j) => j < each - 1)).length / all.length;
    });
    const again = (k: number) => 1 - ((others - each + 1) / others) ** k;
    return apart(counted, [1, 2, 3].map((k) => (mutated ? again(k) : f.chance(classes, each, k))), 1e-12); // prettier-ignore
  }
);

/** The numbered equations of the page. */
export const equations: Equation[] = [
  cosine,
  gradient,
  order,
  collapse,
  count,
  hardest,
  scaled,
  orthogonal,
  pairs,
  soft,
  ...pullEquations,
  ignorant
];
