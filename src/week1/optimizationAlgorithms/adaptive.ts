import {adam, descend, gradientDescent, rmsprop} from "../../components/math/descent.js";
import type {Equation} from "../../components/math/equation.js";
import {apply, type Vector} from "../../components/math/matrix.js";
import {randomOrthonormal, randomVector} from "../../components/math/randomMatrix.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import {drift, steadySquares, turning} from "../reddi.js";
import {withEigenvalues} from "../smoothProblems.js";

const bowl = ([x, y]: Vector): Vector => [x, 7 * y];

const preconditioned = numbered(
  "preconditioned",
  "20 steps x ← x − ηP⁻¹∇f, against GD on f(P^−½ y) from y = P^½ x, taken back",
  "P instead of P^½",
  (rng, mutated) => {
    const a = withEigenvalues(randomOrthonormal(rng, 3), [5, 2, 0.5]);
    const [p, start, rate] = [[between(rng, 2, 4), between(rng, 1, 2), 0.5], randomVector(rng, 3), 0.05];
    const half = p.map((value) => value ** (mutated ? 1 : 0.5));
    const gradient = (x: Vector) => apply(a, x);
    const straight = descend(gradientDescent(), (x) => gradient(x).map((g, i) => g / p[i]), start, {rate, steps: 20});
    const inside = descend(
      gradientDescent(),
      (y) => gradient(y.map((value, i) => value / half[i])).map((g, i) => g / half[i]),
      start.map((value, i) => value * half[i]),
      {rate, steps: 20}
    );
    return apart(straight[20], inside[20].map((value, i) => value / half[i])); // prettier-ignore
  }
);

const rmsFirst = numbered(
  "rms-first",
  "the first step of RMSProp with ε = 0 for a gradient between 10⁻⁶ and 10⁶, in units of η, against 1/√(1 − ρ)",
  "1/(1 − ρ)",
  (rng, mutated) => {
    const [rho, g] = [between(rng, 0.5, 0.99), 10 ** between(rng, -6, 6)];
    const path = descend(rmsprop({rho, epsilon: 0}), () => [g], [0], {rate: 1, steps: 1});
    return {got: -path[1][0], expected: 1 / (mutated ? 1 - rho : Math.sqrt(1 - rho)), within: 1e-9};
  }
);

const scaleFree = numbered(
  "scale-free",
  "30 steps of RMSProp and Adam with ε = 0 on f and on c f: the largest difference",
  "gradient descent in their place",
  (rng, mutated) => {
    const [c, start] = [between(rng, 2, 5), randomVector(rng, 2)];
    const methods = mutated ? [gradientDescent()] : [rmsprop({epsilon: 0}), adam({epsilon: 0})];
    const paths = (factor: number) =>
      methods.flatMap((method) =>
        descend(method as ReturnType<typeof gradientDescent>, (x) => bowl(x).map((g) => factor * g), start, {
          rate: 0.02,
          steps: 30
        })
      );
    return apart(paths(c).flat(), paths(1).flat(), 1e-12);
  }
);

const rmsCycle = numbered(
  "rms-cycle",
  "the loss after 1,500 steps of RMSProp with ε = 0 on a bowl, against η²(μ + L)/8",
  "steps of η/√(1 − ρ) for ever",
  (rng, mutated) => {
    const [mu, L, rate] = [between(rng, 0.5, 1), between(rng, 1, 4), between(rng, 0.01, 0.03)];
    const start = [between(rng, 1, 2), between(rng, -2, -1)];
    const path = descend(rmsprop({epsilon: 0}), ([x, y]) => [mu * x, L * y], start, {rate, steps: 1500});
    const [x, y] = path[1500];
    const expected = ((mu + L) * rate ** 2) / 8 / (mutated ? 0.1 : 1);
    return {got: 0.5 * (mu * x * x + L * y * y), expected, within: 1e-9};
  }
);

