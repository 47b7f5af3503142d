import {expect, test} from "vitest";
import {packLogits, packWeights, readWeight, unpackLogits, unpackWeights} from "../../src/components/train/weights.js";
import {fromFloat16, toFloat16} from "../../src/components/train/float16.js";
import {readSafetensors, writeSafetensors} from "../../src/components/train/safetensors.js";
import type {Block} from "../../src/components/train/task.js";
import {rng} from "../../src/components/math/random.js";

const block = (...shape: number[]): Block & {data: Float32Array} => {
  const count = shape.reduce((product, n) => product * n, 1);
  return {data: rng(count).normal(count), shape};
};
const about = {module: "week2/resnetTask", config: {width: 16}};
const state = new Map<string, Block>([
  ["params.conv1.weight", block(3, 3, 2, 4)],
  ["params.fc.weight", block(4, 3)],
  ["stats.bn1.running_var", block(4)],
  ["stats.seen", {data: Int32Array.of(70_000), shape: []}],
  ["optimizer.velocity.fc.weight", block(4, 3)]
]);

test("weights come back as the nearest float16 of parameters and statistics, and nothing of the optimizer", () => {
  const read = unpackWeights(packWeights({...about, state}));
  expect({module: read.module, config: read.config}).toEqual(about);
  const kept = [...state].filter(([path]) => !path.startsWith("optimizer"));
  expect([...read.state]).toEqual(
    kept.map(([path, {data, shape}]) => [
      path,
      {shape, data: data instanceof Float32Array ? fromFloat16(toFloat16(data)) : data}
    ])
  );
});

test("the file has torchvision's names and layouts in float16", () => {
  const {tensors} = readSafetensors(packWeights({...about, state}));
  expect([...tensors].map(([name, {dtype, shape}]) => `${name} ${dtype} ${shape}`).sort()).toEqual([
    "bn1.running_var F16 4",
    "conv1.weight F16 4,2,3,3",
    "fc.weight F16 3,4",
    "seen I32 "
  ]);
});

test("weights that float16 cannot hold, or that are too many for the site, are refused", () => {
  const holding = (value: number) =>
    packWeights({...about, state: new Map([["params.fc.bias", {data: Float32Array.of(value), shape: [1]}]])});
  expect(() => holding(65_504)).not.toThrow();
  expect(() => holding(70_000)).toThrow("expected fc.bias within ±65504, got 70000");
  expect(() => holding(NaN)).toThrow("got NaN");
  const large = {data: new Float32Array(12_500_001), shape: [12_500_001]};
  expect(() => packWeights({...about, state: new Map([["params.w", large]])})).toThrow("at most 25000000 bytes");
});

test("one weight alone is the same as among all, in our layout", () => {
  const file = packWeights({...about, state});
  const all = unpackWeights(file).state;
  expect(readWeight(file, "conv1.weight")).toEqual(all.get("params.conv1.weight"));
  expect(readWeight(file, "bn1.running_var")).toEqual(all.get("stats.bn1.running_var"));
  expect(() => readWeight(file, "conv9.weight")).toThrow("readWeight: expected a tensor conv9.weight, got none");
});

test("a file that holds no weights says so", () => {
  const other = writeSafetensors({tensors: new Map(), metadata: new Map()});
  expect(() => unpackWeights(other)).toThrow('unpackWeights: expected "deep-learning-mastery weights 1"');
  const {tensors, metadata} = readSafetensors(packWeights({...about, state}));
  const changed = (name: string, value: string) =>
    writeSafetensors({tensors, metadata: new Map(metadata).set(name, value)});
  expect(() => unpackWeights(changed("config", "[]"))).toThrow('expected another config, got "[]"');
  expect(() => unpackWeights(changed("paths", "[["))).toThrow('expected another paths, got "[["');
  expect(() => unpackWeights(changed("paths", '[["fc.bias","params.fc.bias"]]'))).toThrow("expected a tensor fc.bias");
  expect(() => unpackWeights(changed("paths", "[]"))).toThrow("expected 0 tensors, got 4");
});

test("logits come back as the nearest float16, each row with its label", () => {
  const [outputs, labels] = [block(3, 10), Uint8Array.of(9, 0, 1)];
  const read = unpackLogits(packLogits({outputs, labels}));
  expect(read).toEqual({outputs: {...outputs, data: fromFloat16(toFloat16(outputs.data))}, labels});
  expect(() => packLogits({outputs, labels: labels.subarray(1)})).toThrow("packLogits: expected logits (2, K)");
  expect(() => unpackLogits(packWeights({...about, state}))).toThrow("unpackLogits: expected logits (N, K) F16");
});
