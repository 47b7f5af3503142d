import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {rungs} from "../../src/components/models/ladderPlan.js";
import {blocksOf} from "../../src/components/models/mbPlan.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {efficientnetLayers, convnextLayers, byStage, resnetLayers, sumOf} from "../../src/week2/architectureCount.js";
import {fieldOf, seenBy} from "../../src/week2/architectures/byHand.js";
import {calculated} from "../../src/week2/architectures/calculator.js";
import {stepsOf, takenOf, validated} from "../../src/week2/architectures/config.js";
import {layersOf, planAt, sideAt} from "../../src/week2/architectures/plans.js";
import {data} from "../../src/week2/architectures/task.js";
import {compared, comparedRuns} from "../../src/week2/architectures/recorded.js";
import {answers} from "../../src/week2/cnnArchitecturesAnswers.js";
import {countByStage, total} from "../../src/week2/resnetCount.js";
import {recordedRun} from "../data/recordedRun.js";

test("the calculator's fields are those of walking back, and its sides those that a window leaves", () => {
  const stream = rng(3);
  for (let i = 0; i < 20; ++i) {
    const layers = Array.from({length: 4}, () => ({kernel: 1 + 2 * stream.integers(1, 3)[0], stride: 1 + stream.integers(1, 2)[0]})); // prettier-ignore
    layers[3].kernel = 7; // no gaps between the windows of the last layer
    const text = layers.map(({kernel, stride}) => `depthwise ${kernel}/${stride}`).join("\n");
    const {layers: rows, error} = calculated(text, 256);
    expect(error).toBeNull();
    expect(rows.at(-1)!.field).toBe(fieldOf(layers));
  }
  expect(seenBy([{kernel: 3, stride: 2}, {kernel: 3, stride: 1}])).toBe(7); // prettier-ignore
  const {layers} = calculated("conv 7/2 64\npool 3/2\nconv 3 64", 224);
  expect(layers.map(({side, field, weights}) => [side, field, weights])).toEqual([
    [112, 7, 9408],
    [56, 11, 0],
    [56, 19, 36_864]
  ]);
});

test("a line that is no layer is named, and the lines before it still count", () => {
  for (const [text, message] of [
    ["conv 3 8\nwhat", "Line 2: expected"],
    ["conv 3", "Line 1: a convolution needs its number of filters"],
    ["pool 2/2 8", "Line 1: a pool layer keeps its channels"],
    ["conv 0 8", "Line 1: a kernel and a stride are at least 1"],
    ["pool 40", "Line 1: the kernel of 40 does not fit on 32 places"]
  ]) {
    const {error, layers} = calculated(text, 32);
    expect(error).toContain(message);
    expect(layers.length).toBe(text.startsWith("conv 3 8") ? 1 : 0);
  }
});

test("ResNet by layers is ResNet by stages, in parameters, multiply-adds and fields", () => {
  const [layers, stages] = [byStage(resnetLayers(18, 16)), countByStage(18, 16)];
  expect(layers.map(({parameters}) => parameters)).toEqual(stages.map(({parameters}) => parameters));
  expect(layers.map(({macs}) => macs)).toEqual(stages.map(({macs}) => macs));
  expect(sumOf(resnetLayers(18, 64), "macs")).toBe(total(countByStage(18, 64), "macs"));
  const last = resnetLayers(18, 16).filter(({stage, kind}) => stage === "layer4" && kind === "dense");
  expect(last.at(-1)!.field).toBe(countByStage(18, 16)[4].field);
});

test("the three networks of the comparison differ by less than a tenth in multiply-adds", () => {
  const macs = compared.map((config) => sumOf(layersOf(validated(config)), "macs"));
  expect(Math.max(...macs) / Math.min(...macs)).toBeLessThan(1.1);
});

test("steps as a number and as names are the same, and a configuration that cannot be is named", () => {
  for (const steps of [0, 1, 4095, 1234]) expect(stepsOf(takenOf(steps))).toBe(steps);
  expect(takenOf(5)).toMatchObject({stages: true, patchify: false, depthwise: true});
  expect(Object.keys(takenOf(0))).toEqual([...rungs]);
  expect(() => validated({network: "vgg" as never})).toThrow("architectures: expected network resnet or efficientnet");
  expect(() => validated({steps: 4096})).toThrow("architectures: expected steps an integer 0 … 4095, got 4096");
  expect(() => validated({size: 3} as never)).toThrow("architectures: expected only data");
});

