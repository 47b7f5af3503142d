import type {Rng} from "./random.js";

/** Two numbers that a formula says are equal, and how far apart rounding may put them. */
export interface Comparison {
  got: number;
  expected: number;
  /** The largest |got − expected| that passes. */
  within: number;
}

/** A numbered equation of a page with the numbers that show it. A page's are in `weekN/<page>Equations.ts`. */
export interface Equation {
  /** Its label on the page: `name` of `{#eq:name}`. */
  name: string;
  /** What is compared with what, in one line. */
  says: string;
  /** Both sides in float64, at a point drawn from the generator. */
  compare(rng: Rng): Comparison;
  /** The formula with one thing wrong (a sign, a factor, a transpose), which must fail. */
  mutation: {says: string; compare(rng: Rng): Comparison};
}

/** Whether the two sides agree; a number that is not finite does not. */
export const holds = ({got, expected, within}: Comparison): boolean => Math.abs(got - expected) <= within;
