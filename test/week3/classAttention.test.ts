import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {scenes} from "../../src/components/data/scenes.js";
import type {VitParams} from "../../src/components/models/vit.js";
import type {DinoState} from "../../src/components/ssl/dino.js";
import {stateOf} from "../../src/week3/look.js";
import {classAttention} from "../../src/week3/dino/classAttention.js";
import {validated} from "../../src/week3/dinoConfig.js";
import {attention} from "../../src/week3/dinoLook.js";
import dinoTask, {encoderOf, transformer} from "../../src/week3/dinoTask.js";
import "../gradients.js";

type Rows = number[][];
const rowsOf = (tensor: tf.Tensor) => tensor.arraySync() as Rows;
const flat = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

test("the class token's first row is laid out over the patches, without what it gives to itself", () => {
  const weights = tf.reshape(tf.range(0, 50), [1, 2, 5, 5]);
  expect(classAttention(weights).arraySync()).toEqual([[[[1, 2], [3, 4]], [[26, 27], [28, 29]]]]); // prettier-ignore
  expect(() => classAttention(tf.zeros([1, 2, 4, 4]))).toThrow(
    "classAttention: expected 1 + a square of tokens, got 4"
  );
});

test("attention is softmax(q kᵀ / √d) of the last block's tokens, row of the class token, by loops", () => {
  const config = {encoder: "vit", size: 32, width: 1, prototypes: 4, hidden: 4, bottleneck: 3} as const;
  const records = scenes({seed: 0, count: 2});
  const {teacher} = stateOf(dinoTask(config), 1) as unknown as DinoState<VitParams, never, never>;
  const params = teacher.params.encoder;
  const [, , aux] = encoderOf(validated(config)).apply(
    params as never,
    {},
    tf.tensor(dinoTask(config).view(records, Uint32Array.of(0, 1), 2).images.data, [2, 32, 32, 3])
  );
  const width = 8;
  const d = width / transformer.heads;
  const block = params.blocks[transformer.depth - 1];
  const [gain, shift] = [flat(block.norm1.weight), flat(block.norm1.bias)];
  const [weight, bias] = [rowsOf(block.attn.qkv.weight), flat((block.attn.qkv as Record<string, tf.Tensor>).bias)];
  const got = attention(config, 1, records).arraySync() as number[][][][];
  const tokens = aux[`blocks.${transformer.depth - 2}`].arraySync() as Rows[];
  tokens.forEach((image, b) => {
    const fused = image.map((x) => {
      const mean = x.reduce((sum, value) => sum + value / width, 0);
      const deviation = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2 / width, 0) + 1e-6);
      const normed = x.map((value, i) => ((value - mean) / deviation) * gain[i] + shift[i]);
      return bias.map((add, j) => normed.reduce((sum, value, i) => sum + value * weight[i][j], add));
    });
    for (let head = 0; head < transformer.heads; ++head) {
      const part = (row: number[], which: number) =>
        row.slice(which * width + head * d, which * width + (head + 1) * d);
      const q = part(fused[0], 0);
      const e = fused.map((row) => Math.exp(part(row, 1).reduce((sum, k, i) => sum + k * q[i], 0) / Math.sqrt(d)));
      const total = e.reduce((a, b) => a + b, 0);
      got[b][head].flat().forEach((p, patch) => expect(p).toBeCloseTo(e[patch + 1] / total, 5));
    }
  });
});

test("a transformer sees whole images only", () => {
  expect(() => validated({encoder: "vit", size: 16})).toThrow(
    "dinoTask: expected views of 32 and no local ones for a vit, got 16 and 0"
  );
});
