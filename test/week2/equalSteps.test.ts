import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import {entries, type Tree} from "../../src/components/tensor/tree.js";
import {upload} from "../../src/components/train/arrays.js";
import equalStepsTask, {data, equalSteps} from "../../src/week2/resnet/equalSteps.js";
import resnetTask from "../../src/week2/resnetTask.js";
import {seeded, value, values} from "../gradients.js";

type Params = {filter: tf.Tensor; bias: tf.Tensor};
const x = seeded(1).normal([2, 5, 5, 3]);
const loss =
  (factor: number) =>
  ({filter, bias}: Params): [tf.Scalar, Record<string, never>] => [
    tf.mul(
      factor,
      tf.mean(tf.square(tf.add(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same"), bias)))
    ) as tf.Scalar,
    {}
  ];
const params = {filter: seeded(2).normal([3, 3, 3, 4]), bias: seeded(3).normal([4])};
const length = (t: tf.Tensor) => value(tf.norm(t));

test("a filter's gradient has the filter's length times the trust, in its own direction; the bias's stays as it is", () => {
  const [reached, plain] = valueAndGrad(loss(1))(params);
  const [same, grads] = equalSteps(0.1)(loss(1))(params);
  expect(value(same)).toBe(value(reached));
  expect(length(grads.filter) / length(params.filter)).toBeCloseTo(0.1, 6);
  const cosine = value(tf.sum(tf.mul(grads.filter, plain.filter))) / length(grads.filter) / length(plain.filter);
  expect(cosine).toBeCloseTo(1, 6);
  expect(values(grads.bias)).toEqual(values(plain.bias));
});

test("a filter's step does not see the size of the loss, and a gradient of zero stays zero", () => {
  const [one, many] = [1, 1000].map((factor) => equalSteps(0.1)(loss(factor))(params)[1].filter);
  values(one).forEach((g, i) => expect(values(many)[i]).toBeCloseTo(g, 5));
  expect(length(equalSteps(0.1)(loss(0))(params)[1].filter)).toBe(0);
});

test("in a plain network of 10 layers the first step turns every filter alike, and SGD some several times as far as others", async () => {
  const config = {data: "scenes", depth: 10, width: 4, images: 6, testImages: 4, shortcuts: "off"} as const;
  const set = await data(config, {progress: () => {}} as never);
  const turned = [resnetTask, equalStepsTask].map((make) => {
    const task = make(config);
    const state = task.init(rng(1));
    const rows = Uint32Array.from({length: 6}, (_, i) => i);
    const [next] = task.step(state, upload(task.sample(rng(2), set.train, rows)), tf.scalar(1e-4));
    const [before, after] = [state, next].map((each) => entries(each.params as Tree).filter(([, leaf]) => leaf.rank === 4)); // prettier-ignore
    return before.map(([, w], i) => length(tf.sub(after[i][1], w)) / length(w));
  });
  const [plain, equal] = turned.map((each) => Math.max(...each) / Math.min(...each));
  expect(plain).toBeGreaterThan(3);
  expect(equal).toBeLessThan(1.1);
});
