/** The middle of the values, and of an even number of them the mean of the two in the middle. @throws RangeError if there are none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("median: expected at least one value, got none");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle - 1)]) / 2;
}

/** How many times as fast b is as a, by the medians of their times. */
export const ratio = (a: readonly number[], b: readonly number[]): number => median(a) / median(b);

/** What an adapter was seen to reach: π in floating-point operations a second, β in bytes a second. */
export interface Ceilings {
  flops: number;
  bytes: number;
}

/** One kind of work: floating-point operations, bytes that it has to read and write at least, and seconds. */
export interface Work {
  flops: number;
  bytes: number;
  seconds: number;
}

/** I = F / Q, operations for each byte. Williams, Waterman & Patterson 2009. */
export const intensity = ({flops, bytes}: Pick<Work, "flops" | "bytes">): number => flops / bytes;

/** P = F / t, operations a second. */
export const throughput = ({flops, seconds}: Pick<Work, "flops" | "seconds">): number => flops / seconds;

/** The roof over an intensity: min(π, β I), operations a second. */
export const roof = ({flops, bytes}: Ceilings, at: number): number => Math.min(flops, bytes * at);

/** The intensity at which the two ceilings meet, π / β. */
export const ridge = ({flops, bytes}: Ceilings): number => flops / bytes;

/** The shortest time that both ceilings allow, max(F / π, Q / β), in seconds. */
export const leastTime = (ceilings: Ceilings, {flops, bytes}: Pick<Work, "flops" | "bytes">): number =>
  Math.max(flops / ceilings.flops, bytes / ceilings.bytes);
