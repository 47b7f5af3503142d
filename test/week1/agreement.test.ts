import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {agreements} from "../../src/week1/agreement.js";

test("50 steps agree with tf.train to 1e-5: the page's float64 and ours on tensors; nothing is left in memory", async () => {
  await tf.ready();
  const before = tf.memory().numTensors;
  const found = await agreements(50);
  expect(found.map(({name}) => name)).toHaveLength(5);
  for (const {name, page, library, distance} of found) {
    expect(page, name).toBeLessThan(1e-5);
    expect(library, name).toBeLessThan(1e-5);
    expect(distance, name).toBeGreaterThan(1);
  }
  expect(found.find(({name}) => name.includes("rmsprop"))!.leastGradient).toBeGreaterThan(1e-2);
  expect(tf.memory().numTensors).toBe(before);
});
