import {expect, test} from "vitest";
import {
  accuracy,
  calibration,
  confusion,
  meanLoss,
  mistakes,
  predictions,
  softmax
} from "../../src/components/evaluate/metrics.js";
import {rng} from "../../src/components/math/random.js";

const logits = (rows: number[][]) => ({data: rows.flat(), shape: [rows.length, rows[0].length]});

test("softmax(1, 2, 3) = (.0900306, .2447285, .6652410), and a shift of 1000 changes nothing", () => {
  for (const shift of [0, 1000, -1000]) {
    const p = softmax(logits([[1 + shift, 2 + shift, 3 + shift]]));
    [0.0900306, 0.2447285, 0.665241].forEach((expected, k) => expect(p[k]).toBeCloseTo(expected, 7));
  }
});

test("softmax is in float64: rows of Float32 logits sum to 1 within 1e-15", () => {
  const p = softmax({data: rng(1).normal(400, 0, 5), shape: [40, 10]});
  for (let i = 0; i < 40; ++i) {
    const sum = p.subarray(10 * i, 10 * i + 10).reduce((a, b) => a + b);
    expect(Math.abs(sum - 1)).toBeLessThan(1e-15);
  }
});

const z = logits([
  [3, 1, 0],
  [0, 2, 1],
  [0, 5, 1],
  [1, 1, 0]
]);
const labels = Uint8Array.from([0, 2, 0, 1]);

test("the prediction is the first of the largest logits, and accuracy the fraction that is right", () => {
  expect(predictions(z)).toEqual([0, 1, 1, 0]);
  expect(accuracy(z, labels)).toBe(0.25);
  expect(accuracy(z, [0, 1, 1, 0])).toBe(1);
});

test("confusion counts truth by row and prediction by column; its trace is the accuracy", () => {
  expect(confusion(z, labels)).toEqual([
    [1, 1, 0],
    [1, 0, 0],
    [0, 1, 0]
  ]);
  const data = rng(2).normal(1000);
  const truth = Array.from(rng(3).integers(200, 5));
  const counts = confusion({data, shape: [200, 5]}, truth);
  expect(counts.reduce((sum, row, i) => sum + row[i], 0) / 200).toBe(accuracy({data, shape: [200, 5]}, truth));
  counts.forEach((row, i) => expect(row.reduce((a, b) => a + b)).toBe(truth.filter((k) => k === i).length));
});

test("meanLoss of (1, 2, 3) with the third class is .407606, of equal logits log K, and finite at ±1000", () => {
  expect(meanLoss(logits([[1, 2, 3]]), [2])).toBeCloseTo(0.4076059644443804, 14);
  expect(
    meanLoss(
      logits([
        [7, 7],
        [0, 0]
      ]),
      [0, 1]
    )
  ).toBeCloseTo(Math.log(2), 14);
  expect(meanLoss(logits([[1000, -1000]]), [1])).toBe(2000);
});

/** Two-class logits whose first class has probability p. */
const sure = (p: number) => [Math.log(p / (1 - p)), 0];

test("calibration error by hand: .75 sure and right half the time is .25 off", () => {
  const rows = logits([sure(0.75), sure(0.75), sure(0.55), sure(0.55)]);
  const {error, bins} = calibration(rows, [0, 1, 0, 0], 10);
  expect(error).toBeCloseTo(0.5 * 0.25 + 0.5 * 0.45, 12);
  expect(bins.map(({count}) => count)).toEqual([0, 0, 0, 0, 0, 2, 0, 2, 0, 0]);
  expect(bins[7].accuracy).toBe(0.5);
  expect(bins[7].confidence).toBeCloseTo(0.75, 12);
  expect(bins[0].accuracy).toBeNaN();
});

test("a model that is right as often as it says has a small error; one that doubles its logits has not", () => {
  const n = 20_000;
  const stream = rng(4);
  const [rows, truth] = [[] as number[][], [] as number[]];
  for (const p of stream.uniform(n, 0.05, 0.95)) {
    rows.push(sure(p));
    truth.push(stream.next() < p ? 0 : 1);
  }
  expect(calibration(logits(rows), truth).error).toBeLessThan(0.02);
  expect(calibration(logits(rows.map(([a, b]) => [2 * a, 2 * b])), truth).error).toBeGreaterThan(0.08);
});

test("full confidence falls in the last bin, and the bins hold every record", () => {
  const {bins, error} = calibration(
    logits([
      [1000, 0],
      [1000, 0]
    ]),
    [0, 1],
    15
  );
  expect(bins[14].count).toBe(2);
  expect(error).toBe(0.5);
});

test("the worst mistakes come first, right answers never, ties by row", () => {
  const rows = logits([
    [4, 0],
    [9, 0],
    [0, 1],
    [4, 0],
    [0, 7]
  ]);
  const worst = mistakes(rows, [1, 1, 1, 1, 1], 9);
  expect(worst.map(({row}) => row)).toEqual([1, 0, 3]);
  expect(worst[0]).toMatchObject({label: 1, predicted: 0});
  expect(worst[0].confidence).toBeCloseTo(1 / (1 + Math.exp(-9)), 12);
  expect(worst[0].loss).toBeCloseTo(-Math.log(1 - worst[0].confidence), 6);
  expect(mistakes(rows, [1, 1, 1, 1, 1], 2).length).toBe(2);
});

test("what does not fit is named", () => {
  expect(() => accuracy(z, [0, 1])).toThrow("accuracy: expected 4 labels, got 2");
  expect(() => confusion(z, [0, 1, 2, 3])).toThrow("confusion: expected labels below 3, got 3 in row 3");
  expect(() => meanLoss({data: [1, 2, 3], shape: [2, 2]}, [0, 1])).toThrow(
    "meanLoss: expected logits (N, K), got 3 numbers as (2, 2)"
  );
  expect(() => calibration(z, labels, 0)).toThrow("calibration: expected bins ≥ 1, got 0");
});
