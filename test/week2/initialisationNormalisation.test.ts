import {readFileSync} from "node:fs";
import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {batchNorm} from "../../src/components/layers/batchNorm.js";
import {groupNorm} from "../../src/components/layers/groupNorm.js";
import {kaimingNormal, normal, xavierNormal, type Init} from "../../src/components/layers/init.js";
import {layerNorm} from "../../src/components/layers/layerNorm.js";
import {rmsNorm} from "../../src/components/layers/rmsNorm.js";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {entries, leaves} from "../../src/components/tensor/tree.js";
import {upload} from "../../src/components/train/arrays.js";
import {outcome, workerScript, type Case} from "../../src/components/ui/codeRun.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {lastMeanSquare} from "../../src/week2/deepSignal.js";
import {answers} from "../../src/week2/initialisationNormalisationAnswers.js";
import {normalise, normaliseBackward, setsOf, type Kind} from "../../src/week2/initNorm/norms.js";
import {batchNoise, meanErrors, mismatches} from "../../src/week2/initNorm/running.js";
import {river, type StackConfig} from "../../src/week2/initNorm/stack.js";
import initNormTask, {data} from "../../src/week2/initNormTask.js";
import {norms, plainNet, rootMeanSquare} from "../../src/week2/plainNet.js";
import {seeded, value, values} from "../gradients.js";

const [B, C, P] = [3, 4, 6];
const sizes = {batch: B, channels: C, places: P, groups: 2};

/** Ours are (B, C, P), the layers' are (B, H, W, C). */
const toPlaces = (x: number[]) => Array.from({length: B * C * P}, (_, i) => x[(Math.floor(i / (P * C)) * C + (i % C)) * P + (Math.floor(i / C) % P)]); // prettier-ignore

