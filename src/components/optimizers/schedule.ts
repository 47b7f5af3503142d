/** A learning-rate schedule as plain data. Steps count from 0; `warmup` and `decay` are fractions of all steps. */
export type Schedule =
  | {kind: "constant"; rate: number; warmup?: number}
  | {kind: "cosine"; rate: number; warmup?: number; final?: number}
  | {kind: "one-cycle"; rate: number; warmup?: number; final?: number}
  | {kind: "trapezoid"; rate: number; warmup?: number; decay?: number; final?: number};

/**
 * The learning rate at each step of a run of `steps` steps.
 *
 * - constant: η(t) = rate
 * - cosine: η(t) = final + ½ (rate − final)(1 + cos π u), u = the fraction passed since warm-up. Loshchilov & Hutter 2017, eq. 5.
 * - one-cycle: linear from rate / 25 to rate over `warmup` (0.25 unless told), then a cosine down to `final`. After Smith & Topin 2018.
 * - trapezoid: constant, then a straight line to `final` over the last `decay` (0.2 unless told). Hägele et al. 2024, section 3.
 *   A run can be made longer from where its rate begins to fall, as if it had been planned so.
 *
 * Warm-up is linear from rate / n to rate over its n steps, but for one-cycle.
 *
 * @throws RangeError if steps < 1, rate ≤ 0, warmup is outside [0, 1), or decay outside [0, 1 − warmup].
 */
export function rateAt(schedule: Schedule, steps: number): (step: number) => number {
  const {kind, rate, warmup = kind === "one-cycle" ? 0.25 : 0} = schedule;
  if (!(steps >= 1)) throw new RangeError(`rateAt: expected steps ≥ 1, got ${steps}`);
  if (!(rate > 0)) throw new RangeError(`rateAt: expected rate > 0, got ${rate}`);
  if (!(warmup >= 0 && warmup < 1)) throw new RangeError(`rateAt: expected warmup in [0, 1), got ${warmup}`);
  const falls = fallsAt(schedule, steps);
  const rising = Math.round(warmup * steps);
  const final = kind === "constant" ? rate : (schedule.final ?? 0);
  const start = kind === "one-cycle" ? rate / 25 : rate / Math.max(1, rising);
  return (step) => {
    if (step < rising) return start + ((rate - start) * step) / Math.max(1, kind === "one-cycle" ? rising : rising - 1);
    if (kind === "constant" || step < falls) return rate;
    if (kind === "trapezoid") return final + (rate - final) * Math.max(0, (steps - step) / (steps - falls));
    const passed = (step - rising) / Math.max(1, steps - rising);
    return final + 0.5 * (rate - final) * (1 + Math.cos(Math.PI * Math.min(1, passed)));
  };
}

/** The step at which a trapezoid's rate begins to fall; 0 for the others, whose rates depend on the length throughout. */
export function fallsAt(schedule: Schedule, steps: number): number {
  if (schedule.kind !== "trapezoid") return 0;
  const {warmup = 0, decay = 0.2} = schedule;
  if (!(decay >= 0 && decay <= 1 - warmup))
    throw new RangeError(`rateAt: expected decay in [0, ${1 - warmup}], got ${decay}`);
  return steps - Math.round(decay * steps);
}
