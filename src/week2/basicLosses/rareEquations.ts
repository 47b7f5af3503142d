import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {softmax} from "../../components/math/softmax.js";
import {apart, between, broken, numbered} from "../../components/math/numbered.js";
import * as f from "./formulas.js";

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

const threshold = numbered(
  "focal-threshold",
  "the best p under the weighted focal loss, by bisection for γ = 0, 0.5, 2, 5: above ½ exactly if α₁ π > α₀ (1 − π)",
  "the weights left out",
  (rng, mutated) => {
    const alpha = between(rng, 0.6, 0.95);
    const edge = mutated ? 0.5 : 1 - alpha; // α π = (1 − α)(1 − π)
    const above = [0, 0.5, 2, 5].map((gamma) => f.focalOptimum(edge + 0.02, gamma, alpha));
    const below = [0, 0.5, 2, 5].map((gamma) => f.focalOptimum(edge - 0.02, gamma, alpha));
    return broken([...above.map((p): [number, number] => [p, 0.5]), ...below.map((p): [number, number] => [0.5, p])]);
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

export const rare: Equation[] = [weighted, focalSlope, focalGradient, threshold, cautious];
