import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {crossEntropy, softmax} from "../../components/math/softmax.js";
import {apart, between, broken, numbered} from "../../components/math/numbered.js";
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
  "Σ p ln(p / q) summed term by term, against cross-entropy less entropy",
  "p and q exchanged",
  (rng, mutated) => {
    const [z, p] = [randomVector(rng, 5), drawTarget(randomVector(rng, 5))];
    const q = softmax(z);
    const [a, b] = mutated ? [q, p] : [p, q];
    const expected = a.reduce((sum, ak, k) => sum + ak * Math.log(ak / b[k]), 0);
    return {got: crossEntropy(z, p) - f.entropy(p), expected, within: 1e-12};
  }
);

const binary = numbered(
  "bce",
  "−t ln σ(z) − (1 − t) ln(1 − σ(z)), against the cross-entropy of two logits (z, 0)",
  "the logits (z, −z)",
  (rng, mutated) => {
    const [z, t] = [between(rng, 0.5, 3), between(rng, 0.1, 0.4)];
    const expected = crossEntropy([z, mutated ? -z : 0], [t, 1 - t]);
    return {got: -t * Math.log(f.sigmoid(z)) - (1 - t) * Math.log(1 - f.sigmoid(z)), expected, within: 1e-12};
  }
);

const binaryGradient = numbered(
  "bce-gradient",
  "σ(z) − t, against a central difference",
  "with the slope of the sigmoid, as MSE has it",
  (rng, mutated) => {
    const [z, t] = [between(rng, -3, 3), between(rng, 0, 0.02)];
    const s = f.sigmoid(z);
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
    const s = f.sigmoid(z);
    const got = 2 * (s - t) * (mutated ? 1 : s * (1 - s));
    return {got, expected: numericGradient(([x]) => (f.sigmoid(x) - t) ** 2, [z])[0], within: 1e-8};
  }
);

const smoothing = numbered(
  "smoothing-split",
  "the cross-entropy with the smoothed target, against its two parts",
  "the uniform part not weighted",
  (rng, mutated) => {
    const [z, epsilon, label] = [randomVector(rng, 5), between(rng, 0.05, 0.5), rng.integers(1, 5)[0]];
    const onehot = f.smoothedTarget(5, label, 0);
    const uniform = crossEntropy(z, Array(5).fill(0.2)); // prettier-ignore
    const expected = (1 - epsilon) * crossEntropy(z, onehot) + (mutated ? 1 : epsilon) * uniform;
    return {got: crossEntropy(z, f.smoothedTarget(5, label, epsilon)), expected, within: 1e-12};
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
    return apart(softmax(z), f.smoothedTarget(classes, 0, epsilon), 1e-12);
  }
);

const focalSlope = numbered(
  "focal-slope",
  "the slope of the focal loss by p, for γ = 0, ½, 2 and 5, against central differences",
  "the weight taken for a constant",
  (rng, mutated) => {
    const p = between(rng, 0.2, 0.8);
    const gammas = [0, 0.5, 2, 5];
    const byHand = gammas.map((gamma) => (mutated ? -((1 - p) ** gamma) / p : f.focalSlope(p, gamma)));
    return apart(byHand, gammas.map((gamma) => numericGradient(([x]) => f.focalAt(x, gamma), [p])[0]), 1e-7); // prettier-ignore
  }
);

const focalGradient = numbered(
  "focal-gradient",
  "the gradient of the focal loss by four logits, against central differences",
  "the gradient of the cross-entropy times (1 − p)^γ",
  (rng, mutated) => {
    const [z, label, gamma] = [randomVector(rng, 4), rng.integers(1, 4)[0], between(rng, 0.5, 3)];
    const p = softmax(z);
    const frozen = p.map((pk, k) => (1 - p[label]) ** gamma * (pk - (k === label ? 1 : 0)));
    const byHand = mutated ? frozen : f.focalGradient(z, label, gamma);
    return apart(
      byHand,
      numericGradient((at) => f.focalOf(at, label, gamma), z),
      1e-7
    );
  }
);

const weighted = numbered(
  "weighted-odds",
  "the slope of the mean weighted cross-entropy of two classes is 0 at these log odds",
  "the weights exchanged",
  (rng, mutated) => {
    const [pi, a1] = [between(rng, 0.01, 0.3), between(rng, 0.6, 0.95)];
    const [up, down] = mutated ? [1 - a1, a1] : [a1, 1 - a1];
    const z = Math.log((up * pi) / (down * (1 - pi)));
    const mean = (x: number) => pi * a1 * f.binary(x, 1) + (1 - pi) * (1 - a1) * f.binary(x, 0);
    return {got: numericGradient(([x]) => mean(x), [z])[0], expected: 0, within: 1e-8};
  }
);

const cautious = numbered(
  "focal-optimum",
  "the best p under the focal loss, found by bisection for γ = 0.5, 1, 2: nearer to ½ than π, the more the larger γ",
  "π taken for the best p of the largest γ",
  (rng, mutated) => {
    const pi = between(rng, 0.55, 0.95);
    const best = [0.5, 1, 2].map((gamma) => f.focalOptimum(pi, gamma));
    const [, , last] = mutated ? [0, 0, pi] : best;
    return broken([[pi, best[0]], [best[0], best[1]], [best[1], last], [last, 0.5]], 1e-9); // prettier-ignore
  }
);

export const classes: Equation[] = [
  ...[gradient, divergence, binary, binaryGradient, saturated],
  ...[smoothing, gap, focalSlope, focalGradient, weighted, cautious]
];
