import type {Equation} from "../../components/math/equation.js";
import {dot} from "../../components/math/matrix.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import type {Rng} from "../../components/math/random.js";
import {between, numbered} from "../../components/math/numbered.js";
import {overSigns} from "../resnet/overSigns.js";

const meanSquare = (x: number[]): number => x.reduce((sum, value) => sum + value * value, 0) / x.length;
const relu = (x: number): number => Math.max(x, 0);

/** The mean of f over every choice of signs for `count` weights of ±deviation: an expectation that is finite and exact. */
const expectation = (count: number, deviation: number, f: (w: number[]) => number): number =>
  overSigns(count, (signs) => f(signs.map((sign) => sign * deviation)));

const deviation = (rng: Rng) => between(rng, 0.3, 1.5);

/** W h for n outputs, its rows one after another in w. */
const product = (w: number[], h: number[], outputs: number): number[] =>
  Array.from({length: outputs}, (_, o) => dot(w.slice(o * h.length, (o + 1) * h.length), h));

/** E f(g) for normal g: the trapezoid's rule on a grid of 0.01, which the kink of a ReLU may meet anywhere. */
function normalMean(f: (g: number) => number, shift: number): number {
  let sum = 0;
  for (let k = -1200; k < 1200; ++k) {
    const g = 0.01 * (k + shift);
    sum += f(g) * Math.exp(-0.5 * g * g);
  }
  return (0.01 * sum) / Math.sqrt(2 * Math.PI);
}

/** Variance forward and back, and what becomes of it in depth. */
export const depthEquations: Equation[] = [
  numbered(
    "forward",
    "E(w·x)² over all 1,024 signs of ten weights ±σ, against σ² Σ x²",
    "σ² (Σ x)²",
    (rng, mutated) => {
      // prettier-ignore
      const [x, s] = [randomVector(rng, 10), deviation(rng)];
      const right = mutated ? x.reduce((a, b) => a + b) ** 2 : 10 * meanSquare(x);
      return {got: expectation(10, s, (w) => dot(w, x) ** 2), expected: s * s * right, within: 1e-9};
    }
  ),
  numbered(
    "half",
    "E relu(z)² over all 1,024 signs of ten weights, against half of E z²",
    "all of it",
    (rng, mutated) => {
      // prettier-ignore
      const [x, s] = [randomVector(rng, 10), deviation(rng)];
      const all = expectation(10, s, (w) => dot(w, x) ** 2);
      return {got: expectation(10, s, (w) => relu(dot(w, x)) ** 2), expected: all * (mutated ? 1 : 0.5), within: 1e-9};
    }
  ),
  numbered(
    "layer",
    "the mean square of relu(W h), 3 → 3, over all 512 signs, against (n σ²/2) times that of h",
    "n σ²",
    (rng, mutated) => {
      // prettier-ignore
      const [h, s] = [randomVector(rng, 3), deviation(rng)];
      const got = expectation(9, s, (w) => meanSquare(product(w, h, 3).map(relu)));
      return {got, expected: ((3 * s * s) / (mutated ? 1 : 2)) * meanSquare(h), within: 1e-9};
    }
  ),
  numbered(
    "depth",
    "two layers of 2 × 2 and ReLU, over all 256 signs, against (n σ²/2)² times the mean square of the input",
    "(n σ²/2)",
    (rng, mutated) => {
      // prettier-ignore
      const [h, s] = [randomVector(rng, 2), deviation(rng)];
      const through = (w: number[]) => product(w.slice(4), product(w.slice(0, 4), h, 2).map(relu), 2).map(relu);
      const got = expectation(8, s, (w) => meanSquare(through(w)));
      return {got, expected: (s * s) ** (mutated ? 1 : 2) * meanSquare(h), within: 1e-9};
    }
  ),
  numbered(
    "kaiming",
    "the same two layers with σ² = 2/n: the mean square of the input, unchanged",
    "σ² = 1/n",
    (rng, mutated) => {
      // prettier-ignore
      const [h, s] = [randomVector(rng, 2), Math.sqrt((mutated ? 1 : 2) / 2)];
      const through = (w: number[]) => product(w.slice(4), product(w.slice(0, 4), h, 2).map(relu), 2).map(relu);
      return {got: expectation(8, s, (w) => meanSquare(through(w))), expected: meanSquare(h), within: 1e-9};
    }
  ),
  numbered(
    "backward",
    "the mean square of Wᵀḡ for W 4 × 2 over all 256 signs, against n_out σ² times that of ḡ",
    "n_in σ²",
    (rng, mutated) => {
      // prettier-ignore
      const [g, s] = [randomVector(rng, 4), deviation(rng)]; // four outputs, two inputs
      const back = (w: number[]) => [0, 1].map((i) => g.reduce((sum, go, o) => sum + w[2 * o + i] * go, 0));
      const got = expectation(8, s, (w) => meanSquare(back(w)));
      return {got, expected: (mutated ? 2 : 4) * s * s * meanSquare(g), within: 1e-9};
    }
  ),
  numbered(
    "xavier",
    "σ² at which n_in σ² and n_out σ² are as far above 1 as below, by bisection, against 2/(n_in + n_out)",
    "1/n_in",
    (rng, mutated) => {
      // prettier-ignore
      const [inputs, outputs] = [between(rng, 5, 50), between(rng, 60, 200)];
      let [low, high] = [0, 1];
      for (let k = 0; k < 60; ++k) {
        const middle = (low + high) / 2;
        if (outputs * middle - 1 > 1 - inputs * middle) high = middle;
        else low = middle;
      }
      return {got: low, expected: mutated ? 1 / inputs : 2 / (inputs + outputs), within: 1e-12};
    }
  ),
  numbered("fourth", "the variance of 2 relu(g)², g normal, by quadrature, against 5", "3", (rng, mutated) => {
    const q = (k: number) => normalMean((g) => (2 * relu(g) ** 2) ** k, rng.next());
    return {got: q(2) - q(1) ** 2, expected: mutated ? 3 : 5, within: 1e-6};
  }),
  numbered(
    "wander",
    "E of the squared mean square after L layers, from moments by quadrature, against (1 + 5/n)^L",
    "1 + 5L/n",
    (rng, mutated) => {
      // prettier-ignore
      const [n, L] = [8 + rng.integers(1, 500)[0], 5 + rng.integers(1, 60)[0]];
      const q = (k: number) => normalMean((g) => (2 * relu(g) ** 2) ** k, rng.next());
      const each = (n * q(2) + n * (n - 1) * q(1) ** 2) / n ** 2; // of a mean of n independent ones
      const expected = mutated ? 1 + (5 * L) / n : (1 + 5 / n) ** L;
      return {got: each ** L, expected, within: 1e-5 * expected};
    }
  )
];
