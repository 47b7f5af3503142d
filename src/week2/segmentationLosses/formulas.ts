/** The page's losses in float64, for drawing and for checking; what trains is in `components/losses/`. */

const total = (x: number[]) => x.reduce((a, b) => a + b, 0);
const inner = (x: number[], y: number[]) => x.reduce((sum, xi, i) => sum + xi * y[i], 0);

/** Σ p g, Σ p and Σ g, or the sums of squares. */
export interface Sums {
  both: number;
  p: number;
  g: number;
}

export const sums = (p: number[], g: number[], squared = false): Sums => ({
  both: inner(p, g),
  p: squared ? inner(p, p) : total(p),
  g: squared ? inner(g, g) : total(g)
});

/** The Dice index, (2 Σ p g + s) / (Σ p + Σ g + s); with squares below, V-Net's. */
export function dice(p: number[], g: number[], {squared = false, smoothing = 0} = {}): number {
  const {both, p: said, g: true_} = sums(p, g, squared);
  return (2 * both + smoothing) / (said + true_ + smoothing);
}

/** Its gradient by the predictions. */
export function diceGradient(p: number[], g: number[], {squared = false, smoothing = 0} = {}): number[] {
  const {both, p: said, g: true_} = sums(p, g, squared);
  const below = said + true_ + smoothing;
  return p.map((pj, j) => (2 * g[j] * below - (squared ? 2 * pj : 1) * (2 * both + smoothing)) / below ** 2);
}

/** Intersection over union, (Σ p g + s) / (Σ p + Σ g − Σ p g + s). */
export function iou(p: number[], g: number[], smoothing = 0): number {
  const {both, p: said, g: true_} = sums(p, g);
  return (both + smoothing) / (said + true_ - both + smoothing);
}

/** Its gradient by the predictions: 1 / U for a pixel of the figure, −A / U² for one of the background, without smoothing. */
export function iouGradient(p: number[], g: number[], smoothing = 0): number[] {
  const {both, p: said, g: true_} = sums(p, g);
  const union = said + true_ - both + smoothing;
  return p.map((_, j) => (g[j] * union - (1 - g[j]) * (both + smoothing)) / union ** 2);
}

/** Tversky's index, (TP + s) / (TP + α FP + β FN + s). */
export function tversky(p: number[], g: number[], alpha: number, beta: number, smoothing = 0): number {
  const {both, p: said, g: true_} = sums(p, g);
  return (both + smoothing) / (both + alpha * (said - both) + beta * (true_ - both) + smoothing);
}

/** The mean binary cross-entropy of probabilities. */
export const bce = (p: number[], g: number[]): number =>
  -total(p.map((pj, j) => g[j] * Math.log(pj) + (1 - g[j]) * Math.log(1 - pj))) / p.length;

/** What pulls on the logits downhill, −∂ℓ/∂z = −∂ℓ/∂p · p (1 − p), by the page's losses; the index rises where ℓ falls. */
export const pulls: Record<string, (p: number[], g: number[]) => number[]> = {
  "cross-entropy": (p, g) => p.map((pj, j) => (g[j] - pj) / p.length),
  Dice: (p, g) => diceGradient(p, g).map((slope, j) => slope * p[j] * (1 - p[j])),
  "Dice, squares": (p, g) => diceGradient(p, g, {squared: true}).map((slope, j) => slope * p[j] * (1 - p[j])),
  IoU: (p, g) => iouGradient(p, g).map((slope, j) => slope * p[j] * (1 - p[j]))
};

/** The background's part of all pull. */
export function backgroundPart(pull: number[], g: number[]): number {
  const sizes = pull.map(Math.abs);
  return (
    inner(
      sizes,
      g.map((gj) => 1 - gj)
    ) / total(sizes)
  );
}

/** A mask of n pixels of which a share is foreground, and one prediction for all of them. */
export const constant = (n: number, share: number, p: number): [p: number[], g: number[]] => {
  const figure = Math.round(share * n);
  return [Array<number>(n).fill(p), Array.from({length: n}, (_, j) => (j < figure ? 1 : 0))];
};
