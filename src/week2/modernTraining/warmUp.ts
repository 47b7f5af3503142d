import {rateAt} from "../../components/optimizers/schedule.js";

/** Gradient descent on ½x² + ¼x⁴ whose rate rises in a straight line over so many steps, and stays. */
export interface Warmed {
  start: number;
  rate: number;
  /** n, fewer than the steps; 0 is without. */
  warmup: number;
  steps: number;
}

const lost = 1e6;

/** |x| before each step, and at the end; the run is over where |x| passes a million. */
export function warmed({start, rate, warmup, steps}: Warmed): number[] {
  const at = rateAt({kind: "constant", rate, warmup: warmup / steps}, steps);
  const seen = [Math.abs(start)];
  let x = start;
  for (let t = 0; t < steps && Math.abs(x) < lost; ++t) {
    x -= at(t) * (x + x ** 3);
    seen.push(Math.abs(x));
  }
  return seen;
}

/** The least n for which the run ends at the bottom. @throws RangeError if no warm-up shorter than the run does it. */
export function shortestWarmup({start, rate, steps}: Omit<Warmed, "warmup">): number {
  for (let warmup = 0; warmup < steps; ++warmup) {
    const seen = warmed({start, rate, warmup, steps});
    if (seen[seen.length - 1] < 1e-3) return warmup;
  }
  throw new RangeError(`shortestWarmup: expected a warm-up below ${steps} steps to save the run, got none`);
}
