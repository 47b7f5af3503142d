import {expect, test} from "vitest";
import {nearestOthers, recallAtOne, verification} from "../../src/components/evaluate/retrieval.js";
import {rng} from "../../src/components/math/random.js";

const line = (...x: number[]) => ({data: x, shape: [x.length, 1]});

test("the nearest other row, by hand", () => {
  expect(Array.from(nearestOthers(line(0, 1, 5, 5.5)))).toEqual([1, 0, 3, 2]);
  expect(() => nearestOthers(line(1))).toThrow("nearestOthers: expected at least two rows, got 1");
});

test("recall@1 is 1 for classes apart, and near (n − 1) / (K n − 1) for an embedding that knows nothing", () => {
  expect(recallAtOne({embeddings: line(0, 0.1, 3, 3.1), labels: [0, 0, 1, 1]})).toBe(1);
  expect(recallAtOne({embeddings: line(0, 0.1, 3, 3.1), labels: [0, 1, 0, 1]})).toBe(0);
  const labels = Array.from({length: 600}, (_, i) => i % 20);
  const recall = recallAtOne({embeddings: {data: rng(1).normal(600 * 4), shape: [600, 4]}, labels});
  expect(recall).toBeCloseTo(29 / 599, 1);
});

test("the area under the verification curve is the chance that an alike pair is nearer than an unlike one", () => {
  const labels = [0, 0, 1, 1, 1];
  const x = [0, 1, 1.5, 4, 4.2];
  let [nearer, count] = [0, 0];
  const pairs = x.flatMap((a, i) =>
    x.slice(0, i).map((b, j) => ({d: Math.abs(a - b), alike: labels[i] === labels[j]}))
  );
  for (const p of pairs.filter(({alike}) => alike))
    for (const q of pairs.filter(({alike}) => !alike)) {
      ++count;
      if (p.d < q.d) ++nearer;
    }
  expect(verification({embeddings: line(...x), labels}).area).toBeCloseTo(nearer / count, 12);
  expect(verification({embeddings: line(0, 0.1, 9, 9.1), labels: [0, 0, 1, 1]}).area).toBe(1);
});
