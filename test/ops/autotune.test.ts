import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {autotune, contests, patience, type Contest, type Memory} from "../../src/components/ops/webgpu/autotune.js";
import {kinds, loadOf, variants, type Choices, type Variant} from "../../src/components/ops/webgpu/variants.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A GPU whose times are given, on a clock that they move. */
function gpu(times: (contest: Contest, variant: Variant) => number) {
  const tried: string[] = [];
  const kept = new Map<string, Choices>();
  const told: number[] = [];
  const memory: Memory = {get: async (key) => kept.get(key), set: async (key, choices) => kept.set(key, choices)};
  const time = async (contest: Contest, variant: Variant) => {
    tried.push(`${contest}: ${variant}`);
    const taken = times(contest, variant);
    await vi.advanceTimersByTimeAsync(taken);
    return taken;
  };
  const run = (key = "a GPU", software = false) =>
    autotune({key, software}, {time, memory, tell: (fraction) => told.push(fraction)});
  return {tried, kept, told, memory, run};
}

const all = contests.flatMap((contest) => variants.map((variant) => `${contest}: ${variant}`));

test("each kind of product is tried by every variant, with few results and with many, once; the fastest is chosen", async () => {
  const best = (contest: Contest) => variants[contests.indexOf(contest) % 3];
  const {tried, told, run} = gpu((contest, variant) => (variant === best(contest) ? 5 : 9));
  const choices = await run();
  expect(tried).toEqual(all);
  expect(new Set(contests.map((contest) => contest.split(", ")[0]))).toEqual(new Set(kinds));
  expect(choices).toEqual(Object.fromEntries(contests.map((contest) => [contest, best(contest)])));
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect([told[0], told.at(-1)]).toEqual([0, 1]);
});

test("a tie, or less than a twentieth, goes to the variant without barriers; tiles tie to the smaller ones", async () => {
  const times: Record<string, number[]> = {[contests[0]]: [10, 10, 10], [contests[1]]: [100, 96, 97], [contests[2]]: [10, 8, 8]}; // prettier-ignore
  const {run} = gpu((contest, variant) => times[contest]?.[variants.indexOf(variant)] ?? 1);
  const choices = await run();
  expect(contests.slice(0, 3).map((contest) => choices[contest])).toEqual(["direct", "direct", "tiles of 32"]);
});

test("a choice is remembered by its key, and not asked for again; another key is asked", async () => {
  const {tried, run} = gpu((_, variant) => (variant === "tiles of 64" ? 1 : 2));
  const choices = await run();
  expect(await run()).toEqual(choices);
  expect(tried).toEqual(all);
  await run("a GPU, other kernels");
  expect(tried).toEqual([...all, ...all]);
});

test("after two seconds nothing more is tried, and what was not decided is computed without barriers", async () => {
  const {tried, kept, run} = gpu((_, variant) => (variant === "direct" ? 300 : 200));
  const began = performance.now();
  const choices = await run();
  expect(performance.now() - began).toBeLessThanOrEqual(patience);
  expect(tried).toEqual(all.slice(0, 9)); // 700 ms a contest: the third is cut off
  expect(choices).toEqual({[contests[0]]: "tiles of 32", [contests[1]]: "tiles of 32"});
  expect(kept.get("a GPU")).toEqual(choices);
});

test("a candidate that never ends is given up at two seconds, one that fails is never chosen", async () => {
  const {memory} = gpu(() => 0);
  const time = async (contest: Contest, variant: Variant) => {
    if (contest === contests[0] && variant === "tiles of 32") throw new Error("too much shared memory");
    return contest === contests[1] ? new Promise<never>(() => undefined) : variant === "direct" ? 5 : 1;
  };
  const began = performance.now();
  const choices = autotune({key: "a GPU", software: false}, {time, memory, tell: () => undefined});
  await vi.advanceTimersByTimeAsync(patience);
  expect(await choices).toEqual({[contests[0]]: "tiles of 64"});
  expect(performance.now() - began).toBe(patience);
});

test("a processor that imitates a GPU is not asked and computes without barriers", async () => {
  const {tried, kept, told, run} = gpu(() => 1);
  expect(await run("SwiftShader", true)).toEqual({});
  expect([tried, told, [...kept]]).toEqual([[], [], []]);
});

test("a browser that keeps nothing is asked each time", async () => {
  const {tried, memory, run} = gpu(() => 1);
  memory.get = memory.set = async () => {
    throw new Error("no storage");
  };
  await run();
  await run();
  expect(tried).toEqual([...all, ...all]);
});

test("a product is small where no tile would be filled, else its load is that of its results", () => {
  const size = {batch: 1, M: 512, N: 512, K: 64};
  expect(loadOf(size)).toBe("many results");
  expect(loadOf({...size, M: 256})).toBe("few results");
  expect(loadOf({...size, batch: 2, M: 256})).toBe("many results");
  for (const small of [{M: 31}, {N: 15}, {K: 15}, {N: 16, K: 64, M: 32}])
    expect(loadOf({...size, ...small})).toBe("small");
});
