import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {adam} from "../../src/components/optimizers/adam.js";
import {clipped} from "../../src/components/optimizers/clip.js";
import {lossScaled} from "../../src/components/optimizers/lossScale.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {value, values} from "../gradients.js";
import {walk} from "./trajectory.js";

const [w, rate] = [{w: tf.tensor1d([1, 2])}, tf.scalar(0.1)];

test("gradients are divided by the scale: the path is that of the optimizer inside", () => {
  const gradients = [2, -1, 4];
  const scaled = walk(lossScaled(adam(), {initial: 8}), 1, gradients.map((g) => 8 * g), 0.1); // prettier-ignore
  expect(scaled).toEqual(walk(adam(), 1, gradients, 0.1));
});

test("a NaN or an infinity moves nothing, halves the scale and is forgotten", () => {
  const optimizer = lossScaled(sgd({momentum: 0.5}), {initial: 1024});
  const start = optimizer.update(w, {w: tf.tensor1d([1024, 0])}, optimizer.init(w), rate);
  for (const bad of [NaN, Infinity, -Infinity]) {
    const [params, state] = optimizer.update(start[0], {w: tf.tensor1d([1, bad])}, start[1], rate);
    expect(values(params.w)).toEqual(values(start[0].w));
    expect(values(state.inside.velocity.w as tf.Tensor)).toEqual([1, 0]);
    expect([value(state.scale), value(state.kept)]).toEqual([512, 0]);
  }
});

test("the scale doubles after `interval` good steps in a row, and a bad one begins the count again", () => {
  const optimizer = lossScaled(sgd(), {initial: 4, interval: 3});
  let state = optimizer.init(w);
  const scales = [1, 1, 1, 1, NaN, 1, 1, 1, 1].map((g) => {
    [, state] = optimizer.update(w, {w: tf.tensor1d([g, g])}, state, rate);
    return value(state.scale);
  });
  expect(scales).toEqual([4, 4, 8, 8, 4, 4, 4, 8, 8]);
});

test("options that cannot be are named", () => {
  expect(() => lossScaled(sgd(), {initial: 0})).toThrow("lossScaled: expected initial > 0, got 0");
  expect(() => lossScaled(sgd(), {factor: 1})).toThrow("lossScaled: expected factor > 1, got 1");
  expect(() => lossScaled(sgd(), {interval: 0})).toThrow("lossScaled: expected interval ≥ 1, got 0");
  expect(() => clipped(sgd(), -1)).toThrow("clipped: expected limit > 0, got -1");
});

test("a clipped optimizer moves as with the shortened gradient: sgd at most η c far", () => {
  const optimizer = clipped(sgd(), 1);
  const [{w: far}] = optimizer.update({w: tf.zeros([2])}, {w: tf.tensor1d([3, 4])}, optimizer.init(w), rate);
  expect(values(far)).toEqual([expect.closeTo(-0.06, 6), expect.closeTo(-0.08, 6)]);
  const [{w: near}] = optimizer.update({w: tf.zeros([2])}, {w: tf.tensor1d([0.3, 0.4])}, optimizer.init(w), rate);
  expect(values(near)).toEqual([expect.closeTo(-0.03, 6), expect.closeTo(-0.04, 6)]);
});
