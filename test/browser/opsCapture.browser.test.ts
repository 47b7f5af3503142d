import {fileURLToPath} from "node:url";
import {beforeAll, expect, test} from "vitest";
import {inWorker} from "../../tools/bench/inWorker.js";
import type {CaptureResult} from "./opsCapture.worker.js";

const entry = fileURLToPath(new URL("opsCapture.worker.ts", import.meta.url));
let result: CaptureResult;

beforeAll(async () => {
  result = await inWorker<CaptureResult>(entry, null, () => undefined);
}, 300_000);

test("50 steps, the second of them recorded and the rest repeated, are the steps sent one by one, bit for bit", () => {
  const {losses, apart} = result;
  expect(losses.recorded.length).toBe(50);
  expect(losses.recorded).toEqual(losses.eager);
  expect(apart).toBe(0);
});

test("their losses lie on those of the plain ops on cpu, within 1e-3", () => {
  const {recorded, cpu} = result.losses;
  const gaps = recorded.map((loss, i) => Math.abs(loss - cpu[i]));
  expect(Math.max(...gaps)).toBeLessThan(1e-3);
  expect(recorded.at(-1)!).toBeLessThan(recorded[0]);
});

test("a repeated step makes no tensor, takes no memory, and sends the batch, the rate and nothing else", () => {
  const {memory, sent, batchBytes, left} = result;
  for (const at of memory.slice(4)) expect(at).toEqual(memory[4]);
  expect(new Set(sent.slice(3))).toEqual(new Set([batchBytes + 4]));
  expect(left).toBe(0);
});

test("of short steps many losses are read together, none is lost, and at most two steps are in flight", () => {
  const {losses, reads, inFlight, left} = result.grouped;
  expect(losses).toEqual(result.losses.eager);
  expect(reads).toBeLessThan(losses.length / 3);
  expect(inFlight).toBe(2);
  expect(left).toBe(0);
});

test("a step that reads a number runs on, not recorded, and says why", () => {
  const {reason, losses} = result.refusal;
  expect(reason).toBe("it reads a tensor's numbers");
  expect(losses).toEqual(result.losses.eager.slice(0, 3));
});

test("a run that diverges goes back to a copy of a sound state, and leaves no tensor", () => {
  expect(result.retreat).toEqual({step: 1, apart: 0, left: 0});
});

test("the whole gradient of a ResNet-18 is that of the plain ops on cpu, within 1e-5", () => {
  expect(result.gradientApart).toBeGreaterThan(0);
  expect(result.gradientApart).toBeLessThan(1e-5);
});
