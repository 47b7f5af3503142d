import type {Numbers} from "./protocol.js";

/** Sums of the metrics over the steps since the last evaluation. */
export interface Totals {
  steps: number;
  sums: Numbers;
}

export const noTotals: Totals = {steps: 0, sums: {}};

/** The totals with one more step. */
export const add = ({steps, sums}: Totals, metrics: Numbers): Totals => ({
  steps: steps + 1,
  sums: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, (sums[name] ?? 0) + value]))
});

/** Means over the steps. */
export const meansOf = ({steps, sums}: Totals): Numbers =>
  Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / steps]));
