/** A recipe that was tried on held-out images. */
export interface Tried {
  id: "whole" | "growing" | "gamma" | "rate" | "higher";
  says: string;
  /** Of its training steps. */
  petaflop: number;
  /** On the 5,000 held-out images. */
  accuracy: number;
}

/** Training images that were held out. */
export const heldOut = 5000;

/**
 * How the recipe of the ResNet page was chosen: width 16, seed 1, one run each, on 45,000 training images of CIFAR-10 with the
 * other 5,000 held out. By `npm run train -- resnet-from-scratch --width 16 --validate` and its changes.
 */
export const tuning: Tried[] = [
  {id: "whole", says: "6 epochs at 32 × 32, peak rate 0.1", petaflop: 0.056, accuracy: 0.8064},
  {id: "growing", says: "11 epochs, 4 at 16 × 16, 4 at 24 × 24, 3 at 32 × 32, peak rate 0.1", petaflop: 0.059, accuracy: 0.8178}, // prettier-ignore
  {id: "gamma", says: "the same with γ = 0 at first", petaflop: 0.059, accuracy: 0.8026},
  {id: "rate", says: "the same with γ = 1, peak rate 0.2", petaflop: 0.059, accuracy: 0.8298},
  {id: "higher", says: "the same, peak rate 0.4", petaflop: 0.059, accuracy: 0.8338}
];

/** Points of held-out accuracy between two of them. */
export function gained(from: Tried["id"], to: Tried["id"]): number {
  const of = (id: Tried["id"]) => tuning.find((tried) => tried.id === id)!.accuracy;
  return 100 * (of(to) - of(from));
}

/** The standard error of an accuracy on the held-out images, in points: √(p (1 − p) / n). */
export const standardError = (accuracy: number): number => 100 * Math.sqrt((accuracy * (1 - accuracy)) / heldOut);
