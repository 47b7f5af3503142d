import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {toArrays} from "../../src/components/train/arrays.js";
import {begin} from "../../src/components/train/begin.js";
import {packCheckpoint, unpackCheckpoint, weightsOf, type Checkpoint} from "../../src/components/train/checkpoint.js";
import {readSafetensors, writeSafetensors} from "../../src/components/train/safetensors.js";
import type {Block} from "../../src/components/train/task.js";
import {inverse, torchAxes, transpose} from "../../src/components/train/torchLayout.js";
import {rng} from "../../src/components/math/random.js";
import {plan, tiny} from "./tiny.js";

const block = (...shape: number[]): Block => {
  const count = shape.reduce((product, n) => product * n, 1);
  return {data: rng(count).normal(count), shape};
};
const checkpoint = (state: Record<string, Block>): Checkpoint => ({
  spec: {module: "http://site/_import/week2/task.1234abcd.js", config: {width: 16, note: "ü"}, ...plan},
  step: 9,
  epoch: 1.5,
  tag: "stopped",
  totals: {steps: 3, sums: {loss: 0.1 + 0.2, accuracy: 1 / 3}},
  state: new Map(Object.entries(state))
});
const sample = checkpoint({
  "params.conv1.weight": block(3, 3, 2, 4),
  "params.bn1.weight": block(4),
  "params.embedding.weight": block(5, 2),
  "params.fc.weight": block(4, 3),
  "stats.bn1.running_mean": block(4),
  "stats.seen": {data: Int32Array.of(12), shape: []},
  "optimizer.velocity.fc.weight": block(4, 3),
  mask: {data: Uint8Array.of(1, 0), shape: [2]}
});

test("a checkpoint is read back exactly", () => {
  expect(unpackCheckpoint(packCheckpoint(sample))).toEqual(sample);
});

test("the file has PyTorch's names and layouts for what PyTorch loads, ours for the rest", () => {
  const {tensors, metadata} = readSafetensors(packCheckpoint(sample));
  const [ours, theirs] = [sample.state.get("params.conv1.weight")!, tensors.get("conv1.weight")!];
  expect(theirs.shape).toEqual([4, 2, 3, 3]);
  for (let o = 0; o < 4; ++o)
    for (let i = 0; i < 2; ++i)
      for (let y = 0; y < 3; ++y)
        for (let x = 0; x < 3; ++x)
          expect(theirs.data[((o * 2 + i) * 3 + y) * 3 + x]).toBe(ours.data[((y * 3 + x) * 2 + i) * 4 + o]);
  const fc = tensors.get("fc.weight")!;
  for (let o = 0; o < 3; ++o)
    for (let i = 0; i < 4; ++i) expect(fc.data[o * 4 + i]).toBe(sample.state.get("params.fc.weight")!.data[i * 3 + o]);
  expect(tensors.get("embedding.weight")!.shape).toEqual([5, 2]);
  expect(tensors.get("optimizer.velocity.fc.weight")!.shape).toEqual([4, 3]);
  expect([...tensors.keys()].sort()).toEqual(
    ["bn1.running_mean", "bn1.weight", "conv1.weight", "embedding.weight", "fc.weight", "mask", "optimizer.velocity.fc.weight", "seen"] // prettier-ignore
  );
  expect(metadata.get("step")).toBe("9");
  expect(metadata.get("seed")).toBe("7");
  expect(metadata.get("tag")).toBe("stopped");
  expect(JSON.parse(metadata.get("spec")!)).toEqual(sample.spec);
});

test("the same checkpoint is the same bytes", () => {
  expect(Buffer.from(packCheckpoint(sample)).equals(Buffer.from(packCheckpoint(unpackCheckpoint(packCheckpoint(sample)))))).toBe(true); // prettier-ignore
});

test("the state of a task survives the file, its integers too", async () => {
  const state = begin(tiny, 3);
  const arrays = await toArrays(state);
  const restored = begin(tiny, 4, unpackCheckpoint(packCheckpoint({...sample, state: arrays})).state);
  expect(await toArrays(restored)).toEqual(arrays);
  expect(restored.stats.seen.dtype).toBe("int32");
  tf.dispose([state, restored]);
});

test("a transposition and its inverse cancel, for every order of four axes", () => {
  const x = block(2, 3, 4, 5);
  for (let code = 0; code < 24; ++code) {
    const axes = [...rng(code).permutation(4)];
    expect(transpose(transpose(x, axes), inverse(axes))).toEqual(x);
  }
  expect(torchAxes("params.fc.bias", 1)).toBeNull();
  expect(torchAxes("optimizer.fc.weight", 2)).toBeNull();
});

test("a filter that embeds patches is transposed as any filter; a table of tokens is not, as torch has it", () => {
  expect(torchAxes("params.patch_embed.proj.weight", 4)).toEqual([3, 2, 0, 1]);
  expect(torchAxes("params.tok_embed.weight", 2)).toBeNull();
});

test("the weights that pages look at are in our layout, without moments", () => {
  const weights = weightsOf(sample);
  expect(weights["conv1.weight"]).toEqual(sample.state.get("params.conv1.weight"));
  expect(Object.keys(weights)).not.toContain("optimizer.velocity.fc.weight");
  expect(Object.keys(weights)).toContain("bn1.running_mean");
});

test("two leaves of one name are refused", () => {
  const twice = checkpoint({"params.scale": block(1), "stats.scale": block(1)});
  expect(() => packCheckpoint(twice)).toThrow(
    "packCheckpoint: expected one leaf named scale, got a second, stats.scale"
  );
});

/** The sample's file with one string of its metadata changed. */
function withMetadata(name: string, text: string) {
  const {tensors, metadata} = readSafetensors(packCheckpoint(sample));
  return writeSafetensors({tensors, metadata: new Map(metadata).set(name, text)});
}

test.each([
  ["format", "x", 'expected "deep-learning-mastery checkpoint 1", got a safetensors file of another origin'],
  ["spec", "{}", 'expected another spec, got "{}"'],
  ["spec", JSON.stringify({...sample.spec, seed: "7"}), "expected another spec"],
  ["spec", JSON.stringify({...sample.spec, schedule: {kind: "magic", rate: 1}}), "expected another spec"],
  ["spec", JSON.stringify({...sample.spec, batch: 0}), "expected another spec"],
  ["spec", "not JSON", 'expected another spec, got "not JSON"'],
  ["step", "-1", 'expected another step, got "-1"'],
  ["epoch", '"1"', 'expected another epoch, got ""1""'],
  ["tag", "final", 'expected another tag, got "final"'],
  ["totals", "null", 'expected another totals, got "null"'],
  ["totals", '{"steps":1,"sums":{"loss":"1"}}', "expected another totals"],
  ["paths", "[[1,2]]", "expected another paths"],
  ["paths", "[]", "expected 0 tensors, got 8"],
  ["paths", '[["gone","params.gone"]]', "expected a tensor gone, got none"]
])("a file whose %s is %j is refused in one sentence", (name, text, message) => {
  expect(() => unpackCheckpoint(withMetadata(name, text))).toThrow(`unpackCheckpoint: ${message}`);
});
