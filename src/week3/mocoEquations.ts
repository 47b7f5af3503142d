import type {Equation} from "../components/math/equation.js";
import {numericGradient} from "../components/math/finiteDifference.js";
import {dot, type Matrix, type Vector} from "../components/math/matrix.js";
import type {Rng} from "../components/math/random.js";
import {randomVector} from "../components/math/randomMatrix.js";
import {crossEntropy, softmax} from "../components/math/softmax.js";
import {apart, between, broken, numbered} from "../components/math/numbered.js";
import {ages, averaged, calm, ceiling, collapse, floor, halfLife, lag, weightsOf} from "./moco/momentum.js";
import {unit} from "./simclr/nce.js";

const keysOf = (rng: Rng, count: number): Matrix => Array.from({length: count}, () => unit(randomVector(rng, 4)));

/** −ln softmax of q · k / τ at key 0, the positive. */
const loss = (q: Vector, keys: Matrix, temperature: number): number =>
  crossEntropy(keys.map((k) => dot(q, k) / temperature), keys.map((_, i) => (i === 0 ? 1 : 0))); // prettier-ignore

const gradient = numbered(
  "gradient-q",
  "the gradient at the query with seven keys, against central differences",
  "the positive added",
  (rng, mutated) => {
    const [q, keys, temperature] = [unit(randomVector(rng, 4)), keysOf(rng, 7), between(rng, 0.2, 0.8)];
    const p = softmax(keys.map((k) => dot(q, k) / temperature));
    const sign = mutated ? 1 : -1;
    const got = q.map((_, d) => (keys.reduce((sum, k, i) => sum + p[i] * k[d], 0) + sign * keys[0][d]) / temperature);
    return apart(got, numericGradient((at) => loss(at, keys, temperature), q), 1e-8); // prettier-ignore
  }
);

const range = numbered(
  "range",
  "both bounds reached by opposite keys and ln (K + 1) by equal ones, a random positive and random negatives between",
  "one of the three: ln K, one opposite negative, or 1/τ in the exponent above",
  (rng, mutated) => {
    const [q, temperature, queue] = [unit(randomVector(rng, 4)), between(rng, 0.1, 1), 2 + Math.floor(9 * rng.next())];
    const wrong = mutated ? Math.floor(3 * rng.next()) : -1;
    const equal = wrong === 0 ? Math.log(queue) : collapse(queue);
    const low = wrong === 1 ? floor(1, temperature) : floor(queue, temperature);
    const high = wrong === 2 ? ceiling(queue, 2 * temperature) : ceiling(queue, temperature);
    const opposite = q.map((x) => -x);
    const [all, best, worst, random] = [
      Array<Vector>(queue + 1).fill(q),
      [q, ...Array<Vector>(queue).fill(opposite)],
      [opposite, ...Array<Vector>(queue).fill(q)],
      keysOf(rng, queue + 1)
    ].map((keys) => loss(q, keys, temperature));
    const reached: [number, number][] = [[equal, all], [low, best], [high, worst]]; // prettier-ignore
    const bounds: [number, number][] = [[high, random], [random, low]]; // prettier-ignore
    return broken([...reached, ...reached.map(([a, b]): [number, number] => [b, a]), ...bounds], 1e-10);
  }
);

const unrolled = numbered(
  "ema-sum",
  "twenty updates one after another against the weighted sum",
  "weights mᵗ without 1 − m",
  (rng, mutated) => {
    const [queries, m, from] = [randomVector(rng, 20), between(rng, 0.5, 0.95), rng.next()];
    const weights = weightsOf(m, 20).map((w) => (mutated ? w / (1 - m) : w));
    const expected = m ** 20 * from + weights.reduce((sum, w, age) => sum + w * queries[19 - age], 0);
    return {got: averaged(queries, m, from).at(-1)!, expected, within: 1e-12};
  }
);

const half = numbered("half-life", "m to the power of the half-life, against ½", "1 / (1 − m)", (rng, mutated) => {
  const m = between(rng, 0.3, 0.999);
  return {got: m ** (mutated ? 1 / (1 - m) : halfLife(m)), expected: 0.5, within: 1e-12};
});

const behind = numbered(
  "lag",
  "how far the average of 0, 1, 2, … is behind after 2,000 steps",
  "1 / (1 − m)",
  (rng, mutated) => {
    const m = between(rng, 0.5, 0.98);
    const last = averaged(Array.from({length: 2000}, (_, t) => t), m, 0).at(-1)!; // prettier-ignore
    return {got: 1999 - last, expected: mutated ? 1 / (1 - m) : lag(m), within: 1e-8};
  }
);

const variance = numbered("ema-variance", "the sum of the squared weights", "1 − m", (rng, mutated) => {
  const m = between(rng, 0.5, 0.98);
  const squares = weightsOf(m, 3000).reduce((sum, w) => sum + w * w, 0);
  return {got: squares, expected: mutated ? 1 - m : calm(m), within: 1e-12};
});

const age = numbered("age", "the mean age of the keys of a full queue, counted", "K / B", (rng, mutated) => {
  const [batch, batches] = [1 + Math.floor(20 * rng.next()), 2 + Math.floor(20 * rng.next())];
  const all = ages(batch * batches, batch);
  const got = all.reduce((a, b) => a + b) / all.length;
  return {got, expected: mutated ? batches : (batches + 1) / 2, within: 1e-12};
});

const drift = numbered(
  "drift",
  "how far θ_k has come towards a resting θ_q in a random number of steps",
  "m to the power a",
  (rng, mutated) => {
    const [m, steps, query, from] = [between(rng, 0.9, 0.98), 1 + Math.floor(6 * rng.next()), 2 + rng.next(), rng.next()]; // prettier-ignore
    const moved = averaged(Array(steps).fill(query), m, from).at(-1)! - from;
    return {got: moved, expected: (mutated ? m ** steps : 1 - m ** steps) * (query - from), within: 1e-12};
  }
);

const normalised = (x: Vector): Vector => {
  const mean = x.reduce((a, b) => a + b) / x.length;
  const deviation = Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length);
  return x.map((v) => (v - mean) / deviation);
};

const leak = numbered(
  "leak",
  "how image 0's normalised value changes with image 1's, against a central difference",
  "0: no image sees another",
  (rng, mutated) => {
    const x = randomVector(rng, 6);
    const n = x.length;
    const mean = x.reduce((a, b) => a + b) / n;
    const deviation = Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n);
    const [first, second] = normalised(x);
    const expected = numericGradient((at) => normalised(at)[0], x)[1];
    return {got: mutated ? 0 : -(1 + first * second) / (n * deviation), expected, within: 1e-8};
  }
);

const company = numbered(
  "company",
  "the correlation of q − μ_q and k − μ_k, by their weights on the images, for 2 … 9 images a device",
  "1 / (n − 1)",
  (rng, mutated) => {
    const n = 2 + Math.floor(8 * rng.next());
    const images = ["q", "k", ...Array.from({length: n - 1}, (_, i) => `other ${i}`)];
    const centred = (own: string) =>
      images.map((name) => (name === own ? 1 : 0) - (name === own || name.startsWith("other") ? 1 / n : 0));
    const [query, key] = [centred("q"), centred("k")];
    const got = dot(query, key) / Math.sqrt(dot(query, query) * dot(key, key));
    return {got, expected: 1 / (mutated ? n - 1 : n), within: 1e-12};
  }
);

/** The numbered results of the page, in its order. */
export const equations: Equation[] = [gradient, range, unrolled, half, behind, variance, age, drift, leak, company];
