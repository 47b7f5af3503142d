import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {activeTriplets, minedTriplet, triplet, type Mining} from "../../src/components/losses/triplet.js";
import {l2Normalise} from "../../src/components/ops/l2Normalise.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";

const minings: Mining[] = ["all", "semi-hard", "hard"];

test("squared distances .5 to the positive and .6 to the negative at margin .2 cost .1", () => {
  const at = (square: number) => tf.tensor2d([[Math.sqrt(square), 0]]);
  expect(value(triplet(tf.zeros([1, 2]), at(0.5), at(0.6)))).toBeCloseTo(0.1, 6);
  expect(value(triplet(tf.zeros([1, 2]), at(0.5), at(0.71)))).toBe(0);
});

test("the gradients are 2 (n − p), 2 (p − a), 2 (a − n), and 0 for a triplet that is satisfied", () => {
  const [a, p, n] = [tf.tensor2d([[0, 0]]), tf.tensor2d([[1, 0]]), tf.tensor2d([[0, 0.5]])];
  const gradients = tf.grads((a, p, n) => triplet(a, p, n, {margin: 0.2}))([a, p, n]);
  [[-2, 1], [2, 0], [0, -1]].forEach((expected, i) => expectClose(gradients[i], expected, 1e-6)); // prettier-ignore
  const satisfied = tf.grads((a, p, n) => triplet(a, n, p, {margin: 0.2}))([a, p, n]);
  for (const gradient of satisfied) expect(values(gradient).every((g) => g === 0)).toBe(true);
});

/** Each mining as loops over all triplets. */
function byLoops(x: number[][], labels: number[], margin: number, mining: Mining): number {
  const d = x.map((a) => x.map((b) => a.reduce((sum, v, k) => sum + (v - b[k]) ** 2, 0)));
  const of = (anchor: number, same: boolean) =>
    labels.flatMap((label, i) => (i !== anchor && (label === labels[anchor]) === same ? [i] : []));
  const losses = labels.flatMap((_, a): number[] => {
    const [positives, negatives] = [of(a, true), of(a, false)];
    if (!positives.length || !negatives.length) return [];
    const loss = (p: number, n: number) => d[a][p] - d[a][n] + margin;
    if (mining === "all")
      return positives.flatMap((p) => negatives.map((n) => loss(p, n))).filter((value) => value > 0);
    if (mining === "hard") {
      const [far, near] = [Math.max(...positives.map((p) => d[a][p])), Math.min(...negatives.map((n) => d[a][n]))];
      return [Math.max(0, far - near + margin)];
    }
    return positives.flatMap((p) => {
      const farther = negatives.filter((n) => d[a][n] > d[a][p]);
      return farther.length ? [Math.max(0, ...farther.map((n) => loss(p, n)))] : [];
    });
  });
  return losses.length ? losses.reduce((sum, loss) => sum + loss, 0) / losses.length : 0;
}

test.each(minings)("%s is what loops over all triplets give, also with classes of one", (mining) => {
  for (const [seed, classes] of [
    [1, 3],
    [2, 5],
    [3, 9]
  ]) {
    // prettier-ignore
    const x = l2Normalise(seeded(seed).normal([12, 4]));
    const labels = seeded(seed + 20).labels(12, classes);
    const expected = byLoops(x.arraySync() as number[][], values(labels), 0.4, mining);
    expect(value(minedTriplet(x, labels, {margin: 0.4, mining}))).toBeCloseTo(expected, 5);
  }
});

test.each(minings)(
  "%s: at collapse the loss is the margin, but for semi-hard, where no negative is farther",
  (mining) => {
    const loss = minedTriplet(tf.ones([6, 3]), tf.tensor1d([0, 0, 1, 1, 2, 2], "int32"), {margin: 0.3, mining});
    expect(value(loss)).toBeCloseTo(mining === "semi-hard" ? 0 : 0.3, 6);
  }
);

test("semi-hard: a pair whose nearest farther negative keeps the margin counts as 0 in the mean, one without any does not count", () => {
  // on a line: 0 and 1 of one class; a negative at 3 is easy for both, one at 0.5 is nearer than the positive for both
  const loss = (negatives: number[]) => {
    const x = tf.tensor2d([0, 1, ...negatives].map((at) => [at]));
    const labels = tf.tensor1d([0, 0, ...negatives.map((_, i) => i + 1)], "int32");
    return value(minedTriplet(x, labels, {margin: 1}));
  };
  expect(loss([3])).toBe(0); // both pairs count, both with 0
  expect(loss([0.5])).toBe(0); // no pair counts
  expect(loss([Math.sqrt(1.5)])).toBeCloseTo(0.5, 5); // 0 → 1 within the margin; 1 → 0 has only a nearer one and is left out
  expect(loss([Math.sqrt(1.5), 3])).toBeCloseTo(0.25, 5); // now 1 → 0 has the easy one at 3, and halves the mean
});

