import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng, type Rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {resnet} from "../../src/components/models/resnet.js";
import {entries, leaves, size} from "../../src/components/tensor/tree.js";
import {expectClose, seeded, value, values} from "../gradients.js";

const x = seeded(1).normal([3, 8, 8, 3]);

/** A stream of zeros: for counting, drawing is a waste. */
const zeros: Rng = {...rng(1), normal: (n) => new Float32Array(n), fork: () => zeros};

test("ResNet-18 of width 64 for 10 classes has 11,173,962 parameters: torchvision's, but for stem and head", () => {
  const theirs = {18: 11_689_512, 34: 21_797_672}; // a 7 × 7 stem and 1,000 classes
  const sizes = [18, 34].map((depth) => {
    const {params, stats} = classifier(resnet({depth}), 10).init(zeros);
    const count = size(params);
    tf.dispose([params, stats]);
    return count;
  });
  expect(sizes[0]).toBe(11_173_962);
  expect(sizes.map((count) => count + (7 * 7 - 3 * 3) * 3 * 64 + 513 * 990)).toEqual(Object.values(theirs));
});

test("leaves have torchvision's names", () => {
  const {params, stats} = resnet({width: 4}).init(rng(1));
  const names = [...entries(params), ...entries(stats)].map(([path]) => path);
  expect(new Set(names).size).toBe(60 + 40);
  for (const name of [
    "conv1.weight",
    "bn1.running_var",
    "layer1.0.conv1.weight",
    "layer1.1.bn2.bias",
    "layer2.0.downsample.0.weight",
    "layer2.0.downsample.1.running_mean",
    "layer4.1.conv2.weight"
  ])
    expect(names).toContain(name);
  expect(names.filter((name) => name.startsWith("layer1.0.downsample"))).toEqual([]);
});

test("the depth counts the layers with weights on the way through: convolutions and the head", () => {
  for (const depth of [10, 18, 34]) {
    const {params} = classifier(resnet({depth, width: 1}), 2).init(rng(1));
    const weighted = entries(params).filter(([path]) => /(conv\d|fc)\.weight$/.test(path));
    expect(weighted.length).toBe(depth);
  }
});

test("each stage but the first halves height and width and doubles the channels", () => {
  const net = resnet({depth: 10, width: 2});
  const {params, stats} = net.init(rng(1));
  const [y, , aux] = net.apply(params, stats, x);
  const sizes = [1, 2, 3, 4].map((i) => aux[`layer${i}`].shape.slice(1));
  expect(sizes).toEqual([
    [8, 8, 2],
    [4, 4, 4],
    [2, 2, 8],
    [1, 1, 16]
  ]);
  expect(y.shape[3]).toBe(net.features);
  expectClose(y, tf.relu(tf.add(aux["layer4.0.residual"], aux["layer4.0.shortcut"])), 1e-6);
});

test("a filter's first weights depend on seed and name alone, not on depth", () => {
  const [a, b] = [10, 18].map((depth) => new Map(entries(resnet({depth, width: 2}).init(rng(5)).params)));
  expect(values(a.get("layer3.0.conv1.weight")!)).toEqual(values(b.get("layer3.0.conv1.weight")!));
  expect(values(a.get("layer3.0.conv1.weight")!)).not.toEqual(values(a.get("layer3.0.conv2.weight")!).slice(0, 144));
});

test("the loss's gradient reaches every leaf", () => {
  const net = classifier(resnet({depth: 18, width: 2}), 3);
  const {params, stats} = net.init(rng(2));
  const list = leaves(params);
  const {grads} = tf
    .engine()
    .gradients(() => tf.sum(tf.square(net.apply(params, stats, x, {training: true})[0])).asScalar(), list);
  const dead = entries(params).filter((_, i) => !(value(tf.sum(tf.abs(grads[i]))) > 0));
  expect(dead.map(([path]) => path)).toEqual([]);
});

test("training moves every statistic; evaluation keeps them, repeats itself, and sees each image alone", () => {
  const net = resnet({depth: 10, width: 2});
  const {params, stats} = net.init(rng(3));
  const [, moved] = net.apply(params, stats, x, {training: true});
  const before = new Map(entries(stats));
  expect(entries(moved).length).toBe(before.size);
  for (const [path, leaf] of entries(moved)) expect(values(leaf)).not.toEqual(values(before.get(path)!));
  const [y, kept] = net.apply(params, moved, x);
  expect(leaves(kept)).toEqual(leaves(moved));
  expect(values(net.apply(params, moved, x)[0])).toEqual(values(y));
  const alone = net.apply(params, moved, tf.slice(x, [1, 0, 0, 0], [1, 8, 8, 3]))[0];
  expectClose(alone, tf.slice(y, [1, 0, 0, 0], [1, 1, 1, 16]), 1e-5);
});

test("with zeroInit every residual begins at 0, and the plain network has the filters without the projections", () => {
  const net = resnet({depth: 10, width: 2, zeroInit: true});
  const {params, stats} = net.init(rng(4));
  const [, , aux] = net.apply(params, stats, x, {training: true});
  const residuals = Object.entries(aux).filter(([name]) => name.endsWith("residual"));
  expect(residuals.length).toBe(4);
  for (const [, residual] of residuals) expect(value(tf.max(tf.abs(residual)))).toBe(0);
  const plain = entries(resnet({depth: 10, width: 2, shortcuts: false}).init(rng(4)).params);
  const rest = entries(params).filter(([path]) => !path.includes("downsample"));
  expect(plain.map(([path]) => path)).toEqual(rest.map(([path]) => path));
});

test("another depth, a width below 1 and an image without three channels are named", () => {
  expect(() => resnet({depth: 50})).toThrow("resnet: expected a depth of 10, 18, 34, got 50");
  expect(() => resnet({width: 0})).toThrow("resnet: expected a width ≥ 1, got 0");
  const net = resnet({depth: 10, width: 1});
  const {params, stats} = net.init(rng(1));
  expect(() => net.apply(params, stats, tf.zeros([1, 8, 8, 1]))).toThrow("conv: expected x (B, H, W, 3)");
});
