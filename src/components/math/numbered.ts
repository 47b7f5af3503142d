import type {Comparison, Equation} from "./equation.js";
import type {Rng} from "./random.js";

/** An equation and its mutation as one comparison, which is told whether to put the wrong thing in. */
export function numbered(
  name: string,
  says: string,
  wrong: string,
  compare: (rng: Rng, mutated: boolean) => Comparison
): Equation {
  return {
    ...{name, says, compare: (rng) => compare(rng, false)},
    mutation: {says: wrong, compare: (rng) => compare(rng, true)}
  };
}

/** How far an inequality is broken at worst: 0 where `larger ≥ smaller` holds in every pair. */
export const broken = (pairs: [larger: number, smaller: number][], within = 1e-10): Comparison => ({
  got: pairs.reduce((worst, [larger, smaller]) => Math.max(worst, smaller - larger), 0),
  expected: 0,
  within
});

/** The largest difference of two vectors against 0. */
export const apart = (a: ArrayLike<number>, b: ArrayLike<number>, within = 1e-10): Comparison => ({
  got: Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0),
  expected: 0,
  within
});

/** A number, uniform on [low, high). */
export const between = (rng: Rng, low: number, high: number): number => low + (high - low) * rng.next();
