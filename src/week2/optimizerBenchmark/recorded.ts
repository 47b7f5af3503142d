import type {RunRecord} from "../../components/data/runRecord.js";
import {algorithms, type Algorithm, type BenchmarkConfig} from "./config.js";

/** One algorithm of the recorded benchmark, with what there is of it. */
export interface Row {
  algorithm: Algorithm;
  /** Rates tried on held-out images, with the accuracy after three epochs: the best first. */
  tried: {rate: number; accuracy: number}[];
  /** Of the runs of ten epochs on the test images, by seed. */
  accuracies: number[];
  trainLosses: number[];
  /** Test loss minus training loss at the end, by seed. */
  gaps: number[];
  /** λ₁ of the training loss at the end, by seed, of the runs that have it. */
  sharpnesses: number[];
  /** Seconds of one epoch, their mean; NaN without runs. */
  secondsAnEpoch: number;
}

/** Every algorithm with its recorded runs on CIFAR-10; one without any stays in the list. */
export function rowsOf(records: RunRecord[]): Row[] {
  return algorithms.map((algorithm) => {
    const own = records.filter(({recipe}) => (recipe.config as Partial<BenchmarkConfig>).algorithm === algorithm);
    const on = (split: string) => own.filter(({data}) => data.evaluated.split === split);
    const tests = on("test").toSorted((a, b) => a.seed - b.seed);
    const lasts = tests.map(({epochs}) => epochs.at(-1)!);
    const seconds = tests.flatMap(({epochs}) => epochs.map(({seconds}) => seconds));
    const tried = own
      .filter(({data}) => data.evaluated.split !== "test")
      .map(({recipe, epochs}) => ({rate: recipe.schedule.rate, accuracy: epochs.at(-1)!.test.accuracy ?? NaN}));
    return {
      algorithm,
      tried: tried.toSorted((a, b) => b.accuracy - a.accuracy),
      accuracies: tests.map(({final}) => final.testAccuracy as number),
      trainLosses: lasts.map(({train}) => train.loss ?? NaN),
      gaps: lasts.map(({train, test}) => (test.loss ?? NaN) - (train.loss ?? NaN)),
      sharpnesses: tests.flatMap(({final}) => (typeof final.sharpness === "object" ? final.sharpness.eigenvalue : [])),
      secondsAnEpoch: seconds.reduce((sum, value) => sum + value, 0) / seconds.length
    };
  });
}

/** `0.812 ± 0.004`, `0.812` of one, or `not run`. */
export function summary(values: number[], digits = 3): string {
  if (!values.length) return "not run";
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return mean.toFixed(digits);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${mean.toFixed(digits)} ± ${Math.sqrt(squares / (values.length - 1)).toFixed(digits)}`;
}
