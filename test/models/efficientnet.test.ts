import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng, type Rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {efficientnet} from "../../src/components/models/efficientnet.js";
import {b0, b0Small, blocksOf, compound, rounded, scaled, type MbPlan} from "../../src/components/models/mbPlan.js";
import {entries, leaves, size} from "../../src/components/tensor/tree.js";
import {efficientnetLayers, sumOf} from "../../src/week2/architectureCount.js";
import {seeded, value, values} from "../gradients.js";

/** A stream of zeros: for counting, drawing is a waste. */
const zeros: Rng = {...rng(1), normal: (n) => new Float32Array(n), fork: () => zeros};

const tiny: MbPlan = {
  stem: {channels: 8, stride: 1},
  stages: [
    {expand: 1, kernel: 3, stride: 1, channels: 8, blocks: 1},
    {expand: 3, kernel: 5, stride: 2, channels: 12, blocks: 2}
  ],
  head: 20
};

test("EfficientNet-B0 with 1,000 classes has torchvision's 5,288,548 parameters, as a tree and as a sum", () => {
  const {params, stats} = classifier(efficientnet(b0), 1000).init(zeros);
  expect(size(params)).toBe(5_288_548);
  tf.dispose([params, stats]);
  expect(sumOf(efficientnetLayers(b0), "parameters")).toBe(5_288_548);
});

test("B0 to B4 and B7 have torchvision's parameters, and its multiply-adds where the paper's table 2 has them", () => {
  // width, depth, side, parameters, 10⁹ multiply-adds of table 2
  const published: [number, number, number, number, number][] = [
    [1, 1, 224, 5_288_548, 0.39],
    [1, 1.1, 240, 7_794_184, 0.7],
    [1.1, 1.2, 260, 9_109_994, 1.0],
    [1.2, 1.4, 300, 12_233_232, 1.8],
    [1.4, 1.8, 380, 19_341_616, 4.2],
    [2, 3.1, 600, 66_347_960, 37]
  ];
  for (const [width, depth, side, parameters, giga] of published) {
    const rows = efficientnetLayers(scaled(b0, {width, depth}), {side});
    expect(sumOf(rows, "parameters")).toBe(parameters);
    expect(Math.abs(sumOf(rows, "macs") / 1e9 / giga - 1)).toBeLessThan(0.06);
  }
});

test("one step of compound scaling nearly doubles the multiply-adds: 1.2 · 1.1² · 1.15² = 1.92027", () => {
  const {depth, width, resolution} = compound(1);
  expect(depth * width ** 2 * resolution ** 2).toBeCloseTo(1.92027, 5);
  expect(compound(0)).toEqual({depth: 1, width: 1, resolution: 1});
  expect(compound(3).width).toBeCloseTo(1.1 ** 3, 12);
});

test("channels are rounded to eights, never by more than a tenth downwards", () => {
  expect([1, 11, 12, 17.6, 24, 44, 19.2].map(rounded)).toEqual([8, 16, 16, 16, 24, 48, 24]);
  for (let c = 8; c < 400; ++c) expect(rounded(c)).toBeGreaterThanOrEqual(0.9 * c);
});

test("the count by layers is the size of the tree, and every stage begins with its stride", () => {
  const {params} = classifier(efficientnet(tiny), 3).init(rng(1));
  expect(sumOf(efficientnetLayers(tiny, {side: 8, classes: 3}), "parameters")).toBe(size(params));
  expect(blocksOf(b0Small).filter(({stride}) => stride === 2).length).toBe(3);
  expect(blocksOf(b0).length).toBe(16);
});

test("leaves have torchvision's names", () => {
  const {params, stats} = efficientnet(tiny).init(rng(1));
  const names = [...entries(params), ...entries(stats)].map(([path]) => path);
  for (const name of [
    "features.0.0.weight",
    "features.1.0.block.0.0.weight", // the depthwise filter: without an expansion it is first
    "features.1.0.block.1.fc1.weight",
    "features.2.1.block.0.0.weight",
    "features.2.1.block.1.1.running_mean",
    "features.2.1.block.2.fc2.bias",
    "features.2.1.block.3.1.bias",
    "features.3.0.weight"
  ])
    expect(names).toContain(name);
});

const x = seeded(1).normal([3, 8, 8, 3]);

const gradients = (training: boolean) => {
  const net = classifier(efficientnet(tiny), 3);
  const {params, stats} = net.init(rng(2));
  const weights = seeded(8).normal([3, 3]);
  const loss = () => tf.sum(tf.mul(weights, net.apply(params, stats, x, {training})[0])).asScalar();
  const {grads} = tf.engine().gradients(loss, leaves(params));
  return entries(params).map(([path], i): [string, number] => [path, value(tf.max(tf.abs(grads[i])))]);
};

test("the loss's gradient reaches every leaf", () => {
  expect(gradients(false).filter(([, size]) => !(size > 0)).map(([path]) => path)).toEqual([]); // prettier-ignore
});

test("in training a projection's shift before a norm has none: the norm takes it out again", () => {
  const sizes = new Map(gradients(true));
  expect(sizes.get("features.2.0.block.3.1.bias")).toBeLessThan(1e-6);
  expect(sizes.get("features.2.0.block.3.1.weight")).toBeGreaterThan(1e-4);
});

test("training moves every statistic", () => {
  const net = efficientnet(tiny);
  const {params, stats} = net.init(rng(2));
  const moved = new Map(entries(net.apply(params, stats, x, {training: true})[1]));
  for (const [path, leaf] of entries(stats)) expect(values(moved.get(path)!)).not.toEqual(values(leaf));
});

test("a skipped block is its shortcut, and only blocks with one have a mask", () => {
  const net = efficientnet(tiny, {dropPath: 0.5});
  const {params, stats} = net.init(rng(3));
  expect(Object.keys(net.noise!(rng(1), 3))).toEqual(["features.2.1"]);
  const [, , aux] = net.apply(params, stats, x, {training: true, noise: {"features.2.1": tf.zeros([3, 1, 1, 1])}});
  expect(values(aux["features.2.1"])).toEqual(values(aux["features.2.0"]));
});

test("a plan scaled by nothing is named", () => {
  expect(() => scaled(b0, {width: 0, depth: 1})).toThrow("scaled: expected width > 0, got 0");
});