test("φ makes the small network deeper, wider and its images larger", () => {
  expect([0, 1, 2, 3].map(sideAt)).toEqual([20, 24, 26, 30]);
  const [foot, top] = [planAt(0), planAt(3)];
  expect(blocksOf(top).length).toBeGreaterThan(blocksOf(foot).length);
  expect(top.head).toBeGreaterThan(foot.head);
});

test("training and test images have the side that the network takes, and are the same pictures", async () => {
  const source = {open: () => Promise.reject(new Error("no file")), progress: () => {}};
  const few = {images: 3, testImages: 2};
  const [whole, small] = [
    await data({...few, network: "resnet"}, source),
    await data({...few, network: "mbconv"}, source)
  ];
  expect([whole.train, whole.test, small.train, small.test].map(({height, width}) => [height, width])).toEqual([
    [32, 32],
    [32, 32],
    [20, 20],
    [20, 20]
  ]);
  expect(small.train.labels).toEqual(whole.train.labels);
  const mean = (bytes: Uint8Array) => bytes.reduce((sum, value) => sum + value, 0) / bytes.length;
  expect(Math.abs(mean(small.test.images) - mean(whole.test.images))).toBeLessThan(0.5);
});

test("recorded runs stand beside their network; one without stays in the list", () => {
  expect(comparedRuns([]).map(({runs}) => runs)).toEqual([[], [], []]);
  const run = (seed: number, width: number) => {
    const {recipe} = recordedRun();
    return recordedRun({seed, recipe: {...recipe, config: {data: "cifar10", network: "convnext", width}}});
  };
  const [, , convnext] = comparedRuns([run(2, 48), run(1, 48), run(3, 47)]);
  expect(convnext.runs.map(({seed}) => seed)).toEqual([1, 2]);
});

test("the answers are what counting, drawing and running give", () => {
  const right = (id: string, value: number) => expect(judge(answers[id] as Exclude<Verify, {kind: "code"}>, String(value)).passed, id).toBe(true); // prettier-ignore
  right("ex-separable", (9 * 64 + 64 * 128) / (9 * 64 * 128));
  right("ex-field", seenBy([7, 7, 7].map((kernel) => ({kernel, stride: 1}))));
  const stage = {expand: 6, kernel: 3, stride: 1, channels: 24};
  const plan = (blocks: number) => ({stem: {channels: 24, stride: 1}, stages: [{...stage, blocks}], head: 8});
  const count = (blocks: number) => sumOf(efficientnetLayers(plan(blocks)), "parameters");
  right("ex-mbconv", count(3) - count(2));
  right("ex-phi", (1.2 * 1.1 * 1.1 * 1.15 * 1.15) ** 3);
  right("ex-one-axis", 1.4142);
  const next = (blocks: number) => sumOf(convnextLayers({depths: [blocks], dims: [96], patch: 4}), "parameters");
  right("ex-block", next(4) - next(3));
  const stream = rng(9);
  let kept = 0;
  for (let image = 0; image < 400_000; ++image) for (let block = 0; block < 18; ++block) kept += stream.next() < 1 - (0.1 * block) / 17 ? 1 : 0; // prettier-ignore
  expect(Math.abs(kept / 400_000 - 17.1)).toBeLessThan(0.01);
  right("ex-kept", 17.1);
  const solution = new Function("x", "w", "return x.map((list, c) => list.map((_, u) => w[c].reduce((sum, tap, i) => sum + tap * (list[u + i - (w[c].length - 1) / 2] ?? 0), 0)));"); // prettier-ignore
  const {cases} = answers["ex-depthwise"] as Extract<Verify, {kind: "code"}>;
  for (const {args, expected} of cases)
    expect((solution as (...args: unknown[]) => unknown)(...args)).toEqual(expected);
});
