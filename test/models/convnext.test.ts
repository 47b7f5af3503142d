import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng, type Rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {convnext} from "../../src/components/models/convnext.js";
import {convnextBlock} from "../../src/components/models/convnextBlock.js";
import {convnextTiny, type ConvnextSize} from "../../src/components/models/convnextSize.js";
import {entries, leaves, size} from "../../src/components/tensor/tree.js";
import {convnextLayers, sumOf} from "../../src/week2/architectureCount.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";

const zeros: Rng = {...rng(1), normal: (n) => new Float32Array(n), fork: () => zeros};
const tiny: ConvnextSize = {depths: [1, 2], dims: [4, 6], patch: 2, kernel: 3};
const x = seeded(1).normal([3, 8, 8, 3]);

test("ConvNeXt-T with 1,000 classes has the paper's 28,589,128 parameters and 4.5 · 10⁹ multiply-adds", () => {
  const {params} = classifier(convnext(convnextTiny), 1000).init(zeros);
  expect(size(params)).toBe(28_589_128);
  tf.dispose(params);
  const rows = convnextLayers(convnextTiny);
  expect(sumOf(rows, "parameters")).toBe(28_589_128);
  expect(sumOf(rows, "macs") / 1e9).toBeCloseTo(4.456, 2);
});

test("S and B have torchvision's 50,223,688 and 88,591,464 parameters", () => {
  const depths = [3, 3, 27, 3];
  const counts = [96, 128].map((c) => sumOf(convnextLayers({depths, dims: [c, 2 * c, 4 * c, 8 * c], patch: 4}), "parameters")); // prettier-ignore
  expect(counts).toEqual([50_223_688, 88_591_464]);
});

test("leaves have torchvision's names, and the count by layers is the size of the tree", () => {
  const {params} = classifier(convnext(tiny), 3).init(rng(1));
  const names = entries(params).map(([path]) => path);
  for (const name of [
    "features.0.0.weight",
    "features.0.1.bias",
    "features.1.0.block.0.weight",
    "features.1.0.layer_scale",
    "features.2.0.weight",
    "features.2.1.weight",
    "features.3.1.block.5.bias",
    "norm.weight"
  ])
    expect(names).toContain(name);
  expect(sumOf(convnextLayers(tiny, {side: 8, classes: 3}), "parameters")).toBe(size(params));
});

test("with γ = 0 a block is the identity, and its branch is W₂ gelu(W₁ LN(depthwise x)) at one place", () => {
  const block = convnextBlock(2, {kernel: 1, layerScale: 1});
  const params = block.init(rng(1));
  params.block[3].weight = seeded(2).normal([2, 8]);
  params.block[5].weight = seeded(3).normal([8, 2]);
  const at = seeded(4).normal([1, 1, 1, 2]);
  const [a, b] = values(at).map((v, c) => v * values(params.block[0].weight)[c]);
  const unit = (a - b) / 2 / Math.sqrt(((a - b) / 2) ** 2 + 1e-6); // LN of two channels is ± that
  const [W1, W2] = [values(params.block[3].weight), values(params.block[5].weight)];
  const hidden = Array.from({length: 8}, (_, j) => unit * (W1[j] - W1[8 + j]));
  const gelu = values(tf.mul(hidden, tf.mul(0.5, tf.add(1, tf.erf(tf.mul(hidden, Math.SQRT1_2))))));
  const y = [0, 1].map((c) => values(at)[c] + gelu.reduce((sum, g, j) => sum + g * W2[2 * j + c], 0));
  expectClose(block.apply(params, at), y, 1e-4);
  expect(values(block.apply({...params, layer_scale: tf.zeros([2])}, x.slice([0, 0, 0, 0], [1, 8, 8, 2])))).toEqual(
    values(x.slice([0, 0, 0, 0], [1, 8, 8, 2]))
  );
});

test("the loss's gradient reaches every leaf", () => {
  const net = classifier(convnext(tiny, {layerScale: 1}), 3);
  const {params, stats} = net.init(rng(2));
  const {grads} = tf
    .engine()
    .gradients(() => tf.sum(tf.square(tf.sub(net.apply(params, stats, x)[0], 1))).asScalar(), leaves(params));
  const dead = entries(params).filter((_, i) => !(value(tf.sum(tf.abs(grads[i]))) > 0));
  expect(dead.map(([path]) => path)).toEqual([]);
});

test("it has the gradient of its function for an image", () => {
  const net = convnext(tiny, {layerScale: 1});
  const {params, stats} = net.init(rng(5));
  const wide = {...params, features: {...params.features}};
  const weights = seeded(6).normal([1, 6]);
  expectGradient((x) => tf.sum(tf.mul(weights, tf.tanh(net.apply(wide, stats, x)[0]))), [1, 8, 8, 3], {within: 4e-3});
});

test("a skipped block is the identity; sizes that do not fit are named", () => {
  const net = convnext(tiny, {dropPath: 0.5, layerScale: 1});
  const {params, stats} = net.init(rng(3));
  expect(Object.keys(net.noise!(rng(1), 3))).toEqual(["features.3.0", "features.3.1"]);
  const skipped = {"features.3.0": tf.zeros([3, 1, 1, 1]), "features.3.1": tf.zeros([3, 1, 1, 1])};
  const without = convnext({...tiny, depths: [1, 0]}, {layerScale: 1});
  const [y] = net.apply(params, stats, x, {training: true, noise: skipped});
  expectClose(y, without.apply(params, stats, x)[0], 1e-6);
  expect(() => convnext({depths: [1], dims: [4, 8], patch: 2})).toThrow(
    "convnext: expected as many depths as dims, got 1 and 2"
  );
});
