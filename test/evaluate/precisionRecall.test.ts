import {expect, test} from "vitest";
import {averagePrecision, precisionRecall} from "../../src/components/evaluate/precisionRecall.js";
import {rng} from "../../src/components/math/random.js";

test("precision and recall by counting, at every threshold", () => {
  const stream = rng(1);
  const scores = Array.from(stream.integers(60, 12)); // with ties
  const labels = Array.from(stream.integers(60, 3), (k) => (k === 0 ? 1 : 0));
  const curve = precisionRecall(scores, labels);
  expect(curve.length).toBe(new Set(scores).size);
  for (const {threshold, precision, recall} of curve) {
    const called = labels.filter((_, i) => scores[i] >= threshold);
    const hits = called.filter(Boolean).length;
    expect(precision).toBeCloseTo(hits / called.length, 12);
    expect(recall).toBeCloseTo(hits / labels.filter(Boolean).length, 12);
  }
  expect(curve.at(-1)!.recall).toBe(1);
});

test("average precision is 1 for a perfect order, and by hand for (1, 0, 1)", () => {
  expect(averagePrecision(precisionRecall([3, 2, 1], [1, 1, 0]))).toBe(1);
  expect(averagePrecision(precisionRecall([3, 2, 1], [1, 0, 1]))).toBeCloseTo(0.5 * 1 + 0.5 * (2 / 3), 12);
});

test("a random order of one positive in ten has an average precision near a tenth", () => {
  const scores = rng(2).uniform(20000);
  const labels = Array.from(scores, (_, i) => (i % 10 ? 0 : 1));
  expect(averagePrecision(precisionRecall(scores, labels))).toBeCloseTo(0.1, 1);
});

test("precisionRecall names what does not fit", () => {
  expect(() => precisionRecall([1], [1, 0])).toThrow("precisionRecall: expected 1 labels, got 2");
  expect(() => precisionRecall([1, 2], [0, 0])).toThrow("precisionRecall: expected at least one positive, got none");
});
