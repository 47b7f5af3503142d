import type {Equation} from "../../components/math/equation.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import {integrate} from "../../components/math/quadrature.js";
import {clippedMoments, clippedSquare, cosineOf, heavy, norm, ontoBall, ontoCube, tail} from "./clipping.js";

const minus = (a: number[], b: number[]) => a.map((x, i) => x - b[i]);

const ball = numbered(
  "ball",
  "500 drawn points of the ball, none nearer to g than its clipped form",
  "the direction of the signs, of length c",
  (rng, mutated) => {
    const [g, c] = [[3, -1, 0.5].map((x) => x + rng.next()), between(rng, 0.5, 1.5)];
    const nearest = mutated ? ontoBall(g.map((x) => 10 * Math.sign(x)), c) : ontoBall(g, c); // prettier-ignore
    const points = Array.from({length: 500}, () => ontoBall(Array.from(rng.normal(3)).map((x) => 3 * x), c)); // prettier-ignore
    return broken([...points, ontoBall(g, c)].map((p) => [norm(minus(g, p)), norm(minus(g, nearest))]));
  }
);

const cube = numbered(
  "cube",
  "500 drawn points of the cube, none nearer to g than its clipped form",
  "the whole vector shortened until it is inside",
  (rng, mutated) => {
    const [g, c] = [[3, -0.4, 0.8].map((x) => x + 0.1 * rng.next()), between(rng, 0.9, 1.1)];
    const largest = Math.max(...g.map(Math.abs));
    const nearest = mutated ? g.map((x) => (x * c) / largest) : ontoCube(g, c);
    const points = Array.from({length: 500}, () => Array.from(rng.uniform(3, -c, c)));
    return broken([...points, ontoCube(g, c)].map((p) => [norm(minus(g, p)), norm(minus(g, nearest))]));
  }
);

const closer = numbered(
  "closer",
  "200 pairs of vectors, clipped by norm and by value, none farther apart than before",
  "both made exactly c long",
  (rng, mutated) => {
    const pairs = Array.from({length: 200}, () => [0, 1].map(() => Array.from(rng.normal(3)).map((x) => 0.3 * x)));
    const clip = (g: number[]) => (mutated ? g.map((x) => x / norm(g)) : ontoBall(g, 1));
    return broken(
      pairs.flatMap(([a, b]): [number, number][] => [
        [norm(minus(a, b)), norm(minus(clip(a), clip(b)))],
        [norm(minus(a, b)), norm(minus(ontoCube(a, 0.3), ontoCube(b, 0.3)))]
      ])
    );
  }
);

const turned = numbered(
  "turned",
  "the angle between (a, 1, …, 1) and its form clipped by value at 1, from the vectors, against the formula",
  "clipped by norm, which keeps the direction",
  (rng, mutated) => {
    const [a, d] = [between(rng, 20, 60), 4 + rng.integers(1, 60)[0]];
    const g = [a, ...(Array(d - 1).fill(1) as number[])];
    const got = cosineOf(g, mutated ? ontoBall(g, 1) : ontoCube(g, 1));
    return {got, expected: (a + d - 1) / Math.sqrt(d * (a * a + d - 1)), within: 1e-12};
  }
);

const cake = numbered(
  "cake",
  "mean and mean square of 40,000 drawn and clipped gradients, against the integrals of their tails",
  "the mean before clipping",
  (rng, mutated) => {
    const [mu, c, alpha] = [1, between(rng, 1.5, 2.5), between(rng, 1.3, 1.8)];
    let [mean, square] = [0, 0];
    for (let i = 0; i < 40_000; ++i) {
      const [x] = ontoCube([mu + heavy(rng, alpha)], c);
      [mean, square] = [mean + x / 40_000, square + (x * x) / 40_000];
    }
    const theory = clippedMoments(mu, c, alpha);
    const gap = Math.max(Math.abs(mean - (mutated ? mu : theory.mean)), Math.abs(square - theory.square));
    return {got: gap, expected: 0, within: 0.04};
  }
);

const finite = numbered(
  "heavy",
  "the integral of 2z P(|Z| > z) from 0 to c, against the closed form",
  "the exponent 1 − α where 2 − α stands",
  (rng, mutated) => {
    const [c, alpha] = [between(rng, 5, 50), between(rng, 1.2, 1.8)];
    const got = integrate((z) => 2 * z * tail(z, alpha), 0, c, 1e-10);
    return {got, expected: mutated ? clippedSquare(c, alpha + 1) : clippedSquare(c, alpha), within: 1e-8};
  }
);

/** In the order of the page. */
export const clippingEquations: Equation[] = [ball, cube, closer, turned, cake, finite];
