import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {scenes} from "../../src/components/data/scenes.js";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {useBackend} from "../../src/components/ops/backend.js";
import {adam} from "../../src/components/optimizers/adam.js";
import {rateAt} from "../../src/components/optimizers/schedule.js";
import {upload} from "../../src/components/train/arrays.js";
import {supervised} from "../../src/components/train/supervised.js";
import {softmaxRegression} from "../data/softmaxRegression.js";
import {smallCnn} from "./smallCnn.js";

const train = scenes({seed: 0, count: 10_000});
const held = scenes({seed: 0, count: 2000, from: 10_000});

test("a small convolutional network passes 95 % on scenes", {timeout: 1_800_000}, async () => {
  await useBackend("wasm");
  const task = supervised({
    model: classifier(smallCnn(), 10),
    classes: 10,
    optimizer: adam(),
    normalise: {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
  });
  const [epochs, batch] = [3, 32];
  const each = Math.floor(train.count / batch);
  const rate = rateAt({kind: "one-cycle", rate: 0.003}, epochs * each);
  let state = tf.tidy(() => task.init(rng(1)));
  for (let epoch = 0; epoch < epochs; ++epoch) {
    const order = rng(1).fork("order", epoch).permutation(train.count);
    for (let k = 0; k < each; ++k) {
      const step = epoch * each + k;
      const sample = task.sample(rng(1).fork("batch", step), train, order.slice(k * batch, (k + 1) * batch));
      const next = tf.tidy(() => task.step(state, upload(sample), tf.scalar(rate(step)))[0]);
      tf.dispose(state);
      state = next;
    }
  }
  let correct = 0;
  for (let first = 0; first < held.count; first += 100) {
    const rows = Uint32Array.from({length: 100}, (_, k) => first + k);
    correct += tf.tidy(() => task.evaluate(state, upload(task.view(held, rows, 100))).correct.dataSync()[0]);
  }
  console.log(`scenes: small CNN, test accuracy ${correct / held.count}`);
  expect(correct / held.count).toBeGreaterThan(0.95);
});

test(
  "a linear classifier on pixels stays below 60 % on scenes, with ten thousand images and ten epochs",
  {timeout: 1_200_000},
  () => {
    const accuracy = softmaxRegression(train, held, {epochs: 10, rate: 0.01});
    console.log(`scenes: linear classifier, test accuracy ${accuracy}`);
    expect(accuracy).toBeLessThan(0.6);
  }
);
