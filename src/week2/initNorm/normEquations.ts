import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {dot} from "../../components/math/matrix.js";
import {randomMatrix, randomVector} from "../../components/math/randomMatrix.js";
import type {Rng} from "../../components/math/random.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import {normalise, normaliseBackward, standardised, type Kind, type Sizes} from "./norms.js";
import {runningEquations} from "./runningEquations.js";

const sizes: Sizes = {batch: 3, channels: 4, places: 2, groups: 2};
const count = 24;
const spread = (rng: Rng, n: number) => Array.from(rng.uniform(n, 0.5, 2));

/** Backward by hand against central differences of Σ u ⊙ y, for one kind; the mutation leaves out the last term. */
function backward(name: string, kind: Kind, says: string): Equation {
  return numbered(
    name,
    `${says}, 3 examples × 4 channels × 2 places, x̄ against central differences`,
    "x̂ mean(g x̂) left out",
    (rng, mutated) => {
      // prettier-ignore
      const [x, u, gamma, beta] = [randomVector(rng, count), randomVector(rng, count), spread(rng, 4), randomVector(rng, 4)]; // prettier-ignore
      const epsilon = 1e-3;
      const numeric = numericGradient((v) => dot(Array.from(normalise(v, [gamma, beta], kind, sizes, epsilon)), u), x);
      const {dx} = normaliseBackward(x, u, gamma, kind, sizes, epsilon);
      return apart(mutated ? withoutAlong(x, u, gamma, kind, epsilon) : dx, numeric, 1e-7);
    }
  );
}

function withoutAlong(x: number[], u: number[], gamma: number[], kind: Kind, epsilon: number): Float64Array {
  const {dx} = normaliseBackward(x, u, gamma, kind, sizes, epsilon);
  const {unit, deviation} = standardised(x, kind, sizes, epsilon);
  return dx.map((value, i) => value + unit[i] / deviation[i]);
}

/** The loss of one batch-normalised unit by its weights: Σ u ⊙ tanh(x̂), x = X w, ε = 0. */
function unitLoss(X: number[][], u: number[]) {
  const [line, one] = [{batch: X.length, channels: 1, places: 1}, [1]];
  const forward = (w: number[]) => X.map((row) => dot(row, w));
  const loss = (w: number[]) => dot(u, Array.from(standardised(forward(w), "batch", line, 0).unit.map(Math.tanh)));
  const slope = (w: number[]) => {
    const x = forward(w);
    const {unit} = standardised(x, "batch", line, 0);
    const {dx} = normaliseBackward(x, unit.map((value, i) => u[i] * (1 - Math.tanh(value) ** 2)), one, "batch", line, 0); // prettier-ignore
    return w.map((_, j) => dot(X.map((row) => row[j]), Array.from(dx))); // prettier-ignore
  };
  return {loss, slope};
}

/** A drawn unit: 6 examples of 3 numbers. */
function unit(rng: Rng) {
  const [X, u, w] = [randomMatrix(rng, 6, 3), randomVector(rng, 6), randomVector(rng, 3)];
  return {w, ...unitLoss(X, u)};
}

