import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {scenes} from "../../src/components/data/scenes.js";
import {dice} from "../../src/components/losses/overlap.js";
import {rng} from "../../src/components/math/random.js";
import {unet} from "../../src/components/models/unet.js";
import {adam} from "../../src/components/optimizers/adam.js";
import {upload} from "../../src/components/train/arrays.js";
import {segmentation} from "../../src/components/train/segmentation.js";
import {value, values} from "../gradients.js";

const task = segmentation({
  model: unet({width: 2, levels: 2}),
  loss: (z, g) => dice(tf.sigmoid(z), g),
  optimizer: adam(),
  normalise: {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
});
const records = scenes({seed: 0, count: 6});

test("overlaps by counting pixels, and padding for nothing", () => {
  const state = task.init(rng(1));
  const rows = Uint32Array.from([0, 1, 2, 3]);
  const [exact, padded] = [4, 6].map((size) => upload(task.view(records, rows, size)));
  const sums = (batch: typeof exact) => Object.entries(task.evaluate(state, batch)).map(([, x]) => value(x));
  const [count, iou, dices, pixels] = sums(exact);
  sums(padded).forEach((x, i) => expect(x).toBeCloseTo([count, iou, dices, pixels][i], 4));
  const logits = values(task.predict(state, exact));
  const by = [0, 0, 0];
  for (let k = 0; k < 4; ++k) {
    let [both, said, true_, right] = [0, 0, 0, 0];
    for (let j = k * 1024; j < (k + 1) * 1024; ++j) {
      const [p, g] = [logits[j] > 0, records.masks[j] === 1];
      if (p && g) ++both;
      if (p) ++said;
      if (g) ++true_;
      if (p === g) ++right;
    }
    by[0] += both / (said + true_ - both);
    by[1] += (2 * both) / (said + true_);
    by[2] += right / 1024;
  }
  expect(count).toBe(4);
  [iou, dices, pixels].forEach((x, i) => expect(x).toBeCloseTo(by[i], 4));
});

test("steps on one batch raise the overlap", () => {
  const batch = upload(task.sample(rng(1), records, Uint32Array.from([0, 1, 2, 3])));
  let state = task.init(rng(2));
  const losses = Array.from({length: 8}, () => {
    const [next, metrics] = task.step(state, batch, tf.scalar(0.02));
    state = next;
    return value(metrics.loss);
  });
  expect(losses[7]).toBeLessThan(losses[0] - 0.1);
}, 60_000);

test("records without masks are refused", () => {
  const {masks: _, ...plain} = records;
  expect(() => task.view(plain, Uint32Array.from([0]), 1)).toThrow("segmentation: expected records with masks");
});