const layerOf: Record<Kind, (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => tf.Tensor> = {
  batch: (x, weight, bias) => batchNorm(C).apply({weight, bias}, batchNorm(C).init().stats, x, {training: true})[0],
  group: (x, weight, bias) => groupNorm(C, {groups: 2}).apply({weight, bias}, x),
  instance: (x, weight, bias) => groupNorm(C, {groups: C}).apply({weight, bias}, x),
  layer: (x, weight, bias) => groupNorm(C, {groups: 1}).apply({weight, bias}, x),
  rms: (x, weight, bias) => tf.add(rootMeanSquare(weight, x), bias)
};

test.each(["batch", "group", "instance", "layer", "rms"] as Kind[])(
  "%s: the page's float64 and the layer on tensors, forward and backward",
  (kind) => {
    // prettier-ignore
    const draw = (seed: number, n: number) => values(seeded(seed).normal([n]));
    const [x, dy, gamma, beta] = [draw(1, B * C * P), draw(2, B * C * P), draw(3, C), draw(4, C)];
    const [tx, tdy] = [x, dy].map((v) => tf.tensor4d(toPlaces(v), [B, 2, 3, C]));
    const [tg, tb] = [tf.tensor1d(gamma), tf.tensor1d(beta)];
    const y = layerOf[kind](tx, tg, tb);
    toPlaces(Array.from(normalise(x, [gamma, beta], kind, sizes))).forEach((e, i) => expect(values(y)[i]).toBeCloseTo(e, 4)); // prettier-ignore
    const loss = (a: tf.Tensor, g: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(tdy, layerOf[kind](a, g, b))).asScalar();
    const [dx, dg, db] = tf.grads(loss)([tx, tg, tb]);
    const ours = normaliseBackward(x, dy, gamma, kind, sizes);
    toPlaces(Array.from(ours.dx)).forEach((e, i) => expect(values(dx)[i]).toBeCloseTo(e, 4));
    ours.dgamma.forEach((e, c) => expect(values(dg)[c]).toBeCloseTo(e, 3));
    ours.dbeta.forEach((e, c) => expect(values(db)[c]).toBeCloseTo(e, 3));
  }
);

test("rows: layer and RMS normalisation of a token's channels, forward and backward", () => {
  const [x, dy] = [1, 2].map((seed) => values(seeded(seed).normal([7])));
  const row = {batch: 1, channels: 7, places: 1};
  const [gamma, beta] = [3, 4].map((seed) => values(seeded(seed).normal([7])));
  for (const [kind, f, epsilon] of [
    ["layer", (a: tf.Tensor) => layerNorm(7).apply({weight: tf.tensor1d(gamma), bias: tf.tensor1d(beta)}, a), 1e-5],
    ["rms", (a: tf.Tensor) => tf.add(rmsNorm(7).apply({weight: tf.tensor1d(gamma)}, a), tf.tensor1d(beta)), 1e-6]
  ] as [Kind, (a: tf.Tensor) => tf.Tensor, number][]) {
    const at = tf.tensor2d([x]);
    normalise(x, [gamma, beta], kind, row, epsilon).forEach((e, i) => expect(values(f(at))[i]).toBeCloseTo(e, 5));
    const dx = values(tf.grad((a: tf.Tensor) => tf.sum(tf.mul(tf.tensor2d([dy]), f(a))))(at));
    normaliseBackward(x, dy, gamma, kind, row, epsilon).dx.forEach((e, i) => expect(dx[i]).toBeCloseTo(e, 4));
  }
});

test("every number is in one set, and sets are as large as the table says", () => {
  const size: Record<Kind, number> = {batch: B * P, layer: C * P, instance: P, group: (C * P) / 2, rms: C * P};
  for (const [kind, expected] of Object.entries(size) as [Kind, number][]) {
    const sets = setsOf(kind, sizes);
    expect(new Set(sets.map((set) => set.length))).toEqual(new Set([expected]));
    expect(sets.flat().sort((a, b) => a - b)).toEqual(Array.from({length: B * C * P}, (_, i) => i));
  }
});

test("running statistics: the layer's own after the same batches, and the theory's error on average", () => {
  const setup = {momentum: 0.2, batch: 6, steps: 30, shift: 0, seed: 4};
  const layer = batchNorm(32, {momentum: 0.2});
  let {stats} = layer.init();
  const {params} = layer.init();
  const draws = rng(4); // as `mismatches` draws them: a batch of 32 channels, channel after channel
  const errors = mismatches(setup).map(({outputs, mean}) => {
    const x = tf.transpose(tf.stack(Array.from({length: 32}, () => tf.tensor1d(draws.normal(6, 1, 1))))); // (B, C)
    const [trained, moved] = layer.apply(params, stats, x, {training: true});
    const [evaluated] = layer.apply(params, stats, x);
    expect(Math.sqrt(value(tf.mean(tf.squaredDifference(trained, evaluated))))).toBeCloseTo(outputs, 4);
    expect(Math.sqrt(value(tf.mean(tf.square(tf.sub(stats.running_mean, 1)))))).toBeCloseTo(mean, 4);
    stats = moved;
    return mean;
  });
  const theory = meanErrors(setup);
  expect(errors[0]).toBeCloseTo(theory[0], 12);
  const late = (values: number[]) => values.slice(15).reduce((sum, each) => sum + each ** 2, 0) / 15;
  expect(late(errors) / late(theory)).toBeGreaterThan(0.7);
  expect(late(errors) / late(theory)).toBeLessThan(1.4);
});

test("a shift makes the running mean late by it, and training and evaluation apart", () => {
  const [still, shifted] = [0, 3].map((shift) => mismatches({momentum: 0.1, batch: 16, steps: 100, shift, seed: 1}));
  expect(shifted.slice(0, 50)).toEqual(still.slice(0, 50));
  expect(shifted[50].mean / still[50].mean).toBeGreaterThan(10);
  expect(shifted[50].outputs).toBeGreaterThan(2.5);
  expect(shifted[99].mean).toBeLessThan(0.2);
});

test("the noise of a batch of two is 2 − 2/√π, of a large one 3/(2B)", () => {
  expect(batchNoise(2)).toBeCloseTo(2 - 2 / Math.sqrt(Math.PI), 12);
  expect((batchNoise(400) * 400) / 1.5).toBeCloseTo(1, 2);
});

test("initialisations have the standard deviations that PyTorch draws with", () => {
  type Stored = {inputs: number; outputs: number} & Record<"filter" | "weight", Record<string, number>>;
  const {inputs, outputs, ...stored} = JSON.parse(readFileSync("test/fixtures/pytorch/deviations.json", "utf8")) as Stored; // prettier-ignore
  const ours: Record<string, Init> = {
    "kaiming, fan in": kaimingNormal,
    "kaiming, fan out": (stream, shape) => kaimingNormal(stream, shape, {fan: "out"}),
    xavier: xavierNormal
  };
  for (const [kind, window] of [
    ["filter", [3, 3]],
    ["weight", []]
  ] as ["filter" | "weight", number[]][]) {
    const shape = [...window, inputs, outputs];
    expect(Object.keys(stored[kind])).toEqual(Object.keys(ours));
    for (const [name, init] of Object.entries(ours)) {
      const ratio = value(tf.mean(tf.div(init(rng(1), shape), normal(rng(1), shape, 1))));
      expect(ratio / stored[kind][name]).toBeCloseTo(1, 5);
    }
  }
});

const stack: StackConfig = {depth: 12, width: 32, batch: 16, init: "Kaiming", gain: 1, norm: "none", activation: "ReLU", seed: 1}; // prettier-ignore

test("rivers: Kaiming keeps the mean square on average, Xavier halves it in every layer, exactly for the same drawing", () => {
  const squares = Array.from({length: 40}, (_, seed) => river({...stack, seed})[12].rms ** 2);
  const mean = squares.reduce((a, b) => a + b) / 40;
  expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(((1 + 5 / 32) ** 12 - 1) / 40));
  const [kaiming, xavier] = (["Kaiming", "Xavier"] as const).map((init) => river({...stack, init}));
  for (const l of [1, 5, 12]) expect(xavier[l].rms / kaiming[l].rms).toBeCloseTo(2 ** (-l / 2), 12);
  expect(xavier[0].gradient / kaiming[0].gradient).toBeCloseTo(2 ** -6, 12);
});

