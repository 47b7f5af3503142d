import {apply, dot, type Vector} from "../../components/math/matrix.js";
import type {Equation} from "../../components/math/equation.js";
import type {Rng} from "../../components/math/random.js";
import {randomOrthonormal, randomVector} from "../../components/math/randomMatrix.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import {quadratic, withEigenvalues} from "../smoothProblems.js";

const plus = (x: Vector, y: Vector, s = 1): Vector => x.map((value, i) => value + s * y[i]);

/** A random quadratic in four dimensions with curvatures from μ to L, and unit vectors along these two. */
function bowl(rng: Rng) {
  const [mu, L] = [between(rng, 0.2, 1), between(rng, 3, 9)];
  const q = randomOrthonormal(rng, 4);
  const a = withEigenvalues(q, [mu, between(rng, mu, L), between(rng, mu, L), L]);
  return {...quadratic(a), ...{a, mu, L, flat: q[0], steep: q[3]}};
}

/** Pairs of points: 30 at random, and two apart along the steepest and the flattest direction, where bounds are attained. */
function pairsOf(rng: Rng, {steep, flat}: {steep: Vector; flat: Vector}): [Vector, Vector][] {
  const random = Array.from({length: 30}, (): [Vector, Vector] => [randomVector(rng, 4), randomVector(rng, 4)]);
  const x = randomVector(rng, 4);
  return [...random, [x, plus(x, steep)], [x, plus(x, flat)]];
}

const upper = numbered(
  "upper",
  "a random quadratic below its upper parabola: the worst of 32 pairs, one of them along the steepest direction",
  "L/4 instead of L/2",
  (rng, mutated) => {
    const f = bowl(rng);
    const bound = (x: Vector, d: Vector) =>
      f.value(x) + dot(f.gradient(x), d) + (mutated ? 0.25 : 0.5) * f.L * dot(d, d);
    return broken(pairsOf(rng, f).map(([x, y]) => [bound(x, plus(y, x, -1)), f.value(y)]));
  }
);

const lower = numbered(
  "lower",
  "a random quadratic above its lower parabola: the worst of 32 pairs, one of them along the flattest direction",
  "μ instead of μ/2",
  (rng, mutated) => {
    const f = bowl(rng);
    const bound = (x: Vector, d: Vector) => f.value(x) + dot(f.gradient(x), d) + (mutated ? 1 : 0.5) * f.mu * dot(d, d);
    return broken(pairsOf(rng, f).map(([x, y]) => [f.value(y), bound(x, plus(y, x, -1))]));
  }
);

const coercive = numbered(
  "coercive",
  "(∇f(x) − ∇f(y))ᵀ(x − y) against ‖∇f(x) − ∇f(y)‖² / L: the worst of 32 pairs",
  "the factor 2 of the half-way inequality kept: 2/L",
  (rng, mutated) => {
    const f = bowl(rng);
    return broken(
      pairsOf(rng, f).map(([x, y]) => {
        const [d, g] = [plus(x, y, -1), plus(f.gradient(x), f.gradient(y), -1)];
        return [dot(g, d), ((mutated ? 2 : 1) / f.L) * dot(g, g)];
      })
    );
  }
);

const strongCoercive = numbered(
  "strong-coercive",
  "the same with the term of μ: the worst of 32 pairs",
  "μL without the division by μ + L",
  (rng, mutated) => {
    const f = bowl(rng);
    const sum = f.L + f.mu;
    return broken(
      pairsOf(rng, f).map(([x, y]) => {
        const [d, g] = [plus(x, y, -1), plus(f.gradient(x), f.gradient(y), -1)];
        return [dot(g, d), ((f.mu * f.L) / (mutated ? 1 : sum)) * dot(d, d) + dot(g, g) / sum];
      })
    );
  }
);

const descent = numbered(
  "descent",
  "f after a step of 40 different lengths against the descent lemma, from points on the steepest axis and elsewhere",
  "ηL/4 instead of ηL/2",
  (rng, mutated) => {
    const f = bowl(rng);
    return broken(
      Array.from({length: 40}, (_, i): [number, number] => {
        const [x, rate] = [i % 2 ? randomVector(rng, 4) : f.steep, between(rng, 0.1, 2.2) / f.L];
        const g = f.gradient(x);
        return [f.value(x) - rate * (1 - (mutated ? 0.25 : 0.5) * rate * f.L) * dot(g, g), f.value(plus(x, g, -rate))];
      })
    );
  }
);

const lojasiewicz = numbered(
  "pl",
  "½ ‖∇f‖² against μ (f − f*), the worst of 32 points, two of them on the outermost axes",
  "2μ instead of μ",
  (rng, mutated) => {
    const f = bowl(rng);
    const points = pairsOf(rng, f).map(([x, y], i) => (i < 30 ? x : plus(y, x, -1)));
    return broken(points.map((x) => [0.5 * dot(f.gradient(x), apply(f.a, x)), (mutated ? 2 : 1) * f.mu * f.value(x)]));
  }
);

/** Sections 3 and 4 of the page: parabolas above and below, and the descent lemma. */
export const smoothness: Equation[] = [upper, lower, coercive, strongCoercive, descent, lojasiewicz];
