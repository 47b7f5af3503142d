import {formatNumber} from "../components/ui/number.js";
import {median, ratio} from "./arithmetic.js";
import type {Contender} from "./race.js";

/** Cells of text under their columns' names. */
export interface Cells {
  columns: string[];
  rows: string[][];
}

/** Who the others are compared with: the first that ran. */
const baseline = (contenders: Contender[]): Contender | undefined => contenders.find(({times}) => times.length > 0);

/** Step times by contender: the median of the rounds, the least, the first step, and how many times as fast as the first row. */
export function contendersTable(contenders: Contender[]): Cells {
  const base = baseline(contenders);
  return {
    columns: ["", "median", "least", "first step", "ratio", "loss"],
    rows: contenders.map(({name, failed, times, first, losses}) => {
      if (failed !== null) return [name, `does not run: ${failed}`, "", "", "", ""];
      const timed = times.length > 0;
      return [
        name,
        timed ? milliseconds(median(times)) : "–",
        timed ? milliseconds(Math.min(...times)) : "–",
        milliseconds(first),
        timed && base ? `${formatNumber(ratio(base.times, times), 3)}×` : "–",
        losses.map((value) => value.toFixed(3)).join(" → ")
      ];
    })
  };
}

/** What a step of each contender asks of the GPU. */
export function loadsTable(contenders: Contender[]): Cells {
  return {
    columns: ["", "dispatches", "bytes bound", "bytes uploaded", "new buffers", "submits"],
    rows: contenders.flatMap(
      ({name, load}) =>
      load === null
        ? []
        : [[name, `${load.dispatches}`, megabytes(load.bound), bytes(load.uploaded), `${load.buffers}`, `${load.submits}`]] // prettier-ignore
    )
  };
}

/** A time in milliseconds, three digits of it. */
export const milliseconds = (time: number): string => `${formatNumber(time, 3)} ms`;

const megabytes = (count: number) => `${formatNumber(count / 1e6, 3)} MB`;
const bytes = (count: number) => (count < 1e5 ? `${count} B` : megabytes(count));
