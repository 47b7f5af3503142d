import {expect, test} from "vitest";
import type {Source} from "../../src/components/data/records.js";
import {dataSets} from "../../src/components/train/dataSets.js";
import type {TaskModule} from "../../src/components/train/task.js";
import {tinyData} from "./tiny.js";

const source: Source = {open: async () => new ArrayBuffer(0), progress() {}};

function counted(data: (config: Record<string, unknown>) => Promise<unknown>) {
  let loads = 0;
  const module = {data: async (config: Record<string, unknown>) => (++loads, await data(config), tinyData(4, 4))};
  return {module: module as unknown as TaskModule, loads: () => loads};
}

test("configurations that agree in what the data reads share one data set", async () => {
  const {module, loads} = counted(async ({set}) => set);
  const load = dataSets();
  const first = await load("m", module, {set: {name: "scenes"}, width: 16}, source);
  expect(await load("m", module, {set: {name: "scenes"}, width: 64}, source)).toBe(first);
  expect(loads()).toBe(1);
  expect(await load("m", module, {set: {name: "cifar10"}, width: 64}, source)).not.toBe(first);
  expect(await load("other", module, {set: {name: "scenes"}}, source)).not.toBe(first);
});

test.each([
  ["spreads", async (config: object) => ({...config})],
  ["looks for", async (config: object) => "width" in config],
  ["reads late", async (config: Record<string, unknown>) => (await null, config.width)]
])("a field that the data %s counts as read", async (_, read) => {
  const {module, loads} = counted(read);
  const load = dataSets();
  await load("m", module, {width: 16}, source);
  await load("m", module, {width: 64}, source);
  expect(loads()).toBe(2);
});

test("a request that comes while the same set is loading does not load it again", async () => {
  const {module, loads} = counted(async () => new Promise(setImmediate));
  const load = dataSets();
  const [a, b] = await Promise.all([load("m", module, {}, source), load("m", module, {}, source)]);
  expect(a).toBe(b);
  expect(loads()).toBe(1);
});

test("a load that failed is tried again", async () => {
  let broken = true;
  const {module, loads} = counted(async () => {
    if (broken) throw new Error("no network");
  });
  const load = dataSets();
  await expect(load("m", module, {}, source)).rejects.toThrow("no network");
  broken = false;
  await load("m", module, {}, source);
  expect(loads()).toBe(2);
});

test("the set that was not used for longest is given up first", async () => {
  const {module, loads} = counted(async ({n}) => n);
  const load = dataSets(2);
  for (const n of [1, 2, 1, 3, 1]) await load("m", module, {n}, source);
  expect(loads()).toBe(3);
  await load("m", module, {n: 2}, source);
  expect(loads()).toBe(4);
});