const weights = numbered(
  "adam-weights",
  "m after 25 random gradients by its recurrence, against the weighted sum",
  "the weight of the newest gradient β instead of 1",
  (rng, mutated) => {
    const [beta, gradients] = [between(rng, 0.5, 0.95), randomVector(rng, 25)];
    const got = gradients.reduce((m, g) => beta * m + (1 - beta) * g, 0);
    const sum = gradients.reduce((all, g, i) => all + beta ** (gradients.length - 1 - i + (mutated ? 1 : 0)) * g, 0);
    return {got, expected: (1 - beta) * sum, within: 1e-12};
  }
);

const bias = numbered(
  "adam-bias",
  "E m₇ over all 2⁷ sequences of two equally likely gradients, against (1 − β⁷) E g",
  "β⁶",
  (rng, mutated) => {
    const [beta, low, high] = [between(rng, 0.5, 0.95), between(rng, -1, 0.5), between(rng, 1, 3)];
    const mean = (m: number, left: number): number =>
      left === 0 ? m : (mean(beta * m + (1 - beta) * low, left - 1) + mean(beta * m + (1 - beta) * high, left - 1)) / 2;
    return {got: mean(0, 7), expected: (1 - beta ** (mutated ? 6 : 7)) * ((low + high) / 2), within: 1e-12};
  }
);

const adamFirst = numbered(
  "adam-first",
  "the first step of Adam for a gradient between 10⁻⁹ and 10³, against η|g|/(|g| + ε)",
  "no bias correction: (1 − β₁)/√(1 − β₂) times that",
  (rng, mutated) => {
    const [g, epsilon] = [10 ** between(rng, -9, 3), 1e-8];
    const path = descend(adam({epsilon}), () => [g], [0], {rate: 1, steps: 1});
    const expected = mutated ? (0.1 * g) / (Math.sqrt(0.001) * g + epsilon) : g / (g + epsilon);
    return {got: -path[1][0], expected, within: 1e-9};
  }
);

const sparse = numbered(
  "adam-sparse",
  "Adam's step at the first gradient after t − 1 zeros, in units of η, against the formula",
  "the two roots exchanged",
  (rng, mutated) => {
    const [beta1, beta2] = [between(rng, 0.5, 0.9), between(rng, 0.95, 0.999)];
    const t = 20 + Math.floor(100 * rng.next());
    let step = 0;
    const path = descend(adam({beta1, beta2, epsilon: 0}), () => [++step === t ? 3 : 0], [0], {rate: 1, steps: t});
    const [c1, c2] = [1 - beta1 ** t, 1 - beta2 ** t];
    const expected = ((1 - beta1) / Math.sqrt(1 - beta2)) * (mutated ? c1 / Math.sqrt(c2) : Math.sqrt(c2) / c1);
    return {got: path[t - 1][0] - path[t][0], expected, within: 1e-9};
  }
);

const turn = numbered(
  "turn",
  "the way of Adam with β₁ = 0 in the 40th turn of the gradients C, −1, −1, in units of η, against the formula",
  "one −1 in a turn",
  (rng, mutated) => {
    const [c, beta2] = [between(rng, 2.5, 6), between(rng, 0.05, 0.6)];
    const gradient = turning(c);
    let [v, x] = [0, 0];
    const xs = Array.from({length: 120}, (_, k) => {
      v = beta2 * v + (1 - beta2) * gradient(k) ** 2;
      return (x -= gradient(k) / Math.sqrt(v));
    });
    const spared = mutated ? 1 / Math.sqrt(steadySquares(c, beta2)[2]) : 0;
    return {got: xs[119] - xs[116], expected: drift(c, beta2) - spared, within: 1e-9};
  }
);

/** Sections 3 and 4 of the page: a rate for every coordinate. */
export const adaptive: Equation[] = [
  preconditioned,
  rmsFirst,
  scaleFree,
  rmsCycle,
  weights,
  bias,
  adamFirst,
  sparse,
  turn
];
