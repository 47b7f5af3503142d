import {readFileSync} from "node:fs";
import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {batchNorm} from "../../src/components/layers/batchNorm.js";
import {groupNorm} from "../../src/components/layers/groupNorm.js";
import {layerNorm} from "../../src/components/layers/layerNorm.js";
import {rmsNorm} from "../../src/components/layers/rmsNorm.js";
import {expectClose} from "../gradients.js";

type Numbers = number[] | Numbers[];
type Case = Record<"y" | "dx" | "dweight", Numbers> &
  Partial<Record<"dbias" | "running_mean" | "running_var", Numbers>>;
const fixture = JSON.parse(readFileSync("test/fixtures/pytorch/norms.json", "utf8")) as {
  cases: Record<string, Case>;
} & Record<"x" | "dy" | "weight" | "bias", Numbers>;

const batch = batchNorm(6);
const stats = {running_mean: tf.zeros([6]), running_var: tf.ones([6])};
const moved = () => batch.apply(given(), stats, tensor(fixture.x), {training: true})[1];
const tensor = (numbers: Numbers) => tf.tensor(numbers as number[]);
const given = () => ({weight: tensor(fixture.weight), bias: tensor(fixture.bias)});

type Norm = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) => tf.Tensor;
const ours: Record<string, Norm> = {
  batchNorm: (x, weight, bias) => batch.apply({weight, bias}, stats, x, {training: true})[0],
  "batchNorm, evaluation": (x, weight, bias) => batch.apply({weight, bias}, moved(), x)[0],
  layerNorm: (x, weight, bias) => layerNorm(6).apply({weight, bias}, x),
  groupNorm: (x, weight, bias) => groupNorm(6, {groups: 3}).apply({weight, bias}, x),
  instanceNorm: (x, weight, bias) => groupNorm(6, {groups: 6}).apply({weight, bias}, x),
  rmsNorm: (x, weight) => rmsNorm(6).apply({weight}, x)
};

test("every norm of the fixture is one of ours", () => expect(Object.keys(ours)).toEqual(Object.keys(fixture.cases)));

test.each(Object.keys(ours))("%s agrees with PyTorch, forwards and backwards", (name) => {
  const {y, dx, dweight, dbias} = fixture.cases[name];
  const norm = ours[name];
  const {weight, bias} = given();
  const [x, dy] = [tensor(fixture.x), tensor(fixture.dy)];
  expectClose(norm(x, weight, bias), tensor(y), 2e-5);
  if (dbias) {
    const gradients = tf.grads(norm)([x, weight, bias], dy);
    [dx, dweight, dbias].forEach((expected, i) => expectClose(gradients[i], tensor(expected), 5e-5));
  } else {
    const gradients = tf.grads((x: tf.Tensor, weight: tf.Tensor) => norm(x, weight, bias))([x, weight], dy);
    [dx, dweight].forEach((expected, i) => expectClose(gradients[i], tensor(expected), 5e-5));
  }
});

test("batch normalisation's running statistics are PyTorch's after a batch", () => {
  const after = moved();
  expectClose(after.running_mean, tensor(fixture.cases.batchNorm.running_mean!), 1e-6);
  expectClose(after.running_var, tensor(fixture.cases.batchNorm.running_var!), 1e-6);
});
