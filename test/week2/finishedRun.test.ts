import {expect, test} from "vitest";
import {epochsTo, finishedRuns, meanCurve, paired} from "../../src/week2/finishedRun.js";
import {recordedRun} from "../data/recordedRun.js";

const run = (seed: number, testAccuracy: number, split: "test" | "validation" = "test") => {
  const record = recordedRun();
  const [first, second] = record.epochs;
  return recordedRun({
    seed,
    data: {...record.data, train: 1280, evaluated: {split, count: 5000}},
    epochs: [
      {...first, imagesPerSecond: 256},
      {...second, imagesPerSecond: 128, test: {loss: 1.3, accuracy: 0.7}}
    ],
    final: {
      ...{testAccuracy, testLoss: 1.3, trainUnaugmented: {loss: 1.1, images: 10}},
      sharpness: {eigenvalue: 12.5 * seed, residual: 0.1}
    }
  });
};

test("runs on test images are read by seed; the gap is between two losses without augmentation", () => {
  const runs = finishedRuns([run(2, 0.82), run(1, 0.81), run(3, 0.99, "validation")]);
  expect(runs.map(({seed, accuracy, sharpness}) => [seed, accuracy, sharpness])).toEqual([[1, 0.81, 12.5], [2, 0.82, 25]]); // prettier-ignore
  expect(runs[0].gap).toBeCloseTo(1.3 - 1.1, 9);
  expect(meanCurve(runs)).toEqual([[1, 0.61], [2, 0.7]]); // prettier-ignore
  expect([0.61, 0.65, 0.71].map((wanted) => epochsTo(runs[0], wanted))).toEqual([1, 2, NaN]);
  expect(meanCurve([])).toEqual([]);
});

test("a run without the measurement has none, and not 0", () => {
  const [{trainLoss, gap, sharpness}] = finishedRuns([{...run(1, 0.8), final: {testAccuracy: 0.8, testLoss: 1}}]);
  expect([trainLoss, gap, sharpness]).toEqual([NaN, NaN, NaN]);
});

test("differences are between runs of the same seed", () => {
  const differences = paired(finishedRuns([run(2, 0.7), run(3, 0.9)]), finishedRuns([run(1, 0.5), run(2, 0.6)]));
  expect(differences).toEqual([expect.closeTo(0.1, 9)]);
});
