import {apply, build, dot, multiply, trace, type Vector} from "../../components/math/matrix.js";
import type {Equation} from "../../components/math/equation.js";
import type {Rng} from "../../components/math/random.js";
import {randomOrthonormal, randomVector} from "../../components/math/randomMatrix.js";
import {softmax} from "../../components/math/softmax.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import {quadratic, softMaximum, withEigenvalues} from "../smoothProblems.js";

const plus = (x: Vector, y: Vector, s = 1): Vector => x.map((value, i) => value + s * y[i]);
const soft = (rng: Rng) =>
  softMaximum(
    Array.from({length: 5}, () => randomVector(rng, 3)),
    0
  );

const chord = numbered(
  "chord",
  "the chord's height above a random quadratic, against ½ t(1 − t)(x − y)ᵀA(x − y)",
  "t instead of t (1 − t)",
  (rng, mutated) => {
    const a = withEigenvalues(randomOrthonormal(rng, 4), randomVector(rng, 4));
    const [f, x, y, t] = [quadratic(a), randomVector(rng, 4), randomVector(rng, 4), between(rng, 0.2, 0.8)];
    const point = x.map((xi, i) => (1 - t) * xi + t * y[i]);
    const got = (1 - t) * f.value(x) + t * f.value(y) - f.value(point);
    const d = plus(x, y, -1);
    return {got, expected: 0.5 * t * (mutated ? 1 : 1 - t) * dot(d, apply(a, d)), within: 1e-12};
  }
);

const firstOrder = numbered(
  "first-order",
  "ln Σ exp (Bx) above its tangent planes: the worst of 60 pairs of points",
  "the gradient's sign",
  (rng, mutated) => {
    const f = soft(rng);
    const pairs = Array.from({length: 60}, (): [number, number] => {
      const [x, y] = [randomVector(rng, 3), randomVector(rng, 3)];
      return [f.value(y), f.value(x) + (mutated ? -1 : 1) * dot(f.gradient(x), plus(y, x, -1))];
    });
    return broken(pairs);
  }
);

const monotone = numbered(
  "monotone",
  "(∇f(x) − ∇f(y))ᵀ(x − y) ≥ 0 for ln Σ exp (Bx): the worst of 60 pairs",
  "x + y instead of x − y",
  (rng, mutated) => {
    const f = soft(rng);
    const pairs = Array.from({length: 60}, (): [number, number] => {
      const [x, y] = [randomVector(rng, 3), randomVector(rng, 3)];
      return [dot(plus(f.gradient(x), f.gradient(y), -1), plus(x, y, mutated ? 1 : -1)), 0];
    });
    return broken(pairs);
  }
);

const secondOrder = numbered(
  "second-order",
  "the second difference of ln Σ exp (Bx) along a line, against vᵀ∇²f v",
  "the outer product pᵀp added instead of taken off",
  (rng, mutated) => {
    const [b, x, v] = [Array.from({length: 5}, () => randomVector(rng, 3)), randomVector(rng, 3), randomVector(rng, 3)];
    const f = softMaximum(b, 0);
    const h = 1e-3;
    const at = (t: number) => f.value(plus(x, v, t));
    const got = (-at(2 * h) + 16 * at(h) - 30 * at(0) + 16 * at(-h) - at(-2 * h)) / (12 * h * h);
    const p = apply(b, v);
    const weights = softmax(apply(b, x));
    const mean = dot(weights, p);
    const expected =
      dot(
        weights,
        p.map((value) => value * value)
      ) +
      (mutated ? 1 : -1) * mean ** 2;
    return {got, expected, within: 1e-6 * (1 + expected)};
  }
);

const drawn = (rng: Rng, count: number) => {
  const weights = softmax(randomVector(rng, count));
  const points = Array.from({length: count}, () => randomVector(rng, 3));
  const mean = [0, 1, 2].map((i) => points.reduce((sum, point, k) => sum + weights[k] * point[i], 0));
  return {weights, points, mean};
};

const jensen = numbered(
  "jensen",
  "E f(X) against f(E X) for f = ln Σ exp (Bx) and 40 random discrete distributions",
  "the two sides exchanged",
  (rng, mutated) => {
    const f = soft(rng);
    const pairs = Array.from({length: 40}, (): [number, number] => {
      const {weights, points, mean} = drawn(rng, 6);
      const [outside, inside] = [dot(weights, points.map(f.value)), f.value(mean)];
      return mutated ? [inside, outside] : [outside, inside];
    });
    return broken(pairs);
  }
);

const jensenGap = numbered(
  "jensen-gap",
  "E f(X) − f(E X) for a random quadratic and a discrete X, against ½ tr(A Cov X)",
  "the factor ½",
  (rng, mutated) => {
    const a = withEigenvalues(randomOrthonormal(rng, 3), [3, 1.5, 0.5]);
    const {weights, points, mean} = drawn(rng, 6);
    const f = quadratic(a);
    const covariance = build(3, 3, (i, j) =>
      points.reduce((sum, point, k) => sum + weights[k] * (point[i] - mean[i]) * (point[j] - mean[j]), 0)
    );
    const expected = (mutated ? 1 : 0.5) * trace(multiply(a, covariance));
    return {got: dot(weights, points.map(f.value)) - f.value(mean), expected, within: 1e-12};
  }
);

/** Section 2 of the page: convex functions. */
export const convexity: Equation[] = [chord, firstOrder, monotone, secondOrder, jensen, jensenGap];