test("semi-hard: near collapse the loss is the margin too", () => {
  const x = tf.add(1, tf.mul(seeded(6).normal([8, 2]), 0.01));
  const loss = minedTriplet(x, tf.tensor1d([0, 0, 0, 0, 1, 1, 1, 1], "int32"), {margin: 0.3});
  expect(value(loss)).toBeCloseTo(0.3, 2);
});

test("the active share of triplets is what loops count: 1 at collapse, 0 where every margin is kept", () => {
  for (const seed of [1, 2, 3]) {
    const [x, labels] = [l2Normalise(seeded(seed).normal([10, 3])), seeded(seed + 20).labels(10, 4)];
    const d = (x.arraySync() as number[][]).map((a, _, all) => all.map((b) => Math.hypot(...a.map((v, k) => v - b[k])) ** 2)); // prettier-ignore
    const of = values(labels);
    let [active, count] = [0, 0];
    for (let a = 0; a < 10; ++a)
      for (let p = 0; p < 10; ++p)
        for (let n = 0; n < 10; ++n)
          if (a !== p && of[a] === of[p] && of[n] !== of[a]) {
            ++count;
            if (d[a][p] - d[a][n] + 0.4 > 0) ++active;
          }
    expect(value(activeTriplets(x, labels, {margin: 0.4}))).toBeCloseTo(active / count, 5);
  }
  const classes = tf.tensor1d([0, 0, 1, 1], "int32");
  expect(value(activeTriplets(tf.ones([4, 2]), classes))).toBe(1);
  expect(value(activeTriplets(tf.tensor2d([[0], [0], [9], [9]]), classes))).toBe(0);
  expect(value(activeTriplets(tf.ones([4, 2]), tf.zeros([4], "int32")))).toBe(0); // no triplet
  expect(() => activeTriplets(tf.ones([4, 2]), classes, {margin: 0})).toThrow("triplet: expected margin > 0, got 0");
});

test.each(minings)("%s: a batch of one class, or of no pair, has loss and gradient 0", (mining) => {
  const x = seeded(4).normal([4, 3]);
  for (const labels of [
    [1, 1, 1, 1],
    [0, 1, 2, 3]
  ]) {
    // prettier-ignore
    const loss = (x: tf.Tensor) => minedTriplet(x, tf.tensor1d(labels, "int32"), {mining});
    expect(value(loss(x))).toBe(0);
    expectClose(tf.grad(loss)(x), Array<number>(12).fill(0), 0);
  }
});

test.each(minings)("%s does not change when space is turned or records change places", (mining) => {
  const [x, labels] = [seeded(5).normal([8, 2]), tf.tensor1d([0, 0, 0, 1, 1, 2, 2, 2], "int32")];
  const expected = value(minedTriplet(x, labels, {mining, margin: 1}));
  const [c, s] = [Math.cos(1.1), Math.sin(1.1)];
  const turned = tf.matMul(x as tf.Tensor2D, tf.tensor2d([[c, s], [-s, c]])); // prettier-ignore
  expect(value(minedTriplet(turned, labels, {mining, margin: 1}))).toBeCloseTo(expected, 5);
  expect(value(minedTriplet(tf.reverse(x, 0), tf.reverse(labels, 0), {mining, margin: 1}))).toBeCloseTo(expected, 5);
});

test.each(minings)("%s has the gradient its formula implies", (mining) => {
  const labels = tf.tensor1d([0, 0, 1, 1, 2, 2], "int32");
  expectGradient((x) => minedTriplet(x, labels, {mining, margin: 4}), [6, 3], {step: 1e-3, within: 5e-3});
});

test("what does not fit is named", () => {
  const x = tf.zeros([2, 3]);
  expect(() => triplet(x, x, x, {margin: 0})).toThrow("triplet: expected margin > 0, got 0");
  expect(() => triplet(x, x, tf.zeros([2, 4]))).toThrow(
    "triplet: expected negatives (B, D) with B = 2, D = 3, got (2, 4)"
  );
  expect(() => minedTriplet(x, tf.zeros([3], "int32"))).toThrow("minedTriplet: expected labels (B) with B = 2");
});
