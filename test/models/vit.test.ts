import * as tf from "@tensorflow/tfjs";
import {afterEach, expect, test, vi} from "vitest";
import {scenes} from "../../src/components/data/scenes.js";
import {layerNorm} from "../../src/components/layers/layerNorm.js";
import {patchify} from "../../src/components/layers/patchEmbedding.js";
import {crossEntropy} from "../../src/components/losses/crossEntropy.js";
import {rng, type Rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {encoderBlock} from "../../src/components/models/encoderBlock.js";
import {vit, type VitParams, type VitSize} from "../../src/components/models/vit.js";
import {useBackend} from "../../src/components/ops/backend.js";
import {adamw} from "../../src/components/optimizers/adamw.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import {entries, leaves, map, size} from "../../src/components/tensor/tree.js";
import {supervised} from "../../src/components/train/supervised.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";
import {onBackends} from "../ops/onBackends.js";

const tiny: VitSize = {image: 8, patch: 4, width: 6, depth: 2, heads: 2, mlp: 8};
type Full = VitParams & Record<"cls_token" | "pos_embed", tf.Tensor>;
const images = () => seeded(1).normal([3, 8, 8, 3]);

/** A stream of zeros: for counting, drawing is a waste. */
const zeros: Rng = {
  ...rng(1),
  normal: (n) => new Float32Array(n),
  uniform: (n) => new Float32Array(n),
  fork: () => zeros
};

afterEach(() => {
  vi.restoreAllMocks();
});

test("for 10 classes of 32 × 32 images, 256/6/512 has 3,195,146 parameters and 192/6/384 has 1,806,538", () => {
  const counts = [
    {width: 256, heads: 8, mlp: 512},
    {width: 192, heads: 3, mlp: 384}
  ].map((sizes) => {
    const {params} = classifier(vit({image: 32, patch: 4, depth: 6, ...sizes}), 10).init(zeros);
    const count = size(params);
    tf.dispose(params);
    return count;
  });
  expect(counts).toEqual([3_195_146, 1_806_538]);
});

test("leaves have timm's names and shapes", () => {
  const shapes = Object.fromEntries(entries(vit(tiny).init(rng(1)).params).map(([path, {shape}]) => [path, shape]));
  expect(Object.keys(shapes).length).toBe(2 + 2 + 2 * 12 + 2);
  expect(shapes).toMatchObject({
    cls_token: [1, 1, 6],
    pos_embed: [1, 5, 6],
    "patch_embed.proj.weight": [4, 4, 3, 6],
    "blocks.0.norm1.weight": [6],
    "blocks.0.attn.qkv.weight": [6, 18],
    "blocks.1.attn.proj.bias": [6],
    "blocks.1.mlp.fc1.weight": [6, 8],
    "blocks.1.mlp.fc2.bias": [6],
    "norm.bias": [6]
  });
});

test("a leaf's first value depends on seed and name alone, not on depth or options", () => {
  const first = new Map(entries(vit(tiny).init(rng(5)).params));
  const other = entries(vit({...tiny, depth: 3}, {pool: "mean", positions: "sinusoidal"}).init(rng(5)).params);
  expect(other.map(([path]) => path)).not.toContain("cls_token");
  expect(other.map(([path]) => path)).not.toContain("pos_embed");
  for (const [path, leaf] of other.filter(([path]) => first.has(path)))
    expect(values(leaf), path).toEqual(values(first.get(path)!));
  expect(values(first.get("blocks.0.attn.qkv.weight")!)).not.toEqual(values(first.get("blocks.1.attn.qkv.weight")!));
});

onBackends(() => {
  test("it reads from the class token or from the mean of the tokens, whose norms are 1", () => {
    for (const pool of ["cls", "mean"] as const) {
      const net = vit(tiny, {pool});
      const {params} = net.init(rng(2));
      const [y, , {tokens}] = net.apply(params, {}, images());
      expect(y.shape).toEqual([3, net.features]);
      expect(tokens.shape).toEqual([3, pool === "cls" ? 5 : 4, 6]);
      expectClose(tf.mean(tf.square(tokens), -1), tf.ones(tokens.shape.slice(0, 2)), 1e-3);
      expectClose(y, pool === "cls" ? tf.unstack(tokens, 1)[0] : tf.mean(tokens, 1), 1e-6);
    }
  });

  test("aux hands out the attention weights of every block, rows that sum to 1, and every block's output", () => {
    const net = vit(tiny);
    const {params} = net.init(rng(2));
    const [, , aux] = net.apply(params, {}, images());
    expect(Object.keys(aux).sort()).toEqual(["blocks.0", "blocks.0.attn", "blocks.1", "blocks.1.attn", "tokens"]);
    for (const i of [0, 1]) {
      expect(aux[`blocks.${i}.attn`].shape).toEqual([3, 2, 5, 5]);
      expectClose(tf.sum(aux[`blocks.${i}.attn`], -1), tf.ones([3, 2, 5]), 1e-6);
      expect(aux[`blocks.${i}`].shape).toEqual([3, 5, 6]);
    }
  });

  test("the loss's gradient reaches every leaf, for every pooling and encoding", () => {
    const labels = tf.tensor1d([0, 2, 1], "int32");
    for (const options of [{}, {pool: "mean"}, {positions: "sinusoidal"}] as const) {
      const net = classifier(vit(tiny, options), 3);
      const {params, stats} = net.init(rng(3));
      const [, grads] = valueAndGrad((p: typeof params) => {
        const [logits] = net.apply(p, stats, images(), {training: true});
        return [crossEntropy(logits, labels), {}];
      })(params);
      const dead = entries(grads).filter(([, g]) => !(value(tf.max(tf.abs(g))) > 1e-8));
      expect(dead.map(([path]) => path)).toEqual([]);
    }
  });
});

test("y = LN(block([cls; patches E] + positions)) of the first token", () => {
  const net = vit({...tiny, depth: 1});
  const params = map((leaf) => seeded(leaf.size).normal(leaf.shape, 0, 0.4), net.init(rng(4)).params);
  const {cls_token, pos_embed, patch_embed, blocks, norm} = params as Full;
  const {weight, bias} = patch_embed.proj as {weight: tf.Tensor; bias: tf.Tensor};
  const rows = tf.reshape(patchify(images(), 4), [12, 48]) as tf.Tensor2D;
  const patches = tf.add(tf.matMul(rows, tf.reshape(weight, [48, 6]) as tf.Tensor2D), bias);
  const z = tf.add(tf.concat([tf.tile(cls_token, [3, 1, 1]), tf.reshape(patches, [3, 4, 6])], 1), pos_embed);
  const [after, weights] = encoderBlock(6, 2, {mlp: 8}).apply(blocks[0], z);
  const [first] = tf.unstack(layerNorm(6, {epsilon: 1e-6}).apply(norm, after), 1);
  const [y, , aux] = net.apply(params, {}, images());
  expectClose(y, first, 1e-4);
  expectClose(aux["blocks.0"], after, 1e-4);
  expectClose(aux["blocks.0.attn"], weights, 1e-4);
});

test("the gradient is that of the formula, for the image, the class token, the positions and the patches' filter", () => {
  const net = vit({...tiny, depth: 1});
  const params = map((leaf) => seeded(leaf.size).normal(leaf.shape, 0, 0.4), net.init(rng(4)).params);
  const c = seeded(5).normal([3, 6]);
  const x = images();
  const loss = (p: typeof params, x: tf.Tensor) => tf.sum(tf.mul(c, net.apply(p, {}, x)[0]));
  const options = {step: 3e-3, within: 2e-3}; // norms bend fast where a row's deviation is small
  expectGradient((x) => loss(params, x), x.shape, {at: x, ...options});
  for (const name of ["cls_token", "pos_embed"] as const) {
    const at = (params as Full)[name];
    expectGradient((moved) => loss({...params, [name]: moved}, x), at.shape, {at, ...options});
  }
  const {weight, bias} = params.patch_embed.proj as {weight: tf.Tensor; bias: tf.Tensor};
  expectGradient((weight) => loss({...params, patch_embed: {proj: {weight, bias}}}, x), weight.shape, {
    at: weight,
    ...options
  });
});

test("without positions the patches are a set: moving them about changes nothing; with positions it does", () => {
  const net = vit({...tiny, image: 16}, {pool: "mean"});
  const {params} = net.init(rng(6));
  const x = seeded(7).normal([2, 16, 16, 3]);
  const [left, right] = tf.split(x, 2, 2);
  const moved = tf.concat([right, left], 2); // halves of whole patches change places
  const blind = {...params, pos_embed: tf.zeros([1, 16, 6])};
  expectClose(net.apply(blind, {}, moved)[0], net.apply(blind, {}, x)[0], 1e-5);
  const difference = tf.sub(net.apply(params, {}, moved)[0], net.apply(params, {}, x)[0]);
  expect(value(tf.max(tf.abs(difference)))).toBeGreaterThan(1e-3);
});

test("each image is seen alone: a batch gives what its images give", () => {
  const net = vit(tiny);
  const {params} = net.init(rng(8));
  const [y] = net.apply(params, {}, images());
  const [alone] = net.apply(params, {}, tf.slice(images(), [1, 0, 0, 0], [1, 8, 8, 3]));
  expectClose(alone, tf.slice(y, [1, 0], [1, 6]), 1e-5);
});

test("masks come from noise: every place has one, and the probability of a skip grows linearly with depth", () => {
  const net = vit({...tiny, depth: 3}, {dropout: 0.5, dropPath: 0.4});
  const drawn = net.noise!(rng(9), 2);
  expect(drawn.pos_drop.shape).toEqual([2, 5, 6]);
  const skips = (i: number) => new Set(net.noise!(rng(9), 400)[`blocks.${i}.drop_path1`]?.data);
  expect(skips(0).size).toBe(0);
  expect(skips(1)).toEqual(new Set([0, Math.fround(1 / 0.8)]));
  expect(skips(2)).toEqual(new Set([0, Math.fround(1 / 0.6)]));
  const {params} = net.init(rng(9));
  const x = tf.slice(images(), [0, 0, 0, 0], [2, 8, 8, 3]);
  const [y] = net.apply(params, {}, x);
  expect(Object.keys(drawn).length).toBe(1 + 3 * 3 + 2 * 2);
  for (const [name, {data, shape}] of Object.entries(drawn)) {
    const all = tf.tensor(
      data.map(() => 0),
      shape
    );
    const [masked] = net.apply(params, {}, x, {training: true, noise: {[name]: all}});
    expect(value(tf.max(tf.abs(tf.sub(masked, y)))), name).toBeGreaterThan(1e-4);
  }
  expect(vit(tiny).noise!(rng(9), 2)).toEqual({});
});

onBackends(() => {
  test("a training step with masks reads no tensor, moves every leaf, and leaves none behind", () => {
    const model = classifier(vit({...tiny, image: 32, patch: 16}, {dropout: 0.1, dropPath: 0.1}), 4);
    const normalise = {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]};
    const task = supervised({model, classes: 4, optimizer: adamw(), normalise});
    const records = scenes({seed: 1, count: 4});
    const state = task.init(rng(10));
    const batch = task.sample(rng(11), records, Uint32Array.of(0, 1, 2, 3));
    const tensors = Object.fromEntries(
      Object.entries(batch).map(([name, {data, shape}]) => [
        name,
        tf.tensor(data as Float32Array, shape, data instanceof Int32Array ? "int32" : "float32")
      ])
    );
    const rate = tf.scalar(1e-3);
    const engine = tf.engine();
    const reads = [vi.spyOn(engine, "readSync"), vi.spyOn(engine, "read")];
    const before = tf.memory().numTensors;
    const [next, metrics] = tf.tidy(() => task.step(state, tensors as never, rate));
    for (const read of reads) expect(read).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    expect(tf.memory().numTensors).toBe(before + leaves(next).length + Object.keys(metrics).length);
    const old = new Map(entries(state.params));
    for (const [path, leaf] of entries(next.params)) expect(values(leaf), path).not.toEqual(values(old.get(path)!));
    expect(value(metrics.loss)).toBeCloseTo(Math.log(4), 1);
  });
});

