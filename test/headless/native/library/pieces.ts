import * as tf from "@tensorflow/tfjs";
import {adamUpdate} from "../../../../src/components/ops/adamUpdate.js";
import {batchNorm} from "../../../../src/components/ops/batchNorm.js";
import {combine} from "../../../../src/components/ops/combine.js";
import {emaUpdate} from "../../../../src/components/ops/emaUpdate.js";
import {avgPool, maxPool} from "../../../../src/components/ops/pool.js";
import {relu} from "../../../../src/components/ops/relu.js";
import {resize} from "../../../../src/components/ops/resize.js";
import {rmspropUpdate} from "../../../../src/components/ops/rmspropUpdate.js";
import {descend, descendWithMomentum} from "../../../../src/components/ops/sgdUpdate.js";
import {standardise} from "../../../../src/components/ops/standardise.js";
import {leaves, type Tree} from "../../../../src/components/tensor/tree.js";
import {listed, some, type Example} from "./example.js";

type In<K extends string> = Record<K, tf.Tensor>;

/** Two leaves, decay on the first alone. */
const two = (seed: number) => [some(seed, 3, 5), some(seed + 1, 4)];
const decays = [0.1, 0];
const all = (lists: Record<string, tf.Tensor[]>): Tree =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, listed(list)]));

const updates: Example[] = [
  {
    of: "ops/sgdUpdate.ts",
    inputs: () => ({lists: {theta: listed(two(1)), g: listed(two(3)), v: listed(two(5))}, rate: some(7)}),
    f({lists, rate}: {lists: Record<string, Tree>; rate: tf.Tensor}) {
      const {theta, g, v} = Object.fromEntries(Object.entries(lists).map(([name, tree]) => [name, leaves(tree)]));
      return {
        plain: all(descend({theta, g}, {rate}, {}, decays)),
        momentum: all(descendWithMomentum({theta, g, v}, {rate}, {momentum: 0.9, nesterov: true}, decays))
      };
    }
  },
  {
    of: "ops/adamUpdate.ts",
    inputs: () => ({
      lists: {theta: listed(two(1)), g: listed(two(3)), m: listed(two(5)), v: listed(two(7).map((t) => tf.square(t)))},
      scalars: {rate: some(9), c1: tf.scalar(0.2), c2: tf.scalar(0.01)}
    }),
    f({lists, scalars}: {lists: Record<string, Tree>; scalars: In<"rate" | "c1" | "c2">}) {
      const given = Object.fromEntries(Object.entries(lists).map(([name, tree]) => [name, leaves(tree)]));
      const step = (decoupled: boolean) =>
        all(adamUpdate(given, scalars, {beta1: 0.9, beta2: 0.99, epsilon: 1e-6, decoupled}, decays));
      return {coupled: step(false), decoupled: step(true)};
    }
  },
  {
    of: "ops/rmspropUpdate.ts",
    inputs: () => ({
      lists: {theta: listed(two(1)), g: listed(two(3)), s: listed(two(7).map((t) => tf.square(t)))},
      rate: some(9)
    }),
    f({lists, rate}: {lists: Record<string, Tree>; rate: tf.Tensor}) {
      const given = Object.fromEntries(Object.entries(lists).map(([name, tree]) => [name, leaves(tree)]));
      return all(rmspropUpdate(given, {rate}, {rho: 0.9, epsilon: 1e-6}, decays));
    }
  },
  {
    of: "ops/emaUpdate.ts",
    inputs: () => ({lists: {average: listed(two(1)), fresh: listed(two(3))}, momentum: tf.scalar(0.9)}),
    f({lists, momentum}: {lists: Record<"average" | "fresh", Tree>; momentum: tf.Tensor}) {
      const {average, fresh} = lists;
      return all(emaUpdate({average: leaves(average), fresh: leaves(fresh)}, {momentum}, {}, [0, 0]));
    }
  }
];

/** Fused ops, updates, and what layers are made of beside those in `parts`. */
export const pieces: Example[] = [
  ...updates,
  {
    of: "ops/batchNorm.ts, with a sum and a ReLU",
    inputs: () => ({x: {x: some(1, 2, 4, 3, 5), plus: some(4, 2, 4, 3, 5)}, params: {weight: some(2, 5), bias: some(3, 5)}}), // prettier-ignore
    f({x: {x, plus}, params: {weight, bias}}: {x: In<"x" | "plus">; params: In<"weight" | "bias">}) {
      const [y, mean, variance] = batchNorm(x, weight, bias, 1e-5, {relu: true, plus});
      return {y, mean, variance};
    }
  },
  {
    of: "ops/combine.ts",
    inputs: () => ({x: {a: some(1, 3, 4), b: some(2, 3, 4)}}),
    f: ({x: {a, b}}: {x: In<"a" | "b">}) => ({y: combine(a, 0.9, b, -0.2)})
  },
  {
    of: "ops/pool.ts",
    inputs: () => ({x: some(1, 2, 6, 7, 3)}),
    f: ({x}: In<"x">) => ({y: listed([maxPool(x, {size: 2}), avgPool(x, {size: 3, stride: 2, padding: 1})])})
  },
  {of: "ops/resize.ts", inputs: () => ({x: some(1, 2, 4, 5, 3)}), f: ({x}: In<"x">) => ({y: resize(x, 7, 3)})},
  {
    of: "ops/standardise.ts",
    inputs: () => ({x: some(1, 2, 4, 6), params: {weight: some(2, 6), bias: some(3, 6)}}),
    f: ({x, params: {weight, bias}}: {x: tf.Tensor; params: In<"weight" | "bias">}) => ({
      y: standardise(x, weight, bias, {groups: 3, epsilon: 1e-3, centred: true})
    })
  },
  {of: "ops/relu.ts", inputs: () => ({x: some(1, 40)}), f: ({x}: In<"x">) => ({y: relu(x)})}
];
