import {describe, expect, test} from "vitest";
import {recipes} from "../../headless/recipes/index.js";
import {shared} from "../../src/week2/subset.js";
import {validated as dinoConfig} from "../../src/week3/dinoConfig.js";
import dinoTask, * as dino from "../../src/week3/dinoTask.js";
import mocoTask, {validated as mocoConfig} from "../../src/week3/mocoTask.js";
import simclrTask, {data, validated as simclrConfig} from "../../src/week3/simclrTask.js";
import {rng} from "../../src/components/math/random.js";
import {begin} from "../../src/components/train/begin.js";
import type {Task} from "../../src/components/train/task.js";
import {isTrained} from "../../src/components/train/torchLayout.js";
import {entries} from "../../src/components/tensor/tree.js";
import {scenes} from "../../src/components/data/scenes.js";
import "../gradients.js";

const nowhere = {open: () => Promise.reject(new Error("no files")), progress: () => {}};

test("a configuration that cannot be is refused in one sentence that names it", () => {
  expect(() => simclrConfig({depth: 20})).toThrow("simclrTask: expected depth 10 or 18 or 34, got 20");
  expect(() => mocoConfig({queue: 0})).toThrow("mocoTask: expected queue an integer 1 … 65536, got 0");
  expect(() => dinoConfig({centring: "half" as never})).toThrow('dinoTask: expected centring on or off, got "half"');
  expect(() => simclrTask({images: 1})).toThrow("simclrTask: expected images an integer 2 … 50000, got 1");
  expect(() => mocoTask({momentum: 1.1})).toThrow("mocoTask: expected momentum in [0, 1], got 1.1");
  expect(() => dinoTask({breadth: 3} as never)).toThrow(/^dinoTask: expected only data, .*, got breadth$/);
});

test("what is not named has its default, and undefined names nothing", () => {
  expect(simclrConfig({width: undefined, size: 16})).toEqual({...simclrConfig({}), size: 16});
});

test("no scene of the test split is in the training split", async () => {
  const {train, test: held} = await data({images: 200, testImages: 50}, nowhere);
  expect([train.count, held.count]).toEqual([200, 50]);
  expect(shared(train, held)).toBe(0);
  await expect(dino.data({images: 0}, nowhere)).rejects.toThrow(
    "dinoTask: expected images an integer 2 … 50000, got 0"
  );
});

describe.each(["simclr", "moco", "dino"])("the recipe %s", (name) => {
  const {module, config, epochs, batch, path} = recipes[name];

  test("makes views of the size that it names, and features of eight times its width", () => {
    const task = module.default({...config, data: "scenes", width: 4});
    const records = scenes({seed: 0, count: 4});
    const {first, second} = task.sample(rng(1), records, Uint32Array.of(0, 1, 2));
    expect(first.shape).toEqual([3, config.size, config.size, 3]);
    expect(second.shape).toEqual(first.shape);
    expect(task.view(records, Uint32Array.of(3), 2).images.shape).toEqual([2, 32, 32, 3]);
  });

  test("has a module of its path, a batch that fits a slice of 256, and schedules as long as the run", () => {
    expect(path).toBe(`week3/${name}Task`);
    expect(batch).toBeLessThanOrEqual(256);
    if ("epochs" in config) expect(config.epochs).toBe(epochs);
  });
});

test("what evaluation needs of a state is recorded with its weights: DINO's centre and MoCo's queue", () => {
  const small = {width: 4, depth: 10};
  const pathsOf = (task: Task) => entries(begin(task, 1)).flatMap(([path]) => (isTrained(path) ? [path] : []));
  expect(pathsOf(dinoTask({...small, prototypes: 12, hidden: 8, bottleneck: 6}))).toContain("stats.centre");
  expect(pathsOf(mocoTask({...small, queue: 8}))).toContain("stats.queue");
});