test("rivers: a normalised stack does not see the scale of its weights", () => {
  for (const norm of ["batch", "layer", "group", "rms"] as const) {
    const [small, large] = [0.5, 2].map((gain) => river({...stack, norm, gain})[12].rms);
    expect(small).toBeCloseTo(large, 3);
  }
});

test("a pair behind batch normalisation: with ε the gradient is ε/s³ of ḡ's difference, next to nothing but for near ties", () => {
  const pair = {batch: 2, channels: 1, places: 1};
  const slope = (gap: number) => normaliseBackward([gap, 0], [1, 0], [1], "batch", pair, 1e-5).dx[0];
  for (const gap of [0.001, 0.02, 1, 3]) {
    const s = Math.sqrt(gap ** 2 / 4 + 1e-5);
    expect(slope(gap) / (1e-5 / (2 * s ** 3))).toBeCloseTo(1, 6);
  }
  expect(slope(1)).toBeLessThan(1e-4);
  expect(slope(0.001)).toBeGreaterThan(100);
});

test("rivers: with batch normalisation and ReLU the gradient grows with depth, near 1.21 a layer; without it it does not", () => {
  const mean = (norm: StackConfig["norm"]) => {
    const logs = Array.from({length: 6}, (_, seed) => Math.log(river({...stack, width: 48, batch: 48, depth: 24, norm, seed})[0].gradient)); // prettier-ignore
    return Math.exp(logs.reduce((a, b) => a + b) / 6 / 24);
  };
  expect(mean("batch")).toBeGreaterThan(1.14);
  expect(mean("batch")).toBeLessThan(1.28);
  expect(mean("layer")).toBeLessThan(1.08);
});

test("a deep stack in float32: Xavier's mean square is Kaiming's times 2⁻ᴸ, and weights of 0.01 end in subnormals", () => {
  const shape = {width: 64, depth: 30, seed: 3};
  const [kaiming, xavier] = [2, 1].map((gain) => lastMeanSquare(gain / 64, shape).meanSquare);
  expect(xavier / kaiming / 2 ** -30).toBeCloseTo(1, 3);
  const tiny = lastMeanSquare(1e-4, {...shape, depth: 31});
  expect(tiny.meanSquare).toBe(0);
  expect(tiny.largest).toBeGreaterThan(0);
  expect(tiny.largest).toBeLessThan(1.2e-35);
});

