import {number as anyNumber} from "../../components/ui/ask.js";
import type {Verify} from "../../components/ui/verify.js";

/** A question for one number, right when its first four digits are, unless told. */
export const number = (ask: string, expected: number, within = 5e-4 * Math.abs(expected)): Verify =>
  anyNumber(ask, expected, within);
