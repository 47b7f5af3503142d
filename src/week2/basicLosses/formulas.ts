import {crossEntropy, logSumExp, softmax} from "../../components/math/softmax.js";

/** The page's losses in float64, for drawing and for checking; what trains is in `components/losses/`. */

/** Of a residual r = y − t: the loss and its slope. */
export interface Curve {
  loss(r: number): number;
  slope(r: number): number;
}

export const square: Curve = {loss: (r) => r * r, slope: (r) => 2 * r};
export const absolute: Curve = {loss: Math.abs, slope: Math.sign};

/** A parabola up to δ, straight lines beyond. */
export const huberAt = (delta: number): Curve => ({
  loss: (r) => (Math.abs(r) <= delta ? (r * r) / 2 : delta * (Math.abs(r) - delta / 2)),
  slope: (r) => Math.min(delta, Math.max(-delta, r))
});

/** −t ln σ(z) − (1 − t) ln(1 − σ(z)), without a logarithm of 0. */
export const binary = (z: number, t: number): number => logSumExp([z, 0]) - t * z;

/** H(t) = −Σ tₖ ln tₖ; 0 ln 0 is 0. */
export const entropy = (t: number[]): number => -t.reduce((sum, tk) => sum + (tk > 0 ? tk * Math.log(tk) : 0), 0);

/** The gap between the label's logit and the others at the least smoothed cross-entropy. */
export const smoothedGap = (classes: number, epsilon: number): number =>
  Math.log((classes * (1 - epsilon) + epsilon) / epsilon);

/** The least smoothed cross-entropy: the entropy of a target with 1 − ε + ε / K at the label and ε / K elsewhere. */
export function smoothedFloor(classes: number, epsilon: number): number {
  const other = epsilon / classes;
  const own = 1 - epsilon + other;
  return -own * Math.log(own) - (classes - 1) * other * Math.log(other);
}

/** The focal loss of a probability p of the true class, (1 − p)^γ (−ln p), and its slope. */
export const focalAt = (p: number, gamma: number): number => -((1 - p) ** gamma) * Math.log(p);
export const focalSlope = (p: number, gamma: number): number =>
  (1 - p) ** gamma * ((gamma * Math.log(p)) / (1 - p) - 1 / p);

/** Its gradient by the logits: [γ p (1 − p)^(γ − 1) ln p − (1 − p)^γ] (onehot − softmax). */
export function focalGradient(z: number[], label: number, gamma: number): number[] {
  const p = softmax(z);
  const own = p[label];
  const factor = gamma * own * (1 - own) ** (gamma - 1) * Math.log(own) - (1 - own) ** gamma;
  return p.map((pk, k) => factor * ((k === label ? 1 : 0) - pk));
}

export const focalOf = (z: number[], label: number, gamma: number): number => {
  const surprise = crossEntropy(
    z,
    z.map((_, k) => (k === label ? 1 : 0))
  );
  return (1 - Math.exp(-surprise)) ** gamma * surprise;
};

/**
 * Where the mean focal loss of records that are positive with probability π is least, the positives weighted by α and the
 * others by 1 − α: by bisection of its slope. The loss is convex in p, so there is one place.
 */
export function focalOptimum(pi: number, gamma: number, alpha = 0.5): number {
  let [low, high] = [1e-9, 1 - 1e-9];
  for (let k = 0; k < 80; ++k) {
    const p = (low + high) / 2;
    const slope = alpha * pi * focalSlope(p, gamma) - (1 - alpha) * (1 - pi) * focalSlope(1 - p, gamma);
    if (slope < 0) low = p;
    else high = p;
  }
  return (low + high) / 2;
}

/**
 * The least weight α of the positives at which a share of them is called positive, given their probabilities π by Bayes' rule:
 * the α π = (1 − α)(1 − π) of the last one that is wanted.
 */
export function weightForRecall(posteriors: number[], share: number): number {
  const wanted = Math.ceil(share * posteriors.length - 1e-9);
  return 1 - [...posteriors].sort((a, b) => b - a)[wanted - 1];
}
