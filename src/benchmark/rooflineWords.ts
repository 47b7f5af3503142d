import type {Placed} from "../components/plots/roofline.js";
import {formatNumber, formatPercent} from "../components/ui/number.js";
import {intensity, leastTime, ridge, roof, throughput} from "./arithmetic.js";
import {titleOf} from "./flops.js";
import type {Roofline, TimedOp} from "./roofline.js";

/** Seconds of all calls of an op in a step. */
const whole = ({seconds, calls}: TimedOp): number => seconds * calls;

/** Seconds of all ops of a step, each measured by itself. */
export const stepSeconds = ({ops}: Pick<Roofline, "ops">): number => ops.reduce((sum, op) => sum + whole(op), 0);

/** Every op that computes, where it stands. */
export function placed(roofline: Pick<Roofline, "ops">): Placed[] {
  const total = stepSeconds(roofline);
  return roofline.ops
    .filter(({flops}) => flops > 0)
    .map((op) => ({
      name: `${titleOf(op.kernel)} ${op.shape.join("×")}`,
      intensity: intensity(op),
      throughput: throughput(op),
      share: whole(op) / total
    }));
}

/** What the roofline says, in sentences. */
export function rooflineWords({ceilings, ops}: Pick<Roofline, "ceilings" | "ops">): string {
  const at = ridge(ceilings);
  const total = stepSeconds({ops});
  const share = (some: TimedOp[]) => percent(some.reduce((sum, op) => sum + whole(op), 0) / total);
  const computing = ops.filter(({flops}) => flops > 0);
  const [left, right] = [true, false].map((low) => computing.filter((op) => intensity(op) < at === low));
  const moving = ops.filter(({flops}) => flops === 0);
  const above = computing.filter((op) => throughput(op) > 1.05 * roof(ceilings, intensity(op)));
  const least = ops.reduce((sum, op) => sum + op.calls * leastTime(ceilings, op), 0);
  const count = (some: TimedOp[]) => `${some.length} ${some.length === 1 ? "op" : "ops"}`;
  return [
    `The ceilings are ${formatNumber(ceilings.flops / 1e9, 3)} GFLOP/s (the product of ${ceilings.rows} × ${ceilings.rows} matrices) and ${formatNumber(ceilings.bytes / 1e9, 3)} GB/s (a copy of ${formatNumber(ceilings.copied / 1e6, 3)} MB); they meet at ${formatNumber(at, 3)} FLOP/byte.`,
    `Left of the ridge, where the copy is the ceiling, stand ${count(left)} with ${share(left)} of the step’s time; right of it, where arithmetic is, ${count(right)} with ${share(right)}.`,
    ...(moving.length
      ? [`${count(moving)} only move numbers and have no place here; they take ${share(moving)}.`]
      : []),
    ...(above.length
      ? [`${count(above)} ${above.length === 1 ? "lies" : "lie"} above the roof: the numbers came from a cache, or the kernel is better than the one that set the ceiling.`] // prettier-ignore
      : []),
    `At both ceilings all the ops would take ${percent(least / total)} of their time.`
  ].join(" ");
}

/** In percent: whole ones from 10 on. */
const percent = (fraction: number): string => formatPercent(fraction, fraction < 0.1 ? 1 : 0);
