import {sigmoid} from "../../components/math/activations.js";
import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {crossEntropy, softmax} from "../../components/math/softmax.js";
import {apart, between, broken, numbered} from "../../components/math/numbered.js";
import {smoothedTarget} from "../byHand.js";
import * as f from "./formulas.js";

const drawTarget = (z: number[]) => softmax(z);

const gradient = numbered(
  "ce-gradient",
  "softmax minus target for a soft target of four classes, against central differences",
  "the softmax alone",
  (rng, mutated) => {
    const [z, t] = [randomVector(rng, 4), drawTarget(randomVector(rng, 4))];
    const byHand = softmax(z).map((p, k) => p - (mutated ? 0 : t[k]));
    return apart(
      byHand,
      numericGradient((at) => crossEntropy(at, t), z),
      1e-8
    );
  }
);

const divergence = numbered(
  "kl",
  "Σ t ln(t / p) summed term by term, against cross-entropy less entropy",
  "t and p exchanged",
  (rng, mutated) => {
    const [z, t] = [randomVector(rng, 5), drawTarget(randomVector(rng, 5))];
    const p = softmax(z);
    const [a, b] = mutated ? [p, t] : [t, p];
    const expected = a.reduce((sum, ak, k) => sum + ak * Math.log(ak / b[k]), 0);
    return {got: crossEntropy(z, t) - f.entropy(t), expected, within: 1e-12};
  }
);

const binary = numbered(
  "bce",
  "−t ln σ(z) − (1 − t) ln(1 − σ(z)), against the cross-entropy of two logits (z, 0)",
  "the logits (z, −z)",
  (rng, mutated) => {
    const [z, t] = [between(rng, 0.5, 3), between(rng, 0.1, 0.4)];
    const expected = crossEntropy([z, mutated ? -z : 0], [t, 1 - t]);
    return {got: -t * Math.log(sigmoid(z)) - (1 - t) * Math.log(1 - sigmoid(z)), expected, within: 1e-12};
  }
);

const binaryGradient = numbered(
  "bce-gradient",
  "σ(z) − t, against a central difference",
  "with the slope of the sigmoid, as MSE has it",
  (rng, mutated) => {
    const [z, t] = [between(rng, -3, 3), between(rng, 0, 0.02)];
    const s = sigmoid(z);
    const got = (s - t) * (mutated ? s * (1 - s) : 1);
    return {got, expected: numericGradient(([x]) => f.binary(x, t), [z])[0], within: 1e-8};
  }
);

const saturated = numbered(
  "saturation",
  "the slope of (σ(z) − t)², against a central difference",
  "without the slope of the sigmoid",
  (rng, mutated) => {
    const [z, t] = [between(rng, -3, 3), rng.integers(1, 2)[0]];
    const s = sigmoid(z);
    const got = 2 * (s - t) * (mutated ? 1 : s * (1 - s));
    return {got, expected: numericGradient(([x]) => (sigmoid(x) - t) ** 2, [z])[0], within: 1e-8};
  }
);

const smoothing = numbered(
  "smoothing-split",
  "the cross-entropy with the smoothed target, against its two parts",
  "the uniform part not weighted",
  (rng, mutated) => {
    const [z, epsilon, label] = [randomVector(rng, 5), between(rng, 0.05, 0.5), rng.integers(1, 5)[0]];
    const onehot = smoothedTarget(label, 5, 0);
    const uniform = crossEntropy(z, Array(5).fill(0.2)); // prettier-ignore
    const expected = (1 - epsilon) * crossEntropy(z, onehot) + (mutated ? 1 : epsilon) * uniform;
    return {got: crossEntropy(z, smoothedTarget(label, 5, epsilon)), expected, within: 1e-12};
  }
);

const gap = numbered(
  "smoothing-gap",
  "the softmax of logits with that gap is the smoothed target",
  "ln(K / ε)",
  (rng, mutated) => {
    const [classes, epsilon] = [2 + rng.integers(1, 20)[0], between(rng, 0.02, 0.6)];
    const height = mutated ? Math.log(classes / epsilon) : f.smoothedGap(classes, epsilon);
    const z = Array.from({length: classes}, (_, k) => (k === 0 ? height : 0));
    return apart(softmax(z), smoothedTarget(0, classes, epsilon), 1e-12);
  }
);

const floor = numbered(
  "smoothing-floor",
  "the smoothed cross-entropy at the best gap is this, and at 20 random rows of logits no less",
  "the label's share taken for 1 − ε",
  (rng, mutated) => {
    const [classes, epsilon] = [2 + rng.integers(1, 20)[0], between(rng, 0.02, 0.6)];
    const [other, target] = [epsilon / classes, smoothedTarget(0, classes, epsilon)];
    const own = mutated ? 1 - epsilon : 1 - epsilon + other;
    const least = -own * Math.log(own) - (classes - 1) * other * Math.log(other);
    const loss = (z: number[]) => crossEntropy(z, target);
    const at = loss(Array.from({length: classes}, (_, k) => (k === 0 ? f.smoothedGap(classes, epsilon) : 0)));
    const drawn = Array.from({length: 20}, () => loss(randomVector(rng, classes)));
    return broken([...drawn.map((other): [number, number] => [other, least]), [at, least], [least, at]], 1e-12);
  }
);

export const classes: Equation[] = [gradient, divergence, binary, binaryGradient, saturated, smoothing, gap, floor];
