import {beforeAll, expect, test} from "vitest";
import {ask, full} from "../../tools/bench/webgpu.js";
import type {RaceResult} from "../../tools/bench/webgpu.worker.js";
import {stepsOf} from "./opsSteps.js";

// What a step asks of the GPU, and what a GPU's speed cannot change.

let counted: RaceResult;

beforeAll(async () => {
  const names = ["ours, eager", "ours, recorded"];
  counted = await ask({backend: "webgpu", size: full, rounds: 0, compute: false, names}, () => undefined);
}, 300_000);

const load = (name: string) => {
  const {failed, load} = counted.contenders.find((contender) => contender.name === name)!;
  expect(failed).toBe(null);
  return load!;
};

test("a step of a ResNet-18 of full width takes at most 330 dispatches, which bind at most 2.5 GB at a batch of 32", () => {
  const {dispatches, bound} = load("ours, recorded");
  expect(dispatches).toBeGreaterThan(100);
  expect(dispatches).toBeLessThanOrEqual(330);
  expect(bound).toBeGreaterThan(1e9);
  expect(bound).toBeLessThanOrEqual(2.5e9);
});

test("repeated, it has the dispatches of the eager step, sends the batch with its mask and the rate, and makes no buffer", () => {
  const {batchBytes} = counted;
  const {dispatches, uploaded, buffers, submits} = load("ours, recorded");
  expect(batchBytes).toBe(4 * 32 * (32 * 32 * 3 + 2));
  expect(uploaded).toBeGreaterThanOrEqual(batchBytes);
  expect(uploaded).toBeLessThanOrEqual(batchBytes + 1000);
  expect(dispatches).toBeLessThanOrEqual(load("ours, eager").dispatches);
  expect({buffers, submits}).toEqual({buffers: 0, submits: 2}); // the step, and the reading of its loss
});

test.each(["resnet", "vit"] as const)(
  "over 50 steps of a small %s buffers and tensors stay as many as they were",
  async (model) => {
    const size = {model, width: model === "vit" ? 32 : 4, side: 8, batch: 4};
    const {seen, losses, batchBytes} = await stepsOf({size, steps: 50});
    const later = seen.slice(4);
    expect(new Set(later.map(({tensors}) => tensors)).size).toBe(1);
    expect(new Set(later.map(({bytes}) => bytes)).size).toBe(1);
    expect(later.map(({alive}) => alive - later[0].alive)).toEqual(later.map(() => 0));
    for (const {load} of later) expect(load.uploaded).toBeLessThanOrEqual(batchBytes + 1000);
    expect(losses).toHaveLength(50);
    expect(losses.at(-1)!).toBeLessThan(losses[0]);
  }
);
