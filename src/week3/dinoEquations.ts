import type {Equation} from "../components/math/equation.js";
import {numericGradient} from "../components/math/finiteDifference.js";
import {dot, type Vector} from "../components/math/matrix.js";
import type {Rng} from "../components/math/random.js";
import {randomVector} from "../components/math/randomMatrix.js";
import {softmax} from "../components/math/softmax.js";
import {apart, between, broken, numbered} from "../components/math/numbered.js";
import {crossed, entropy, meanOf, peak, recentred, sharpened, told} from "./dino/teacher.js";

const draw = (rng: Rng) => ({
  g: randomVector(rng, 6),
  z: randomVector(rng, 6),
  cold: between(rng, 0.3, 0.6),
  warm: between(rng, 0.7, 1.2)
});
const kl = (p: Vector, q: Vector): number => p.reduce((sum, x, k) => sum + x * Math.log(x / q[k]), 0);
const none = Array<number>(6).fill(0);

const split = numbered(
  "split",
  "the cross-entropy of a random teacher and student",
  "KL with its sides exchanged",
  (rng, mutated) => {
    const {g, z, cold, warm} = draw(rng);
    const [p, q] = [sharpened(g, none, cold), softmax(z, warm)];
    return {got: crossed(p, z, warm), expected: entropy(p) + (mutated ? kl(q, p) : kl(p, q)), within: 1e-12};
  }
);

const gradient = numbered(
  "gradient",
  "(Q − P) / τ at the student's scores, against central differences",
  "the teacher's temperature",
  (rng, mutated) => {
    const {g, z, cold, warm} = draw(rng);
    const [p, q] = [sharpened(g, none, cold), softmax(z, warm)];
    const got = q.map((x, k) => (x - p[k]) / (mutated ? cold : warm));
    return apart(got, numericGradient((at) => crossed(p, at, warm), z), 1e-8); // prettier-ignore
  }
);

const information = numbered(
  "information",
  "H(P̄) − mean H(P) of eight images against the mean divergence from P̄",
  "the divergence of P̄ from each",
  (rng, mutated) => {
    const rows = Array.from({length: 8}, () => softmax(randomVector(rng, 6), 0.5));
    const mean = meanOf(rows);
    const expected = rows.reduce((sum, p) => sum + (mutated ? kl(mean, p) : kl(p, mean)), 0) / rows.length;
    return {got: told(rows), expected, within: 1e-12};
  }
);

const slope = numbered(
  "entropy-slope",
  "the slope of the teacher's entropy by its temperature, against a central difference",
  "τ² instead of τ³",
  (rng, mutated) => {
    const {g, cold} = draw(rng);
    const p = softmax(g, cold);
    const mean = dot(p, g);
    const variance = dot(p, g.map((x) => (x - mean) ** 2)); // prettier-ignore
    const [expected] = numericGradient(([t]) => entropy(softmax(g, t)), [cold]);
    return {got: variance / cold ** (mutated ? 2 : 3), expected, within: 1e-7};
  }
);

const pull = numbered(
  "pull",
  "the mean score under a colder and under a warmer softmax, for several pairs of temperatures",
  "the colder one below",
  (rng, mutated) => {
    const {g, cold, warm} = draw(rng);
    const pairs = [cold, cold / 2, cold / 4].map((t): [number, number] => {
      const both: [number, number] = [dot(softmax(g, t), g), dot(softmax(g, warm), g)];
      return mutated ? [both[1], both[0]] : both;
    });
    return broken(pairs, 1e-12);
  }
);

const limit = numbered(
  "centre-limit",
  "what a random centre leaves after 1 … 20 steps in which all images have one output",
  "as if the centre had begun at 0",
  (rng, mutated) => {
    const [{g, z: begun}, m, steps] = [draw(rng), between(rng, 0.6, 0.8), 1 + Math.floor(20 * rng.next())];
    let centre = begun;
    for (let t = 0; t < steps; ++t) centre = recentred(centre, [g, g, g], m);
    const left = g.map((x, k) => m ** steps * (x - (mutated ? 0 : begun[k])));
    return apart(g.map((x, k) => x - centre[k]), left, 1e-12); // prettier-ignore
  }
);

const uniform = numbered(
  "uniform",
  "the entropy of a collapsed teacher when its centre has come, from a random place",
  "ln (K − 1)",
  (rng, mutated) => {
    const {g, z, cold} = draw(rng);
    let centre = z;
    for (let t = 0; t < 400; ++t) centre = recentred(centre, [g], 0.9);
    return {got: entropy(sharpened(g, centre, cold)), expected: Math.log(mutated ? 5 : 6), within: 1e-10};
  }
);

const most = numbered(
  "peak",
  "no distribution of six scores in [−1, 1] passes it, and one at the ends reaches it",
  "1/τ in the exponent",
  (rng, mutated) => {
    const temperature = between(rng, 0.3, 1);
    const bound = mutated ? 1 / (1 + 5 * Math.exp(-1 / temperature)) : peak(6, temperature);
    const best = softmax([1, -1, -1, -1, -1, -1], temperature)[0];
    const random = Math.max(...softmax(Array.from(rng.uniform(6, -1, 1)), temperature));
    return broken([[bound, best], [best, bound], [bound, random]], 1e-12); // prettier-ignore
  }
);

const means = numbered(
  "kmeans-mean",
  "squared distances of nine points from any centre, against those from their mean",
  "without the number of points",
  (rng, mutated) => {
    const points = Array.from({length: 9}, () => randomVector(rng, 3));
    const [centre, mean] = [randomVector(rng, 3), meanOf(points)];
    const square = (a: Vector, b: Vector) => a.reduce((sum, x, d) => sum + (x - b[d]) ** 2, 0);
    const from = (c: Vector) => points.reduce((sum, p) => sum + square(p, c), 0);
    return {got: from(centre), expected: from(mean) + (mutated ? 1 : 9) * square(centre, mean), within: 1e-10};
  }
);

const pairless = numbered(
  "silhouette-mean",
  "the mean squared distance of a point from seven others, pair by pair, against mean and spread of these",
  "without their spread",
  (rng, mutated) => {
    const points = Array.from({length: 7}, () => randomVector(rng, 3));
    const [x, mean] = [randomVector(rng, 3), meanOf(points)];
    const square = (a: Vector, b: Vector) => a.reduce((sum, value, d) => sum + (value - b[d]) ** 2, 0);
    const from = (c: Vector) => points.reduce((sum, p) => sum + square(p, c) / 7, 0);
    return {got: from(x), expected: square(x, mean) + (mutated ? 0 : from(mean)), within: 1e-12};
  }
);

/** The numbered results of the page, in its order. */
export const equations: Equation[] = [split, gradient, information, slope, pull, limit, uniform, most, means, pairless];