test("the stack of convolutions: every norm has its leaves, a gradient reaches all, and only batch normalisation has statistics", async () => {
  const set = await data({images: 20, testImages: 4}, {progress: () => {}} as never);
  for (const norm of norms) {
    const task = initNormTask({depth: 3, width: 4, norm});
    const state = task.init(rng(1));
    const batch = upload(
      task.sample(
        rng(2),
        set.train,
        Uint32Array.from({length: 10}, (_, i) => i)
      )
    );
    const [next, {loss}] = task.step(state, batch, tf.scalar(0.1));
    expect(Math.abs(value(loss) - Math.log(10))).toBeLessThan(0.2);
    const [before, after] = [state, next].map((each) => entries(each.params as never));
    const still = before.filter(([, leaf], i) => values(leaf).every((x, k) => x === values(after[i][1])[k]));
    expect(still.map(([path]) => path)).toEqual([]);
    expect(leaves(state.stats as never)).toHaveLength(norm === "batch" ? 6 : 0);
  }
  const [features] = classifier(plainNet({depth: 2, width: 8, init: "Xavier", norm: "group"}), 10).apply(
    ...(Object.values(classifier(plainNet({depth: 2, width: 8, init: "Xavier", norm: "group"}), 10).init(rng(1))) as [never, never]), // prettier-ignore
    tf.zeros([2, 32, 32, 3])
  );
  expect(features.shape).toEqual([2, 10]);
});

test("a configuration that cannot be is named", () => {
  expect(() => initNormTask({norm: "weight" as never})).toThrow("initNormTask: expected norm none or batch or group or layer or instance or rms, got weight"); // prettier-ignore
  expect(() => initNormTask({width: 6})).toThrow("initNormTask: expected width 4, 8, … 64, got 6");
});

const code = (id: string) => answers[id] as Extract<Verify, {kind: "code"}>;

function passes(id: string, source: string): boolean[] {
  const name = /function (\w+)/.exec(source)![1];
  const call = new Function(`let onmessage; ${workerScript(source, name).replace('"use strict";', "")} return ${name};`)() as (...args: unknown[]) => unknown; // prettier-ignore
  return code(id).cases.map((each: Case) => outcome({value: call(...each.args)}, each).passed);
}

test("the code exercises accept the Jacobian written out, and neither what they begin with nor μ and s as constants", () => {
  const jacobian = `const m = x.reduce((a, b) => a + b, 0) / x.length * centred;
    const s = Math.sqrt(x.reduce((a, b) => a + (b - m) ** 2, 0) / x.length + epsilon);
    return x.map((xi, i) => x.reduce((sum, xk, k) => sum + g[k] * ((i === k ? 1 : 0) - centred / x.length - (xi - m) * (xk - m) / s ** 2 / x.length) / s, 0));`;
  expect(passes("ex-back", `function b(x, dy, gamma, epsilon) { const centred = 1; const g = dy.map((d) => d * gamma); ${jacobian} }`)).not.toContain(false); // prettier-ignore
  expect(passes("ex-rms", `function r(x, dy, gamma, epsilon) { const centred = 0; const g = dy.map((d, i) => d * gamma[i]); ${jacobian} }`)).not.toContain(false); // prettier-ignore
  expect(passes("ex-back", `function b(x, dy, gamma, epsilon) { const m = x.reduce((a, c) => a + c) / x.length; return dy.map((d) => d * gamma / Math.sqrt(x.reduce((a, c) => a + (c - m) ** 2, 0) / x.length + epsilon)); }`)).toContain(false); // prettier-ignore
  for (const id of ["ex-back", "ex-rms"]) expect(passes(id, code(id).start)).toContain(false);
});

test("the numbers of the exercises by other ways", () => {
  const number = (id: string) => (answers[id] as Extract<Verify, {kind: "number"}>).expected;
  expect(number("ex-filter") ** 2 * 9 * 64).toBeCloseTo(2, 12);
  const grid = Array.from({length: 1000}, (_, i) => (i + 0.5) / 500 - 1); // uniform on ±1
  const square = grid.reduce((sum, w) => sum + w * w, 0) / 1000;
  expect(square / 2).toBeCloseTo(number("ex-torch"), 5);
  const leaky = (z: number) => (z > 0 ? z : 0.2 * z);
  expect((number("ex-leaky") * grid.reduce((sum, z) => sum + leaky(z) ** 2, 0)) / 1000).toBeCloseTo(square, 12);
  let n = 1;
  while ((1 + 5 / n) ** 100 - 1 > 0.25) ++n;
  expect(number("ex-width")).toBe(n);
  const width = answers["ex-width"] as Exclude<Verify, {kind: "code"}>;
  expect([n, n - 1, n + 1].map((entered) => judge(width, String(entered)).passed)).toEqual([true, false, false]);
  expect(setsOf("group", {batch: 4, channels: 32, places: 64, groups: 8})[0]).toHaveLength(number("ex-sets"));
  expect(number("ex-effective") * (1 + 0.1 ** 2 * 2 ** 2)).toBeCloseTo(1, 12);
});
