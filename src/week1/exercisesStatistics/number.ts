import type {Verify} from "../../components/ui/verify.js";

/** A question for one number, to 4 correct digits unless told. */
export const number = (ask: string, expected: number, within = 1e-4 * Math.max(1, Math.abs(expected))): Verify => ({
  kind: "number",
  ask,
  expected,
  within
});