test("cpu and wasm agree, in the output and in every leaf's gradient", async () => {
  const results: number[][][] = [];
  for (const backend of ["wasm", "cpu"] as const) {
    await useBackend(backend);
    const net = vit(tiny);
    const {params} = net.init(rng(13));
    const c = seeded(14).normal([3, 6]);
    const [, grads, y] = valueAndGrad((p: typeof params) => {
      const [y] = net.apply(p, {}, images());
      return [tf.sum(tf.mul(y, c)) as tf.Scalar, y];
    })(params);
    results.push([y, ...leaves(grads)].map(values));
  }
  const [wasm, cpu] = results;
  cpu.forEach((numbers, i) => {
    const scale = Math.max(1, ...numbers.map(Math.abs));
    numbers.forEach((v, j) => expect(Math.abs(v - wasm[i][j])).toBeLessThan(1e-5 * scale));
  });
});

test("a few steps of AdamW learn three images by heart", () => {
  const net = classifier(vit(tiny), 3);
  const optimizer = adamw();
  const labels = tf.tensor1d([0, 2, 1], "int32");
  const x = images();
  let {params} = net.init(rng(12));
  let remembered = optimizer.init(params);
  let loss = Infinity;
  for (let step = 0; step < 60; ++step) {
    const [l, grads] = valueAndGrad((p: typeof params) => [crossEntropy(net.apply(p, {}, x)[0], labels), {}])(params);
    [params, remembered] = optimizer.update(params, grads, remembered, tf.scalar(0.03));
    loss = value(l);
  }
  expect(loss).toBeLessThan(0.05);
});

test("sizes that do not divide, a depth below 1 and other images are named", () => {
  expect(() => vit({...tiny, patch: 3})).toThrow("vit: expected a patch size that divides 8, got 3");
  expect(() => vit({...tiny, depth: 0})).toThrow("vit: expected a depth ≥ 1, got 0");
  expect(() => vit({...tiny, heads: 4})).toThrow("attention: expected heads that divide 6, got 4");
  const net = vit(tiny);
  expect(() => net.apply(net.init(rng(1)).params, {}, tf.zeros([1, 8, 4, 3]))).toThrow(
    "vit: expected x (B, 8, 8, 3), got (1, 8, 4, 3)"
  );
});