/** Normalisation, its gradients and what it leaves unchanged. */
export const normEquations: Equation[] = [
  numbered(
    "standardise",
    "the mean of x̂ and of x̂² over a channel of 3 × 2 numbers, ε = 0, against 0 and 1",
    "σ² divided by N − 1",
    (rng, mutated) => {
      // prettier-ignore
      const x = randomVector(rng, 6).map((value) => 3 * value + 2);
      const {unit} = standardised(x, "batch", {batch: 3, channels: 1, places: 2}, 0);
      const mean = (k: number) => unit.reduce((sum, value) => sum + value ** k, 0) / 6;
      return apart([mean(1), mean(2) * (mutated ? 5 / 6 : 1)], [0, 1], 1e-12);
    }
  ),
  backward("bn-backward", "batch", "Batch normalisation"),
  numbered("gamma-beta", "γ̄ and β̄ of batch normalisation against central differences", "γ̄ = Σ ȳ x", (rng, mutated) => {
    // prettier-ignore
    const [x, u, gamma, beta] = [randomVector(rng, count).map((v) => v + 1), randomVector(rng, count), spread(rng, 4), randomVector(rng, 4)]; // prettier-ignore
    const {dgamma, dbeta} = normaliseBackward(x, u, gamma, "batch", sizes);
    const f = (v: number[]) => dot(Array.from(normalise(x, [v.slice(0, 4), v.slice(4)], "batch", sizes)), u);
    const wrong = gamma.map((_, c) => x.reduce((sum, value, i) => sum + (Math.floor(i / 2) % 4 === c ? u[i] * value : 0), 0)); // prettier-ignore
    return apart([...(mutated ? wrong : dgamma), ...dbeta], numericGradient(f, [...gamma, ...beta]), 1e-7);
  }),
  numbered("orthogonal", "Σ x̄ and Σ x̄ x̂ over a channel, ε = 0, γ = 1, against 0", "ȳ instead of x̄", (rng, mutated) => {
    // prettier-ignore
    const [x, u] = [randomVector(rng, 8), randomVector(rng, 8)];
    const line = {batch: 8, channels: 1, places: 1};
    const {unit: xhat} = standardised(x, "batch", line, 0);
    const dx = mutated ? u : Array.from(normaliseBackward(x, u, [1], "batch", line, 0).dx);
    return apart([dx.reduce((a, b) => a + b), dot(dx, Array.from(xhat))], [0, 0], 1e-10);
  }),
  ...runningEquations,
  numbered(
    "pair",
    "x̂ of two numbers, ε = 0, against (1, −1) for the larger first; and x̄ against 0",
    "the difference over σ",
    (rng, mutated) => {
      // prettier-ignore
      const [low, gap, u] = [between(rng, -3, 3), between(rng, 0.1, 4), randomVector(rng, 2)];
      const pair = {batch: 2, channels: 1, places: 1};
      const {unit: xhat} = standardised([low + gap, low], "batch", pair, 0);
      const {dx} = normaliseBackward([low + gap, low], u, [1], "batch", pair, 0);
      return apart([...xhat, ...dx], mutated ? [2, -2, 0, 0] : [1, -1, 0, 0], 1e-8);
    }
  ),
  backward("ln-backward", "layer", "Layer normalisation"),
  numbered(
    "gn-limits",
    "group normalisation with G = C against instance, with G = 1 against layer normalisation",
    "G = 2 for G = C",
    (rng, mutated) => {
      // prettier-ignore
      const x = randomVector(rng, count);
      const as = (kind: Kind, groups?: number) => Array.from(standardised(x, kind, {...sizes, groups}).unit);
      return apart([...as("group", mutated ? 2 : 4), ...as("group", 1)], [...as("instance"), ...as("layer")], 1e-12);
    }
  ),
  backward("rms-backward", "rms", "RMS normalisation"),
  numbered(
    "rms-invariance",
    "x̂ of a x (a > 0), and x̂ of x − mean x by RMS against layer normalisation, ε = 0",
    "x itself, not centred",
    (rng, mutated) => {
      // prettier-ignore
      const [x, a] = [randomVector(rng, 7).map((v) => v + 1), between(rng, 0.1, 9)];
      const row = {batch: 1, channels: 7, places: 1};
      const mean = x.reduce((sum, v) => sum + v, 0) / 7;
      const by = (v: number[], kind: Kind) => Array.from(standardised(v, kind, row, 0).unit);
      const centred = x.map((v) => v - (mutated ? 0 : mean));
      return apart([...by(x.map((v) => a * v), "rms"), ...by(centred, "rms")], [...by(x, "rms"), ...by(x, "layer")], 1e-10); // prettier-ignore
    }
  ),
  numbered(
    "scale",
    "the loss and the gradient of a batch-normalised unit at a w, against the loss and 1/a of the gradient at w",
    "the gradient itself",
    (rng, mutated) => {
      // prettier-ignore
      const {w, loss, slope} = unit(rng);
      const a = between(rng, 2, 5);
      const there = w.map((value) => a * value);
      return apart([loss(there), ...slope(there)], [loss(w), ...slope(w).map((g) => g / (mutated ? 1 : a))], 1e-9);
    }
  ),
  numbered(
    "euler",
    "wᵀ∇ of a batch-normalised unit, by hand and by central differences, against 0",
    "wᵀ(∇ + w)",
    (rng, mutated) => {
      // prettier-ignore
      const {w, loss, slope} = unit(rng);
      const numeric = numericGradient(loss, w).map((g, i) => g + (mutated ? w[i] : 0));
      return apart([dot(w, slope(w)), dot(w, numeric)], [0, 0], 1e-7);
    }
  ),
  numbered("growth", "‖w‖² after one step of gradient descent, against ‖w‖² + η²‖∇‖²", "minus", (rng, mutated) => {
    const {w, slope} = unit(rng);
    const [g, rate] = [slope(w), between(rng, 0.1, 1)];
    const moved = w.map((value, i) => value - rate * g[i]);
    return {got: dot(moved, moved), expected: dot(w, w) + (mutated ? -1 : 1) * rate ** 2 * dot(g, g), within: 1e-9};
  })
];
