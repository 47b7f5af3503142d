import * as tf from "@tensorflow/tfjs";
import type {Tensors} from "../../../../headless/native/trace/trace.js";
import {rng} from "../../../../src/components/math/random.js";
import {entries, fromEntries, type Tree} from "../../../../src/components/tensor/tree.js";
import type {Block} from "../../../../src/components/train/task.js";
import type {Blocks} from "../traced.js";

/** A piece of the library at work. */
export interface Example {
  /** Its file under `src/components`, and what is special, after a space. */
  of: string;
  /** Arguments; made on the cpu backend. Those under `params` and `x` are differentiated by. */
  inputs: () => Tree;
  /** `y` is differentiated, what stands beside it is only computed. */
  f: (inputs: never) => {y?: tf.Tensor | Tree} & Tree;
}

/** Normal numbers of a shape. */
export const some = (seed: number, ...shape: number[]): tf.Tensor =>
  tf.tensor(rng(seed).normal(shape.reduce((product, n) => product * n, 1)), shape);

/** Whole numbers below a bound. */
export const whole = (seed: number, below: number, ...shape: number[]): tf.Tensor =>
  tf.tensor(rng(seed).integers(shape.reduce((product, n) => product * n, 1), below), shape, "int32"); // prettier-ignore

/** Masks as tensors. */
export const masks = (noise: Record<string, {data: Float32Array; shape: number[]}>): Tree =>
  Object.fromEntries(Object.entries(noise).map(([name, {data, shape}]) => [name, tf.tensor(data, shape)]));

/** Tensors by their places. */
export const listed = (tensors: tf.Tensor[]): Tree => Object.fromEntries(tensors.entries());

/** An example's arguments as arrays. */
export const blocksOf = ({inputs}: Example): Blocks =>
  Object.fromEntries(
    entries(inputs()).map(([path, leaf]) => [path, {data: leaf.dataSync().slice() as Block["data"], shape: leaf.shape}])
  );

/** All that an example computes, and the gradients of a weighted sum of its `y`, as a function of named tensors. */
export const graded =
  ({f}: Example) =>
  (tensors: Tensors): Tensors => {
    const names = Object.keys(tensors).filter((path) => /^(params|x)\b/.test(path));
    const made = f(fromEntries(Object.entries(tensors)) as never);
    const results = Object.fromEntries(entries(made));
    if (!made.y || names.length === 0) return results;
    const loss = (...changed: tf.Tensor[]): tf.Scalar => {
      const inputs = {...tensors, ...Object.fromEntries(names.map((name, i) => [name, changed[i]]))};
      const {y} = f(fromEntries(Object.entries(inputs)) as never);
      return tf.addN(entries({y: y!}).map(([, leaf]) => tf.sum(tf.mul(leaf, weights(leaf.shape))))) as tf.Scalar;
    };
    const gradients = tf.grads(loss)(names.map((name) => tensors[name]));
    return {...results, ...Object.fromEntries(names.map((name, i) => [`gradient of ${name}`, gradients[i]]))};
  };

/** Numbers of which no two are alike, so that no part of a gradient hides behind another. */
const weights = (shape: number[]) =>
  tf.reshape(
    tf.cos(
      tf.range(
        0,
        shape.reduce((product, n) => product * n, 1)
      )
    ),
    shape
  );
