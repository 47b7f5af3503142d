import type {Verify} from "./verify.js";

/** An exercise whose answer is a number, right within `within`; 1e-3 of its size unless told. */
export const number = (ask: string, expected: number, within?: number): Verify => ({
  kind: "number",
  ask,
  expected,
  within
});

/** An exercise whose answer is one of the options. @param correct counted from 0. */
export const choice = (ask: string, correct: number, ...options: string[]): Verify => ({
  kind: "choice",
  ask,
  options,
  correct
});
