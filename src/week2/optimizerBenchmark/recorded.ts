import type {RunRecord} from "../../components/data/runRecord.js";
import {finishedRuns, type Finished} from "../finishedRun.js";
import {algorithms, type Algorithm, type BenchmarkConfig} from "./config.js";

/** One algorithm of the recorded benchmark, with what there is of it. */
export interface Row {
  algorithm: Algorithm;
  /** Rates tried on held-out images, with the accuracy after three epochs: the best first. */
  tried: {rate: number; accuracy: number}[];
  /** The runs of ten epochs on the test images, by seed. */
  runs: Finished[];
}

/** Every algorithm with its recorded runs on CIFAR-10; one without any stays in the list. */
export function rowsOf(records: RunRecord[]): Row[] {
  return algorithms.map((algorithm) => {
    const own = records.filter(({recipe}) => (recipe.config as Partial<BenchmarkConfig>).algorithm === algorithm);
    const tried = own
      .filter(({data}) => data.evaluated.split === "validation")
      .map(({recipe, epochs}) => ({rate: recipe.schedule.rate, accuracy: epochs.at(-1)!.test.accuracy ?? NaN}));
    return {algorithm, tried: tried.toSorted((a, b) => b.accuracy - a.accuracy), runs: finishedRuns(own)};
  });
}

/** By how much the rate that is `factor` times the best one is less accurate than it; none if it was not tried. */
export function lossBeside(tried: Row["tried"], factor: number): number[] {
  if (!tried.length) return [];
  const [best] = tried; // 0.03 is three times 0.01, and 0.1 three times 0.03
  const other = tried.find(({rate}) => Math.abs(Math.log(rate / (factor * best.rate))) < 0.15);
  return other ? [best.accuracy - other.accuracy] : [];
}
