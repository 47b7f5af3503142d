import type {RunRecord} from "../../components/data/runRecord.js";
import {algorithms, type Algorithm, type BenchmarkConfig} from "./config.js";

/** One algorithm of the recorded benchmark, with what there is of it. */
export interface Row {
  algorithm: Algorithm;
  /** Rates tried on held-out images, with the accuracy after three epochs: the best first. */
  tried: {rate: number; accuracy: number}[];
  /** The runs of ten epochs on the test images, by seed. */
  runs: Finished[];
}

/** What a run of the benchmark came to. Losses are in nats. */
export interface Finished {
  seed: number;
  /** Of the last weights on training images as they are; NaN if it was not measured. */
  trainLoss: number;
  accuracy: number;
  /** Test loss minus `trainLoss`. */
  gap: number;
  /** λ₁ of the training loss at the end; NaN if it was not measured. */
  sharpness: number;
  /** Test accuracy after each epoch. */
  curve: [epoch: number, accuracy: number][];
  /** Of its fastest epoch, which other work on the machine disturbed least. */
  millisecondsAStep: number;
}

/** Every algorithm with its recorded runs on CIFAR-10; one without any stays in the list. */
export function rowsOf(records: RunRecord[]): Row[] {
  return algorithms.map((algorithm) => {
    const own = records.filter(({recipe}) => (recipe.config as Partial<BenchmarkConfig>).algorithm === algorithm);
    const on = (split: string) => own.filter(({data}) => data.evaluated.split === split);
    const tried = on("validation").map(({recipe, epochs}) => ({
      rate: recipe.schedule.rate,
      accuracy: epochs.at(-1)!.test.accuracy ?? NaN
    }));
    return {
      algorithm,
      tried: tried.toSorted((a, b) => b.accuracy - a.accuracy),
      runs: on("test")
        .map(finished)
        .toSorted((a, b) => a.seed - b.seed)
    };
  });
}

function finished({seed, recipe, epochs, final}: RunRecord): Finished {
  const {trainUnaugmented: train, sharpness} = final;
  const trainLoss = typeof train === "object" ? train.loss : NaN;
  const fastest = Math.max(...epochs.map(({imagesPerSecond}) => imagesPerSecond));
  return {
    seed,
    trainLoss,
    accuracy: final.testAccuracy as number,
    gap: (final.testLoss as number) - trainLoss,
    sharpness: typeof sharpness === "object" ? sharpness.eigenvalue : NaN,
    curve: epochs.flatMap(({epoch, test}) => ("accuracy" in test ? [[epoch, test.accuracy] as [number, number]] : [])),
    millisecondsAStep: (1000 * recipe.batch) / fastest
  };
}

/** By how much the rate that is `factor` times the best one is less accurate than it; none if it was not tried. */
export function lossBeside(tried: Row["tried"], factor: number): number[] {
  if (!tried.length) return [];
  const [best] = tried; // 0.03 is three times 0.01, and 0.1 three times 0.03
  const other = tried.find(({rate}) => Math.abs(Math.log(rate / (factor * best.rate))) < 0.15);
  return other ? [best.accuracy - other.accuracy] : [];
}

/** How much more accurate each run is than the other's of the same seed; seeds that only one has are left out. */
export const paired = (runs: Finished[], others: Finished[]): number[] =>
  runs.flatMap(({seed, accuracy}) => {
    const other = others.find((each) => each.seed === seed);
    return other ? [accuracy - other.accuracy] : [];
  });

/** The first epoch at whose end the test accuracy is at least `wanted`; NaN if there is none. */
export const epochsTo = ({curve}: Pick<Finished, "curve">, wanted: number): number =>
  curve.find(([, accuracy]) => accuracy >= wanted)?.[0] ?? NaN;

/** The test accuracy after each epoch, in the mean of the runs. */
export const meanCurve = (runs: Finished[]): [epoch: number, accuracy: number][] =>
  (runs[0]?.curve ?? []).map(([epoch], i) => [
    epoch,
    runs.reduce((sum, {curve}) => sum + curve[i][1], 0) / runs.length
  ]);

/** `0.812 ± 0.004`, `0.812` of one, `–` of none or where one of them is missing. */
export function summary(values: number[], digits = 3): string {
  if (!values.length || !values.every(Number.isFinite)) return "–";
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const text = mean.toFixed(digits).replace("-", "−");
  if (values.length === 1) return text;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${text} ± ${Math.sqrt(squares / (values.length - 1)).toFixed(digits)}`;
}
