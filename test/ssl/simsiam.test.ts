import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import type {Model} from "../../src/components/models/model.js";
import {projectionHead} from "../../src/components/models/projectionHead.js";
import {resnet} from "../../src/components/models/resnet.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {simsiam} from "../../src/components/ssl/simsiam.js";
import {entries, map} from "../../src/components/tensor/tree.js";
import {upload} from "../../src/components/train/arrays.js";
import {value, values} from "../gradients.js";
import {eight, normalise, records} from "./tiny.js";

const task = (options: {stop?: boolean; predictor?: boolean} = {}) => {
  const head = (inputs: number) => projectionHead(inputs, 16, 8) as unknown as Model;
  return simsiam({
    ...{encoder: resnet({depth: 10, width: 2}), projector: head(16), normalise, views: {size: 16}, stop: options.stop},
    predictor: options.predictor === false ? null : head(8),
    optimizer: sgd()
  });
};

/** The state after one step, without an optimizer's memory. */
const moved = (options: Parameters<typeof task>[0], rate = 0.1) => {
  const state = task(options).init(rng(1));
  const batch = upload(task(options).sample(rng(2), records, eight(0)));
  return {state, next: task(options).step(state, batch, tf.scalar(rate))};
};

test("without stop-gradient the gradient is another one for f and g, and with a predictor the same for h", () => {
  const [stopped, open] = [moved({stop: true}), moved({stop: false})];
  expect(value(stopped.next[1].loss)).toBeCloseTo(value(open.next[1].loss), 6);
  const other = new Map(entries(open.next[0].params));
  const same = (prefix: string) =>
    entries(stopped.next[0].params)
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, leaf]) => values(tf.max(tf.abs(tf.sub(leaf, other.get(path)!))))[0] < 1e-7);
  expect(new Set(same("predictor."))).toEqual(new Set([true]));
  expect(same("projector.")).toContain(false);
});

test("without a predictor p is z, so stop-gradient halves the gradient and changes nothing else", () => {
  const change = (options: Parameters<typeof task>[0]) => {
    const {state, next} = moved({...options, predictor: false});
    const before = new Map(entries(state.params));
    return entries(next[0].params).flatMap(([path, leaf]) => values(tf.sub(leaf, before.get(path)!)));
  };
  const [half, whole] = [change({stop: true}), change({stop: false})];
  const largest = Math.max(...whole.map(Math.abs));
  half.forEach((x, i) => expect(Math.abs(2 * x - whole[i])).toBeLessThan(2e-3 * largest));
});

test("one projection for all images has loss −1 and no spread, with or without stop-gradient", () => {
  const own = task({predictor: false});
  const state = own.init(rng(1));
  const params = map((leaf) => tf.mul(leaf, 0), state.params);
  const last = params.projector as {fc2: {weight: tf.Tensor}; bn1: {bias: tf.Tensor}};
  last.fc2.weight = tf.ones(last.fc2.weight.shape);
  last.bn1.bias = tf.ones(last.bn1.bias.shape);
  const [, metrics] = own.step({...state, params}, upload(own.sample(rng(2), records, eight(0))), tf.scalar(0));
  expect(value(metrics.loss)).toBeCloseTo(-1, 5);
  expect(value(metrics.spread)).toBeCloseTo(0, 3);
});
