import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {crossView} from "../../src/components/losses/crossView.js";
import {expectGradient, seeded, value} from "../gradients.js";

const targets = [tf.softmax(seeded(1).normal([3, 5])), tf.softmax(seeded(2).normal([3, 5]))];
const logits = [3, 4, 5, 6].map((seed) => seeded(seed).normal([3, 5]));

test("the value is the mean over all pairs of different views, by loops", () => {
  const rows = (t: tf.Tensor) => t.arraySync() as number[][];
  let [sum, pairs] = [0, 0];
  for (const [t, p] of targets.entries())
    for (const [s, z] of logits.entries()) {
      if (t === s) continue;
      for (const [b, row] of rows(tf.logSoftmax(tf.div(z, 0.1))).entries()) {
        sum -= row.reduce((total, x, k) => total + rows(p)[b][k] * x, 0);
        ++pairs;
      }
    }
  expect(pairs).toBe(2 * 3 * 3);
  expect(value(crossView(targets, logits))).toBeCloseTo(sum / pairs, 4);
});

test("a uniform student has log K; a student that says what the teacher says has the teacher's entropy", () => {
  const uniform = tf.zeros([3, 5]);
  expect(value(crossView(targets, [uniform, uniform, uniform]))).toBeCloseTo(Math.log(5), 5);
  const [p] = targets;
  const same = tf.mul(tf.log(p), 0.1);
  const entropy = value(tf.neg(tf.mean(tf.sum(tf.mul(p, tf.log(p)), 1))));
  expect(value(crossView([p, p], [same, same]))).toBeCloseTo(entropy, 5);
});

test("the gradient for a student's view is that of its pairs, and a view is not compared with itself", () => {
  expectGradient((z) => crossView(targets, [z, logits[1]], {temperature: 1}), [3, 5]);
  expectGradient((z) => crossView(targets, [logits[0], logits[1], z], {temperature: 1}), [3, 5]);
  const [first, second] = targets;
  const gradient = tf.grad((z: tf.Tensor) => crossView([first, second], [z, logits[1]]));
  const other = tf.grad((z: tf.Tensor) => crossView([tf.softmax(seeded(9).normal([3, 5])), second], [z, logits[1]]));
  expect(value(tf.max(tf.abs(tf.sub(gradient(logits[0]), other(logits[0])))))).toBe(0);
});

test("errors name what was expected and what came", () => {
  expect(() => crossView(targets, [logits[0]])).toThrow(
    "crossView: expected at least 2 views of the student and those of the teacher, got 1 and 2"
  );
  expect(() => crossView(targets, logits, {temperature: 0})).toThrow("crossView: expected temperature > 0, got 0");
});
