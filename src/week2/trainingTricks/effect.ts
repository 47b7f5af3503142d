import type {RunRecord} from "../../components/data/runRecord.js";
import {formatNumber, formatSpread} from "../../components/ui/number.js";
import type {Configuration, Planned} from "./configurations.js";
import type {Trick} from "./tricks.js";

/** What a trick did in runs of the same seeds with it and without. */
export interface Effect {
  /** Seeds of both sides. */
  seeds: number[];
  /** The differences in test accuracy, in points, seed by seed. */
  points: number[];
  /** Operations of those runs over the same without the trick. */
  operations: number;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The runs of a configuration that are recorded with a test accuracy, by seed. */
export function recordedOf(configuration: Configuration, records: RunRecord[]): RunRecord[] {
  const names = configuration
    .runs(records)
    .filter(({trial}) => !trial)
    .map(({name}) => name);
  const own = records.filter(({name, data, final}) => {
    return names.includes(name) && data.evaluated.split === "test" && typeof final.testAccuracy === "number";
  });
  return own.toSorted((a, b) => a.seed - b.seed);
}

/** The effect of a trick on the test accuracy, seed by seed; null where no seed is recorded on both sides. */
export function effectOf({on, off}: Pick<Trick, "on" | "off">, records: RunRecord[]): Effect | null {
  const without = new Map(recordedOf(off, records).map((run) => [run.seed, run]));
  const pairs = recordedOf(on, records)
    .filter(({seed}) => without.has(seed))
    .map((run) => [run, without.get(run.seed)!]);
  if (!pairs.length) return null;
  const points = pairs.map(([a, b]) => 100 * ((a.final.testAccuracy as number) - (b.final.testAccuracy as number)));
  const ratio = (of: (run: RunRecord) => number) => mean(pairs.map(([a]) => of(a))) / mean(pairs.map(([, b]) => of(b)));
  return {
    seeds: pairs.map(([{seed}]) => seed),
    points,
    operations: ratio(({flops}) => flops)
  };
}

const seedsText = (count: number) => `${count} ${count === 1 ? "seed" : "seeds"}`;

/** `+0.62 ± 0.20, 3 seeds`, `+0.62, 1 seed`, or `not recorded`. */
export function effectText(trick: Pick<Trick, "on" | "off">, records: RunRecord[]): string {
  const effect = effectOf(trick, records);
  if (!effect) return "not recorded";
  const sign = mean(effect.points) < 0 ? "" : "+";
  return `${sign}${formatSpread(effect.points, 2)}, ${seedsText(effect.seeds.length)}`;
}

/** Operations by count, and by the records where they say otherwise: `× 1.00`, `× 2.00 (recorded × 1.98)`. */
export function operationsText(trick: Trick, records: RunRecord[]): string {
  const counted = times(trick.operations);
  const recorded = effectOf(trick, records);
  return recorded && times(recorded.operations) !== counted
    ? `${counted} (recorded ${times(recorded.operations)})`
    : counted;
}

/** `× 1.95`, or that the steps are the same ones. */
export const timeText = ({time}: Pick<Trick, "time">): string => (time === null ? "same step" : times(time));

const times = (ratio: number) => `× ${ratio.toFixed(2)}`;

/** `84.95 %, 1 of 5 seeds`, `84.9 ± 0.2 %, 5 of 5 seeds`, or `not recorded, 0 of 3 seeds`. */
export function accuracyText(configuration: Configuration, records: RunRecord[]): string {
  const accuracies = recordedOf(configuration, records).map(({final}) => 100 * (final.testAccuracy as number));
  const planned = configuration.runs(records).filter(({trial}) => !trial).length;
  const value = accuracies.length ? `${formatSpread(accuracies, 2)} %` : "not recorded";
  return `${value}, ${accuracies.length} of ${seedsText(planned)}`;
}

/** A command that is still to be run, for each of the values that stand in the place of its letter. */
export interface Outstanding {
  command: string;
  /** `N = 2, 3`, `R = 0.01, 0.03`. */
  values: string;
}

/** What has to be run before a configuration is complete, in the order in which it has to be. */
export function outstanding(configuration: Configuration, records: RunRecord[]): Outstanding[] {
  const done = new Set(records.map(({name}) => name));
  const groups = new Map<string, Planned[]>();
  for (const run of configuration.runs(records))
    if (!done.has(run.name)) groups.set(run.template, [...(groups.get(run.template) ?? []), run]);
  return [...groups].map(([command, runs]) => ({
    command,
    values: `${runs[0].trial ? "R" : "N"} = ${runs.map(({value}) => formatNumber(value)).join(", ")}`
  }));
}
