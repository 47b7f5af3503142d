import {hue} from "../components/data/augment/colour.js";
import type {Equation} from "../components/math/equation.js";
import {numericGradient} from "../components/math/finiteDifference.js";
import {dot, type Matrix, type Vector} from "../components/math/matrix.js";
import type {Rng} from "../components/math/random.js";
import {randomVector} from "../components/math/randomMatrix.js";
import {apart, between, broken, numbered} from "../components/math/numbered.js";
import {anchorLoss, collapse, cosines, floor, ntXent, shares, simplex, unit} from "./simclr/nce.js";

const draw = (rng: Rng, rows = 8, columns = 5): Matrix => Array.from({length: rows}, () => randomVector(rng, columns));
const place = {self: 0, positive: 4};
const first = (z: Matrix): Vector => cosines(z)[0];

const similarity = numbered(
  "gradient-s",
  "(p − [k = j]) / τ of an anchor among eight views, against central differences",
  "without the division by τ",
  (rng, mutated) => {
    const [s, temperature] = [first(draw(rng)), between(rng, 0.2, 0.8)];
    const p = shares(s, 0, temperature).map((x, k) => x - (k === place.positive ? 1 : 0));
    const expected = numericGradient((at) => anchorLoss(at, place, temperature), s);
    return apart(p.map((x) => (mutated ? x : x / temperature)), expected, 1e-8); // prettier-ignore
  }
);

const projection = numbered(
  "gradient-z",
  "the gradient at the anchor's own projection, against central differences",
  "without taking out the part along u",
  (rng, mutated) => {
    const [z, temperature] = [draw(rng), between(rng, 0.2, 0.8)];
    const units = z.map(unit);
    const p = shares(first(z), 0, temperature);
    const pull = units[0].map((_, d) => units.reduce((sum, u, k) => sum + p[k] * u[d], 0) - units[4][d]);
    const along = mutated ? 0 : dot(pull, units[0]);
    const length = Math.sqrt(dot(z[0], z[0]));
    const got = pull.map((x, d) => (x - along * units[0][d]) / (temperature * length));
    const lossAt = (row: Vector) => anchorLoss(first([row, ...z.slice(1)]), place, temperature);
    return apart(got, numericGradient(lossAt, z[0]), 1e-7);
  }
);

const balance = numbered(
  "balance",
  "the derivatives of one anchor's loss with respect to all cosines, summed",
  "the positive counted among the negatives only",
  (rng, mutated) => {
    const [s, temperature] = [first(draw(rng)), between(rng, 0.2, 0.8)];
    const p = shares(s, 0, temperature);
    const negatives = p.reduce((sum, x, k) => sum + (k === place.positive ? 0 : x / temperature), 0);
    return {got: negatives, expected: (mutated ? 1 : 1 - p[place.positive]) / temperature, within: 1e-12};
  }
);

const collapsed = numbered(
  "collapse",
  "the loss of equal projections, for 2 … 9 pairs and a random temperature",
  "ln 2N",
  (rng, mutated) => {
    const [row, temperature, pairs] = [randomVector(rng, 5), between(rng, 0.05, 2), 2 + Math.floor(8 * rng.next())];
    const got = ntXent(Array(2 * pairs).fill(row), temperature);
    return {got, expected: mutated ? Math.log(2 * pairs) : collapse(pairs), within: 1e-10};
  }
);

const least = numbered(
  "floor",
  "no random batch is below it, and a simplex of equal partners is at it",
  "1 − 1/(N − 1) in the exponent",
  (rng, mutated) => {
    const [pairs, temperature] = [4, between(rng, 0.2, 1)];
    const bound = mutated
      ? Math.log1p((2 * pairs - 2) * Math.exp(-(1 - 1 / (pairs - 1)) / temperature))
      : floor(pairs, temperature);
    const corners = simplex(pairs);
    const best = ntXent([...corners, ...corners], temperature);
    const random = ntXent(draw(rng), temperature);
    return broken([[random, bound], [best, bound], [bound, best]], 1e-10); // prettier-ignore
  }
);

