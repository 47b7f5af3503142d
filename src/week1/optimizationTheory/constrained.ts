import type {Comparison, Equation} from "../../components/math/equation.js";
import {dot, solve, type Vector} from "../../components/math/matrix.js";
import type {Rng} from "../../components/math/random.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {softmax} from "../../components/math/softmax.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import {entropy, projectOnSimplex, threshold} from "../simplex.js";

/** The point of a plane aᵀx = b nearest to c, b on the other side of c. */
function plane(rng: Rng) {
  const [a, c] = [randomVector(rng, 3), randomVector(rng, 3)];
  const b = dot(a, c) - between(rng, 0.5, 2);
  return {a, b, c, size: dot(a, a)};
}

/** ½ ‖x − c‖² at the nearest point, found without multipliers: the third coordinate eliminated, two normal equations. */
function leastDistance({a, b, c}: {a: Vector; b: number; c: Vector}): number {
  const last = a.map(Math.abs).indexOf(Math.max(...a.map(Math.abs))); // divide by the largest coefficient
  const [i, j] = [0, 1, 2].filter((k) => k !== last);
  const slope = [i, j].map((k) => -a[k] / a[last]);
  const base = b / a[last] - c[last];
  const matrix = [0, 1].map((r) => [0, 1].map((s) => (r === s ? 1 : 0) + slope[r] * slope[s]));
  const right = [i, j].map((k, r) => [c[k] - slope[r] * base]);
  const [[x], [y]] = solve(matrix, right);
  return 0.5 * ((x - c[i]) ** 2 + (y - c[j]) ** 2 + (base + slope[0] * x + slope[1] * y) ** 2);
}

const nearest = numbered(
  "nearest",
  "½ ‖x* − c‖² by the multiplier, against the same after eliminating a coordinate",
  "‖a‖ instead of ‖a‖²",
  (rng, mutated) => {
    const {a, b, c, size} = plane(rng);
    const lambda = (dot(a, c) - b) / (mutated ? Math.sqrt(size) : size);
    return {got: 0.5 * lambda ** 2 * size, expected: leastDistance({a, b, c}), within: 1e-9};
  }
);

const sensitivity = numbered(
  "sensitivity",
  "dp*/db by central differences of the eliminated problem, against −λ",
  "the sign",
  (rng, mutated) => {
    const {a, b, c, size} = plane(rng);
    const h = 1e-4;
    const got = (leastDistance({a, b: b + h, c}) - leastDistance({a, b: b - h, c})) / (2 * h);
    return {got, expected: ((mutated ? 1 : -1) * (dot(a, c) - b)) / size, within: 1e-7 * (1 + Math.abs(got))};
  }
);

const weak = numbered(
  "weak",
  "g(λ) ≤ p* for 60 multipliers λ ≥ 0",
  "the dual without the square's ½",
  (rng, mutated) => {
    const {a, b, c, size} = plane(rng);
    const least = leastDistance({a, b, c});
    const best = (dot(a, c) - b) / size;
    const dual = (lambda: number) => -(mutated ? 0.25 : 0.5) * lambda ** 2 * size + lambda * (dot(a, c) - b);
    return broken(Array.from({length: 60}, (_, i): [number, number] => [least, dual((i / 30) * best)]));
  }
);

const maximumEntropy = numbered(
  "max-entropy",
  "the slope of H at the softmax along every direction that keeps Σp and Σps: the norm of what is left of ∇H",
  "s² instead of s in the exponent",
  (rng, mutated) => {
    const [s, tau] = [randomVector(rng, 6), between(rng, 0.4, 2)];
    const p = softmax(s.map((value) => (mutated ? value * value : value) / tau));
    const slope = p.map((value) => -Math.log(value) - 1);
    return {got: Math.hypot(...withoutParts(slope, [p.map(() => 1), s])), expected: 0, within: 1e-10};
  }
);

/** What remains of v when its parts along the other vectors are taken off (Gram–Schmidt). */
function withoutParts(v: Vector, others: Vector[]): Vector {
  const basis: Vector[] = [];
  const reduce = (x: Vector) =>
    basis.reduce((rest, unit) => {
      const along = dot(rest, unit);
      return rest.map((value, i) => value - along * unit[i]);
    }, x);
  for (const other of others) {
    const rest = reduce(other);
    const length = Math.hypot(...rest);
    basis.push(rest.map((value) => value / length));
  }
  return reduce(v);
}

const temperature = numbered(
  "temperature",
  "dH*/dc by central differences over τ, against −1/τ",
  "−τ",
  (rng, mutated) => {
    const [s, tau] = [randomVector(rng, 6), between(rng, 1.2, 2.5)];
    const at = (t: number) => {
      const p = softmax(s.map((value) => value / t));
      return {entropy: entropy(p), mean: dot(p, s)};
    };
    const h = 1e-4;
    const [ahead, behind] = [at(tau + h), at(tau - h)];
    const got = (ahead.entropy - behind.entropy) / (ahead.mean - behind.mean);
    return {got, expected: mutated ? -tau : -1 / tau, within: 1e-6};
  }
);

const obtuse = (v: Vector, x: Vector): Comparison =>
  broken(x.map((_, k) => [0, v.reduce((sum, vi, i) => sum + (vi - x[i]) * ((i === k ? 1 : 0) - x[i]), 0)]));

const projection = numbered(
  "projection",
  "(v − x)ᵀ(e_k − x) ≤ 0 for all corners e_k, at x = (v − θ)₊: only the nearest point has it",
  "negative entries cut off and the rest divided by its sum",
  (rng, mutated) => {
    const v = randomVector(rng, 6).map((value) => 0.7 * value + 0.2);
    const cut = v.map((value) => Math.max(0, value));
    const sum = cut.reduce((a, b) => a + b, 0) || 1;
    return obtuse(v, mutated ? cut.map((value) => value / sum) : projectOnSimplex(v));
  }
);

const theta = numbered(
  "theta",
  "θ by sorting, against 200 bisections of Σ (v − θ)₊ = 1",
  "Σv instead of Σv − 1",
  (rng, mutated) => {
    const v = randomVector(rng, 6);
    let [low, high] = [Math.min(...v) - 1, Math.max(...v)];
    for (let i = 0; i < 200; ++i) {
      const middle = (low + high) / 2;
      if (v.reduce((sum, value) => sum + Math.max(0, value - middle), 0) > 1) low = middle;
      else high = middle;
    }
    const kept = v.filter((value) => value > threshold(v)).length;
    return {got: threshold(v) + (mutated ? 1 / kept : 0), expected: low, within: 1e-12};
  }
);

/** Section 6 of the page: multipliers. */
export const constrained: Equation[] = [nearest, sensitivity, weak, maximumEntropy, temperature, projection, theta];
