import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {ladder} from "../../src/components/models/ladder.js";
import {ladderPlan, rungs, type Taken} from "../../src/components/models/ladderPlan.js";
import {entries, leaves, size} from "../../src/components/tensor/tree.js";
import {ladderLayers, sumOf} from "../../src/week2/architectureCount.js";
import {seeded, value} from "../gradients.js";

const x = seeded(1).normal([2, 32, 32, 3]);

/** The first n steps taken, for every n; and some combinations drawn. */
const upTo = (n: number): Taken => Object.fromEntries(rungs.slice(0, n).map((rung) => [rung, true]));
const drawn = (seed: number): Taken => {
  const coins = rng(seed).uniform(rungs.length);
  return Object.fromEntries(rungs.map((rung, i) => [rung, coins[i] < 0.5]));
};
const combinations = [...Array.from({length: rungs.length + 1}, (_, n) => upTo(n)), ...[1, 2, 3, 4, 5, 6].map(drawn)];

test.each(combinations)("any steps give a network whose parameters are those counted: %j", (taken) => {
  const {params, stats} = classifier(ladder(4, taken), 10).init(rng(1));
  expect(size(params)).toBe(sumOf(ladderLayers(4, taken), "parameters"));
  tf.dispose([params, stats]);
});

test.each([upTo(0), upTo(rungs.length), drawn(7)])("the gradient reaches every leaf: %j", (taken) => {
  const net = classifier(ladder(2, taken), 3);
  const {params, stats} = net.init(rng(2));
  const {grads} = tf
    .engine()
    .gradients(() => tf.sum(tf.square(tf.sub(net.apply(params, stats, x, {training: true})[0], 1))).asScalar(), leaves(params)); // prettier-ignore
  const dead = entries(params).filter((_, i) => !(value(tf.sum(tf.abs(grads[i]))) > 0));
  // A convolution's weights before a norm have the gradient of their direction alone, but it is not 0.
  expect(dead.map(([path]) => path)).toEqual([]);
});

test("at the top every block is ConvNeXt's: depthwise 7 × 7 and a norm, four times as wide and GELU, back", () => {
  const {stages, stem} = ladderPlan(16, upTo(rungs.length));
  expect(stages.map(({blocks}) => blocks.length)).toEqual([1, 4, 1]);
  expect(stem).toMatchObject({kernel: 2, stride: 2, norm: "layer", activation: null});
  for (const {units, projection, activation} of stages.flatMap(({blocks}) => blocks)) {
    const [places, widen, narrow] = units;
    expect(places).toMatchObject({depthwise: true, kernel: 7, stride: 1, norm: "layer", activation: null});
    expect(widen).toMatchObject({kernel: 1, outputs: 4 * widen.inputs, norm: null, activation: "gelu"});
    expect(narrow).toMatchObject({kernel: 1, outputs: places.inputs, norm: null, activation: null});
    expect([projection, activation]).toEqual([null, null]);
  }
});

test("at the foot every block is a bottleneck of a residual network", () => {
  const {stages} = ladderPlan(16, {});
  for (const {units, activation} of stages.flatMap(({blocks}) => blocks)) {
    expect(units.map(({kernel}) => kernel)).toEqual([1, 3, 1]);
    expect(units[2].outputs).toBe(4 * units[1].outputs);
    expect(units.map((unit) => [unit.norm, unit.activation])).toEqual([["batch", "relu"], ["batch", "relu"], ["batch", null]]); // prettier-ignore
    expect(activation).toBe("relu");
  }
});
