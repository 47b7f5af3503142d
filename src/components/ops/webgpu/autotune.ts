import {kinds, variants, type Choices, type Kind, type Variant} from "./variants.js";

/** What a variant is chosen for: a kind of product that keeps few workgroups busy, or many. */
export type Contest = `${Kind}, ${"few results" | "many results"}`;

/** Those that cost the most come first: what the time no longer suffices for is computed without barriers. */
export const contests: Contest[] = (["many results", "few results"] as const).flatMap((load) =>
  [...kinds].reverse().map((kind): Contest => `${kind}, ${load}`)
);

/** The adapter, and what its choices are remembered under. */
export interface Adapter {
  software: boolean;
  key: string;
}

/** Where choices are remembered. */
export interface Memory {
  get(key: string): Promise<Choices | undefined>;
  set(key: string, choices: Choices): Promise<unknown>;
}

interface Means {
  /** Milliseconds that a representative product takes by a variant; it stops when it is too late. */
  time(contest: Contest, variant: Variant, late: () => boolean): Promise<number>;
  memory: Memory;
  /** Told the share of the candidates that have been timed. */
  tell(fraction: number): void;
}

export const patience = 2000; // milliseconds for all candidates, with their compilation
const margin = 0.95; // of the other's time that tiles may take: barriers want a reason

/**
 * The variants that suit an adapter: those it was asked for before, or the fastest of those that two seconds suffice to
 * time. A tie goes to the variant without barriers, and all of a processor that imitates a GPU does: it is not asked.
 */
export async function autotune({software, key}: Adapter, {time, memory, tell}: Means): Promise<Choices> {
  if (software) return {};
  const known = await memory.get(key).catch(() => undefined); // a browser may refuse to keep anything
  if (known) return known;
  const end = performance.now() + patience;
  const choices: Choices = {};
  const late = () => performance.now() >= end;
  tell(0);
  for (const [i, contest] of contests.entries()) {
    const times: Partial<Record<Variant, number>> = {};
    for (const [j, variant] of variants.entries()) {
      const taken = await before(end, time(contest, variant, late));
      if (taken === "late") break;
      times[variant] = taken;
      tell((i + (j + 1) / variants.length) / contests.length);
    }
    if (Object.keys(times).length < variants.length) break;
    choices[contest] = fastest(times as Record<Variant, number>);
  }
  await memory.set(key, choices).catch(() => undefined);
  return choices;
}

function fastest(times: Record<Variant, number>): Variant {
  return variants.reduce((best, variant) => {
    const enough = best === "direct" ? margin * times[best] : times[best];
    return times[variant] < enough ? variant : best;
  });
}

/** A candidate's time; infinite if it fails, and "late" once the moment has come. */
async function before(end: number, time: Promise<number>): Promise<number | "late"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), Math.max(0, end - performance.now()));
  });
  const taken = await Promise.race([time.catch(() => Infinity), late]);
  clearTimeout(timer);
  return performance.now() >= end ? "late" : taken;
}
