import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {dinoHead} from "../../src/components/models/dinoHead.js";
import {noHead} from "../../src/components/models/noHead.js";
import {projectionHead} from "../../src/components/models/projectionHead.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import {entries, leaves, size} from "../../src/components/tensor/tree.js";
import {expectClose, seeded, value} from "../gradients.js";

const h = () => seeded(1).normal([8, 6]);

test("the projection head is W₂ relu(BN(W₁ h)), with F·H + 2H + H·D parameters", () => {
  const head = projectionHead(6, 10, 4);
  const {params, stats} = head.init(rng(1));
  expect(size(params)).toBe(6 * 10 + 2 * 10 + 10 * 4);
  const inner = tf.matMul(h() as tf.Tensor2D, params.fc1.weight as tf.Tensor2D);
  const {mean, variance} = tf.moments(inner, 0);
  const normalised = tf.div(tf.sub(inner, mean), tf.sqrt(tf.add(variance, 1e-5)));
  const expected = tf.matMul(tf.relu(normalised) as tf.Tensor2D, params.fc2.weight as tf.Tensor2D);
  const [z, moved] = head.apply(params, stats, h(), {training: true});
  expectClose(z, expected, 1e-5);
  expectClose(moved.bn1.running_mean, tf.mul(mean, 0.1), 1e-5);
  expect(value(tf.max(tf.abs(tf.sub(head.apply(params, stats, h())[0], z))))).toBeGreaterThan(1e-2); // evaluation has the running statistics
});

test("no head has no parameters and gives the features back", () => {
  const {params, stats} = noHead(6).init(rng(1));
  expect(size(params)).toBe(0);
  expect(noHead(6).features).toBe(6);
  expectClose(noHead(6).apply(params, stats, h())[0], h(), 0);
});

test("DINO's scores are cosines with the prototypes: the last layer's lengths do not matter, its directions do", () => {
  const head = dinoHead(6, 9, {hidden: 7, bottleneck: 5});
  const {params, stats} = head.init(rng(1));
  expect(size(params)).toBe(6 * 7 + 7 + 7 * 7 + 7 + 7 * 5 + 5 + 5 * 9);
  const [z] = head.apply(params, stats, h());
  expect(value(tf.max(tf.abs(z)))).toBeLessThanOrEqual(1 + 1e-5);
  const longer = {...params, last: {weight: tf.mul(params.last.weight, tf.range(1, 10))}};
  expectClose(head.apply(longer, stats, h())[0], z, 1e-5);
  const one = tf.slice(params.last.weight, [0, 3], [5, 1]);
  const same = {...params, last: {weight: tf.add(tf.zeros([5, 9]), one)}};
  const [equal] = head.apply(same, stats, h());
  expectClose(equal, tf.tile(tf.slice(z, [0, 3], [8, 1]), [1, 9]), 1e-5);
});

test("normalised in the head, a shift and a scale common to all images do not change DINO's scores", () => {
  const head = dinoHead(6, 9, {hidden: 7, bottleneck: 5, norm: true});
  const {params, stats} = head.init(rng(1));
  expect(size(params)).toBe(6 * 7 + 7 * 7 + 2 * 14 + 7 * 5 + 5 + 5 * 9);
  const scores = (h: tf.Tensor) => head.apply(params, stats, h, {training: true})[0];
  expectClose(scores(tf.add(tf.mul(h(), 3), tf.tensor1d([5, -1, 2, 0, 4, 9]))), scores(h()), 1e-3);
  const [, moved] = head.apply(params, stats, h(), {training: true});
  expect(entries(moved).map(([path]) => path)).toEqual(entries(stats).map(([path]) => path));
});

test.each([
  ["projection", projectionHead(6, 10, 4)],
  ["DINO", dinoHead(6, 9, {hidden: 7, bottleneck: 5})],
  ["normalised DINO", dinoHead(6, 9, {hidden: 7, bottleneck: 5, norm: true})]
])("the %s head's gradient reaches every leaf", (_, head) => {
  const {params, stats} = head.init(rng(1)) as never as {params: never; stats: never};
  const weights = seeded(2).normal([8, head.features]);
  const loss = (params: never) => {
    const [z] = head.apply(params, stats, h(), {training: true});
    return [tf.sum(tf.mul(z, weights)) as tf.Scalar, null] as [tf.Scalar, null];
  };
  const [, grads] = valueAndGrad(loss as never)(params) as unknown as [tf.Scalar, typeof params];
  expect(leaves(grads).length).toBe(entries(params).length);
  for (const [path, leaf] of entries(grads)) expect([path, value(tf.max(tf.abs(leaf))) > 1e-6]).toEqual([path, true]);
});