const cold = numbered(
  "tau-zero",
  "τℓ between the two bounds for τ from 0.01 to 1",
  "the logarithm subtracted",
  (rng, mutated) => {
    const s = first(draw(rng));
    const others = s.filter((_, k) => k !== 0 && k !== 4);
    const hardest = Math.max(...others);
    const low = Math.max(0, hardest - s[4]);
    const pairs = [0.01, 0.1, 1].flatMap((t): [number, number][] => {
      const scaled = t * anchorLoss(s, place, t);
      return [[scaled, low], [low + (mutated ? -t : t) * Math.log(7), scaled]]; // prettier-ignore
    });
    return broken(pairs, 1e-12);
  }
);

const warm = numbered(
  "tau-large",
  "ℓ at τ = 1,000 against the first two terms",
  "the mean of the negatives alone",
  (rng, mutated) => {
    const s = first(draw(rng));
    const kept = s.filter((_, k) => k !== 0 && !(mutated && k === 4));
    const mean = kept.reduce((a, b) => a + b) / kept.length;
    return {got: anchorLoss(s, place, 1000), expected: Math.log(7) + (mean - s[4]) / 1000, within: 2e-6};
  }
);

const distance = numbered("distance", "‖u − v‖² of two random unit vectors", "1 − 2s", (rng, mutated) => {
  const [u, v] = draw(rng, 2).map(unit);
  const square = u.reduce((sum, x, d) => sum + (x - v[d]) ** 2, 0);
  return {got: square, expected: (mutated ? 1 : 2) - 2 * dot(u, v), within: 1e-12};
});

const spread = numbered(
  "random-cosine",
  "the mean of s and of s² over 4,000 random directions in 3 … 8 dimensions, within five standard errors",
  "directions of no negative number, as after a ReLU",
  (rng, mutated) => {
    const [count, columns] = [4000, 3 + Math.floor(6 * rng.next())];
    const fixed = unit(Array(columns).fill(1) as Vector);
    const draws = rng.normal(count * columns); // normal draws of length 1 fill the sphere evenly
    const s = Array.from({length: count}, (_, i) => {
      const v = Array.from(draws.subarray(i * columns, (i + 1) * columns), (x) => (mutated ? Math.abs(x) : x));
      return dot(fixed, unit(v));
    });
    const mean = (x: Vector) => x.reduce((a, b) => a + b, 0) / count;
    const errors = [1 / columns, 3 / (columns * (columns + 2)) - 1 / columns ** 2].map((v) => Math.sqrt(v / count));
    const off = [mean(s), mean(s.map((x) => x * x)) - 1 / columns].map((x, i) => x / errors[i]);
    return apart(off, [0, 0], 5);
  }
);

const luma = [0.299, 0.587, 0.114];
const turned = numbered(
  "hue",
  "the luma of a pixel before and after a random turn of its hue, in float32",
  "the mean of the three channels",
  (rng, mutated) => {
    const pixel = Float32Array.from([100, 120, 140], (x) => x + between(rng, -20, 20));
    const weights = mutated ? [1 / 3, 1 / 3, 1 / 3] : luma;
    const brightness = () => pixel.reduce((sum, x, c) => sum + x * weights[c], 0);
    const before = brightness();
    hue(pixel, between(rng, 0.2, 0.4));
    return {got: brightness(), expected: before, within: 1e-4};
  }
);

const unpredicted = numbered(
  "no-predictor",
  "the gradient at three parameters that make both projections, the other one of each term held as it is",
  "the same size with and without the stop",
  (rng, mutated) => {
    const [a, b, at] = [draw(rng, 4, 3), draw(rng, 4, 3), randomVector(rng, 3)];
    const made = (m: Matrix, w: Vector) => m.map((row) => Math.tanh(dot(row, w)));
    const distance = (x: Vector, y: Vector) => -dot(unit(x), unit(y));
    const held = [made(a, at), made(b, at)];
    const stopped = numericGradient(
      (w) => 0.5 * distance(made(a, w), held[1]) + 0.5 * distance(held[0], made(b, w)),
      at
    );
    const whole = numericGradient((w) => distance(made(a, w), made(b, w)), at);
    return apart(stopped, whole.map((x) => (mutated ? 1 : 0.5) * x), 1e-8); // prettier-ignore
  }
);

/** The numbered results of the page, in its order. */
export const equations: Equation[] = [
  ...[turned, similarity, projection, balance, collapsed, least, cold, warm, distance, spread, unpredicted]
];
