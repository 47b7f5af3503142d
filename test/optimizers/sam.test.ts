import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {classifier} from "../../src/components/models/classifier.js";
import {resnet} from "../../src/components/models/resnet.js";
import {sam} from "../../src/components/optimizers/sam.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {leaves} from "../../src/components/tensor/tree.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import {upload} from "../../src/components/train/arrays.js";
import {supervised} from "../../src/components/train/supervised.js";
import {rng} from "../../src/components/math/random.js";
import {noise} from "../data/noiseRecords.js";
import {expectClose, seeded, value, values} from "../gradients.js";

/** ½ Σ a x² over two leaves, with the point as an auxiliary output. */
const bowl =
  <P extends Record<string, tf.Tensor>>(curvature: P) =>
  (params: P): [tf.Scalar, {x: tf.Tensor}] => {
    const terms = leaves(params).map((x, i) => tf.sum(tf.mul(leaves(curvature)[i], tf.square(x))));
    return [tf.mul(0.5, tf.addN(terms)).asScalar(), {x: tf.clone(leaves(params)[0])}];
  };

test("on ½(x² + 4y²) at (3, 1) with ρ = 1 by hand: g = (3, 4), ε̂ = (0.6, 0.8), and the gradient there", () => {
  const curvature: Record<string, tf.Tensor> = {x: tf.tensor1d([1]), y: tf.tensor2d([4], [1, 1])};
  const at: Record<string, tf.Tensor> = {x: tf.tensor1d([3]), y: tf.tensor2d([1], [1, 1])};
  const [loss, grads, aux] = sam(1)(bowl(curvature))(at);
  expect(value(loss)).toBeCloseTo(6.5, 6); // at θ, not at θ + ε̂
  expect(values(aux.x)).toEqual([3]);
  expect(value(grads.x)).toBeCloseTo(3.6, 6);
  expect(value(grads.y)).toBeCloseTo(7.2, 5);
});

test("on a quadratic it adds ρ A g / ‖g‖ to the gradient, exactly", () => {
  const [curvature, at]: Record<"x", tf.Tensor>[] = [
    {x: seeded(1).uniform([3, 4], 0.5, 3)},
    {x: seeded(2).normal([3, 4])}
  ];
  const plain = valueAndGrad(bowl(curvature))(at)[1].x;
  for (const rho of [0.05, 2]) {
    const expected = tf.add(plain, tf.mul(tf.mul(curvature.x, plain), tf.div(rho, tf.norm(plain))));
    expectClose(sam(rho)(bowl(curvature))(at)[1].x, expected, 1e-4);
  }
});

test("a gradient of zero stays zero, and a parameter keeps its leaf", () => {
  const zero: Record<"x", tf.Tensor> = {x: tf.zeros([3])};
  const [, grads] = sam(0.1)(bowl<Record<"x", tf.Tensor>>({x: tf.ones([3])}))(zero);
  expect(values(grads.x)).toEqual([0, 0, 0]);
  expect(values(zero.x)).toEqual([0, 0, 0]);
});

test("on ½ a x² it does not come to rest: it ends on ±ηaρ/(2 − ηa)", () => {
  let x: tf.Tensor = tf.tensor1d([1]);
  const [a, rho, rate] = [2, 0.5, 0.1];
  for (let k = 0; k < 101; ++k)
    x = tf.tidy(() => tf.sub(x, tf.mul(rate, sam(rho)(bowl<Record<"x", tf.Tensor>>({x: tf.scalar(a)}))({x})[1].x)));
  expect(Math.abs(value(x))).toBeCloseTo((rate * a * rho) / (2 - rate * a), 5);
});

test("in a task the running statistics and the loss are those of the first pass", () => {
  const task = (differentiate?: typeof valueAndGrad) =>
    supervised({
      model: classifier(resnet({depth: 10, width: 2}), 3),
      classes: 3,
      optimizer: sgd(),
      differentiate,
      normalise: {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
    });
  const rows = Uint32Array.from({length: 6}, (_, i) => i);
  const batch = upload(task().sample(rng(1), noise(6, 8), rows));
  const state = task().init(rng(2));
  const [plain, sharp] = [task(), task(sam(0.5))].map((each) => each.step(state, batch, tf.scalar(0.1)));
  expect(value(sharp[1].loss)).toBe(value(plain[1].loss));
  leaves(sharp[0].stats).forEach((leaf, i) => expect(values(leaf)).toEqual(values(leaves(plain[0].stats)[i])));
  const moved = leaves(sharp[0].params).map((leaf, i) => value(tf.norm(tf.sub(leaf, leaves(plain[0].params)[i]))));
  expect(Math.max(...moved)).toBeGreaterThan(1e-4);
});

test("rho ≤ 0 is named", () => {
  expect(() => sam(0)).toThrow("sam: expected rho > 0, got 0");
});
