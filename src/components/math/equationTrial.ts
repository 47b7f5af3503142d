import {type Comparison, type Equation, holds} from "./equation.js";
import {rng} from "./random.js";

/** One drawing of an equation: its two sides, and those of the formula with its one mistake. */
export interface Trial {
  equation: Equation;
  seed: number;
  /** What was compared; the reason where it could not be. */
  comparison: Comparison | string;
  broken: Comparison | string;
  passed: boolean;
  /** |got − expected| / within: at most 1 where it passes. */
  ratio: number;
}

/** Compares both sides at the point that the seed draws, and the same with the mistake. Never throws. */
export function trial(equation: Equation, seed: number): Trial {
  const comparison = attempt(() => equation.compare(rng(seed)));
  const broken = attempt(() => equation.mutation.compare(rng(seed)));
  const passed = typeof comparison !== "string" && holds(comparison);
  return {equation, seed, comparison, broken, passed, ratio: ratio(comparison)};
}

function attempt(compare: () => Comparison): Comparison | string {
  try {
    return compare();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function ratio(comparison: Comparison | string): number {
  if (typeof comparison === "string") return Infinity;
  const {got, expected, within} = comparison;
  if (got === expected) return 0;
  const ratio = Math.abs(got - expected) / within;
  return Number.isNaN(ratio) ? Infinity : ratio;
}
