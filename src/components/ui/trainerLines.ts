import {band, smoothed, type Point} from "../plots/series.js";
import type {EpochRecord} from "../train/protocol.js";
import type {TrainerState} from "./trainerState.js";

/** A run made elsewhere, to compare with. */
export interface Recorded {
  label: string;
  epochs: Pick<EpochRecord, "epoch" | "train" | "test">[];
}

/** One curve of the chart. */
export interface Line {
  name: string;
  /** What the key calls it; curves that look alike share a word. */
  word: string;
  metric: "loss" | "accuracy";
  points: Point[];
  color: string;
  /** Drawn behind the rest, as fine print. */
  thin: boolean;
  recorded: boolean;
  /** A mark at every point: an evaluation at the end of an epoch. */
  dots: boolean;
}

const metrics = ["loss", "accuracy"] as const;
const colors = {loss: "var(--series-1)", accuracy: "var(--series-2)"};
const pieces = 240; // more points than that share pixels
const weight = 0.9; // of the past in the drawn training curve: about ten drawn points

/** The curves of a run, recorded ones first so that they are drawn behind; what has no points is left out. */
export function trainerLines({points, epochs}: TrainerState, recorded: Recorded[]): Line[] {
  const behind = recorded.flatMap(({label, epochs}) =>
    metrics.map((metric) => ({
      ...look(
        metric,
        `${label}: test ${metric}`,
        epochs.map((at): Point => [at.epoch, at.test[metric]])
      ),
      word: `${label} (recorded)`,
      color: "var(--recorded)",
      recorded: true
    }))
  );
  const training = metrics.map((metric) => {
    const seen = points.map(({epoch, metrics}): Point => [epoch, metrics[metric]]).filter(known);
    const rows = band(seen, pieces).map(({x, mean}): Point => [x, mean]);
    return {...look(metric, `training ${metric}`, smoothed(rows, weight)), thin: true};
  });
  const tests = metrics.map((metric) => ({
    ...look(
      metric,
      `test ${metric}`,
      epochs.map(({epoch, test}): Point => [epoch, test[metric]])
    ),
    dots: true
  }));
  return [...behind, ...training, ...tests]
    .map((line) => ({...line, points: line.points.filter(known)}))
    .filter(({points}) => points.length > 0);
}

const known = ([, y]: Point) => Number.isFinite(y);

const look = (metric: Line["metric"], name: string, points: Point[]): Line => ({
  name,
  word: name,
  metric,
  points,
  color: colors[metric],
  thin: false,
  recorded: false,
  dots: false
});

/** The epochs to leave room for: all that the run will have, or those of the recorded runs before it begins. */
export function epochRange(lines: Line[], {spec}: Pick<TrainerState, "spec">): number {
  return spec?.epochs ?? Math.max(...lines.flatMap(({points}) => points.map(([x]) => x)));
}

/** From 0, or below, to the largest loss worth seeing: a run that blows up is cut off at three times where it began. */
export function lossRange(lines: Line[]): [low: number, high: number] {
  const losses = lines.filter(({metric}) => metric === "loss").map(({points}) => points.map(([, y]) => y));
  const limit = 3 * Math.max(...losses.map(([first]) => Math.abs(first)), 0.1);
  const values = losses.flat();
  return [Math.min(0, ...values), Math.min(limit, Math.max(...values, 0.1))];
}
