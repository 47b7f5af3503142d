import * as tf from "@tensorflow/tfjs";
import type {Optimizer} from "../../src/components/optimizers/optimizer.js";
import type {Tree} from "../../src/components/tensor/tree.js";
import {expectClose, seeded, value, values} from "../gradients.js";

const [curvature, centre] = [seeded(1).uniform([2, 3], 0.5, 2), seeded(2).normal([2, 3], 0, 3)];

/** A bowl, ½ Σ a (x − c)², with curvatures between ½ and 2. */
export const bowl = (x: tf.Tensor) => tf.mul(0.5, tf.sum(tf.mul(curvature, tf.square(tf.sub(x, centre))))).asScalar();
export const slope = (x: tf.Tensor) => tf.mul(curvature, tf.sub(x, centre));

/** Our optimizer and one of tf.train's, side by side on the bowl for 50 steps, equal to 1e-5 of the largest coordinate. */
export function expectAgreement(ours: Optimizer, theirs: tf.Optimizer, rate: number): void {
  let x: tf.Tensor = seeded(3).normal([2, 3]);
  let state = ours.init({x});
  const variable = tf.variable(x);
  for (let step = 0; step < 50; ++step) {
    const [moved, next] = ours.update({x}, {x: slope(x)}, state, tf.scalar(rate));
    [x, state] = [moved.x, next];
    theirs.minimize(() => bowl(variable));
    expectClose(x, variable, 1e-5 * Math.max(...values(variable).map(Math.abs)));
  }
  const travelled = value(tf.norm(tf.sub(x, seeded(3).normal([2, 3]))));
  if (!(travelled > 5 * rate)) throw new Error(`expected 50 steps to lead somewhere, got a distance of ${travelled}`);
}

/** The bowl's loss after so many steps, beginning 5 from the centre in every coordinate. */
export function descend(optimizer: Optimizer, rate: number, steps: number): number {
  let x: tf.Tensor = tf.add(centre, 5);
  let state = optimizer.init({x});
  for (let step = 0; step < steps; ++step) {
    const [moved, next] = optimizer.update({x}, {x: slope(x)}, state, tf.scalar(rate));
    [x, state] = [moved.x, next];
  }
  return value(bowl(x));
}

/** θ after each of several steps with the given gradients, for one parameter: what is calculated by hand. */
export function walk(optimizer: Optimizer, start: number, gradients: number[], rate: number): number[] {
  let params: Tree = {w: tf.tensor2d([start], [1, 1])};
  let state = optimizer.init(params);
  return gradients.map((g) => {
    [params, state] = optimizer.update(params, {w: tf.tensor2d([g], [1, 1])}, state, tf.scalar(rate));
    return value(params.w as tf.Tensor);
  });
}
