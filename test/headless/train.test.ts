import {createHash} from "node:crypto";
import {readdir, readFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {rm} from "node:fs/promises";
import {afterAll, beforeAll, describe, expect, test, vi} from "vitest";
import {recipes} from "../../headless/recipes/index.js";
import {course, folders, noise, recordIn, train} from "./command.js";

const scenes = "resnet-from-scratch-scenes";
const tiny = ["--width", "4", "--set", "config.images=200", "--set", "config.testImages=60", "--epochs", "2"];
vi.setConfig({testTimeout: 120_000}); // every test starts processes

let where: Awaited<ReturnType<typeof folders>>;

beforeAll(async () => {
  where = await folders();
  await noise(where.DATA_DIR, 256, 64);
});
afterAll(() => rm(dirname(where.RUNS_DIR), {recursive: true}));

test("--list names every recipe with its line and its time", async () => {
  const {output, code} = await train(["--list"], where);
  for (const [name, {about}] of Object.entries(recipes)) {
    const line = output.split("\n").find((each) => each.startsWith(`${name} `));
    expect(line).toContain(about);
    expect(line).toMatch(/about (\d+ s|\d+ min|\d+ h \d+ min) alone on two cores$/);
  }
  expect(code).toBe(0);
});

const wrong: [string[], string][] = [
  [["resnet-50"], `train: expected one of ${Object.keys(recipes).join(", ")}, got resnet-50`],
  [[scenes, "more"], `train: expected one recipe, got ${scenes} more`],
  [[scenes, "--epochs", "many"], 'train: expected a number as --epochs, got "many"'],
  [[scenes, "--batch", "0"], "fit: expected a batch of 1 to 2000 records, got 0"],
  [
    [scenes, "--set", "rate=1"],
    "train: expected one of epochs, batch, evaluateEvery, sharpness, stages, config.…, schedule.…, got rate"
  ],
  [[scenes, "--set", "config.depth=50"], "resnetTask: expected depth 10 or 18 or 34, got 50"],
  [[scenes, "--backend", "abacus"], "train: expected native, wasm, webgpu as --backend, got abacus"],
  [["resnet-from-scratch", "--data", "nowhere"], "train: expected a folder or an archive as --data, got nothing at "]
];
test.each(wrong)("%j ends with one sentence", async (words, sentence) => {
  const {output, code} = await train(words, where);
  expect(output.split("\n")[0]).toContain(sentence);
  expect(output).not.toMatch(/\n\s+at /);
  expect(code).toBe(1);
});

describe.each(Object.keys(recipes))("%s", (recipe) => {
  test("three steps on a small slice are recorded, with weights and logits or kNN of features, by their digests", async () => {
    const slice = ["--width", "8", "--set", "config.images=256", "--set", "config.testImages=64"];
    const {features, sharpness} = recipes[recipe];
    if (sharpness) slice.push("--set", "sharpness=16"); // two gradients of all of them, up to fifty times
    const out = join(where.RUNS_DIR, "out");
    const {code, output} = await train([recipe, ...slice, "--steps", "3", "--out", out, "--name", recipe], where);
    expect(output).toContain("Recorded in ");
    expect(code).toBe(0);
    const record = await recordIn(out, recipe);
    expect(record.recipe.name).toBe(recipe);
    expect(record.data.evaluated).toEqual({split: "test", count: 64});
    const perEpoch = Math.floor(256 / recipes[recipe].batch);
    expect(record.epochs.at(-1)!.epoch).toBe(3 / perEpoch);
    expect(record.final.testLoss).toBeGreaterThan(0);
    expect(record.final.sharpness).toEqual(sharpness ? expect.objectContaining({images: 16}) : undefined);
    const judged = features ? undefined : expect.objectContaining({loss: expect.any(Number), images: 64});
    expect(record.final.trainUnaugmented).toEqual(judged);
    expect(record.final.testKnn).toEqual(features ? expect.any(Number) : undefined);
    expect(record.logits === null).toBe(Boolean(features)); // features would be large, and pages have their maps
    for (const {file, digest} of [record.weights!, record.logits!].filter(Boolean)) {
      const bytes = await readFile(join(out, file));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(digest);
    }
  });
});

test("--validate holds training images out, and the record says so instead of naming a test result", async () => {
  const stages = 'stages=[{"until":9,"config":{"size":16}}]';
  const words = [
    "--width",
    "4",
    "--set",
    "config.images=5100",
    "--set",
    stages,
    "--steps",
    "1",
    "--validate",
    "--name",
    "validated"
  ];
  const {output} = await train([scenes, ...words], where);
  const {data, final, command} = await recordIn(join(where.RUNS_DIR, "validated"), "validated");
  expect(output).toContain("Recorded in ");
  expect(command).toContain(`--set '${stages}' --steps 1`); // as a shell takes it
  expect(data).toMatchObject({train: 100, evaluated: {split: "validation", count: 5000}});
  expect(Object.keys(final).sort()).toEqual(["trainAccuracy", "trainLoss", "validationAccuracy", "validationLoss"]);
});

test("--no-weights leaves the record alone", async () => {
  const out = join(where.RUNS_DIR, "..", "bare");
  const {code} = await train([scenes, ...tiny, "--steps", "1", "--name", "bare", "--no-weights", "--out", out], where);
  expect(code).toBe(0);
  expect(await recordIn(out, "bare")).toMatchObject({weights: null, logits: null});
  expect(await readdir(out)).toEqual(["runs"]);
});

test("a trapezoid's run is made longer from where its rate began to fall, and ends as one planned so", async () => {
  const plan = (epochs: number) => [...["--epochs", `${epochs}`], ...["--set", `schedule.decay=${1 / epochs}`]];
  const words = (name: string) => [scenes, ...tiny, "--set", "schedule.kind=trapezoid", "--name", name];
  expect((await train([...words("short"), ...plan(2)], where)).code).toBe(0);
  const wrong = await train([...words("short"), ...plan(4), "--set", "schedule.rate=0.3", "--resume"], where);
  expect(wrong.output).toMatch(/expected to go on in .*short with epochs 2, got 4/);
  const longer = await train([...words("short"), ...plan(4), "--resume"], where);
  expect(longer.output).toMatch(/on from step 4/);
  expect((await train([...words("long"), ...plan(4)], where)).code).toBe(0);
  const [a, b] = await Promise.all(["short", "long"].map((name) => recordIn(join(where.RUNS_DIR, name), name)));
  expect(course(a)).toEqual(course(b));
});

test("Ctrl-C finishes the step and says how to go on; what is resumed ends as what was never stopped", async () => {
  const whole = await train([scenes, ...tiny, "--name", "whole"], where);
  expect(whole.code).toBe(0);
  const stopped = await train([scenes, ...tiny, "--name", "stopped"], where, (output, child) => {
    if (output.includes("epoch 1:") && !output.includes("Stopp")) child.kill("SIGINT");
  });
  expect(stopped.output).toMatch(/Stopped after step [4-7] of 8\. The same command with --resume goes on\./);
  expect(stopped.code).toBe(130);
  const refused = await train([scenes, ...tiny, "--name", "stopped"], where);
  expect(refused.output).toMatch(/expected no run in .*stopped, got a run of \d steps: --resume goes on/);
  const other = await train([scenes, ...tiny, "--name", "stopped", "--batch", "20", "--resume"], where);
  expect(other.output).toMatch(/expected to go on in .*stopped with batch 50, got 20/);
  const resumed = await train([scenes, ...tiny, "--name", "stopped", "--resume"], where);
  expect(resumed.output).toMatch(/on from step [4-7]/);
  const [a, b] = await Promise.all(["stopped", "whole"].map((name) => recordIn(join(where.RUNS_DIR, name), name)));
  expect(course(a)).toEqual(course(b));
});
