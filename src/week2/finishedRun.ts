import type {RunRecord} from "../components/data/runRecord.js";

/** What a recorded run on the test images came to. Losses are in nats. */
export interface Finished {
  record: RunRecord;
  seed: number;
  accuracy: number;
  /** Of the last weights on training images as they are; NaN if it was not measured. */
  trainLoss: number;
  /** Test loss minus `trainLoss`. */
  gap: number;
  /** λ₁ of the training loss at the end; NaN if it was not measured. */
  sharpness: number;
  /** Test accuracy after each epoch. */
  curve: [epoch: number, accuracy: number][];
}

/** Those of the records that tell a test accuracy, by seed. */
export const finishedRuns = (records: RunRecord[]): Finished[] =>
  records
    .filter(({data, final}) => data.evaluated.split === "test" && typeof final.testAccuracy === "number")
    .map(finished)
    .toSorted((a, b) => a.seed - b.seed);

function finished(record: RunRecord): Finished {
  const {seed, epochs, final} = record;
  const {trainUnaugmented: train, sharpness} = final;
  const trainLoss = typeof train === "object" ? train.loss : NaN;
  return {
    ...{record, seed, trainLoss},
    accuracy: final.testAccuracy as number,
    gap: (final.testLoss as number) - trainLoss,
    sharpness: typeof sharpness === "object" ? sharpness.eigenvalue : NaN,
    curve: epochs.flatMap(({epoch, test}) => ("accuracy" in test ? [[epoch, test.accuracy] as [number, number]] : []))
  };
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
