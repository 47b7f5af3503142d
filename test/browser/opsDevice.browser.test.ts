import {fileURLToPath} from "node:url";
import {beforeAll, expect, test} from "vitest";
import type {RunEvent} from "../../src/components/train/protocol.js";
import {inWorker} from "../../tools/bench/inWorker.js";
import type {DeviceResult} from "./opsDevice.worker.js";

const entry = fileURLToPath(new URL("opsDevice.worker.ts", import.meta.url));
let result: DeviceResult;

beforeAll(async () => {
  result = await inWorker<DeviceResult>(entry, null, () => undefined);
}, 300_000);

const of = <T extends RunEvent["type"]>(events: RunEvent[], type: T) =>
  events.filter((event) => event.type === type) as Extract<RunEvent, {type: T}>[];
/** The steps in the curve as a panel draws it: a history takes the place of what came before. */
const curve = (events: RunEvent[]) =>
  events.reduce<number[]>((steps, event) => {
    if (event.type === "history") return event.points.map(({step}) => step);
    return event.type === "progress" ? [...steps, ...event.points.map(({step}) => step)] : steps;
  }, []);
const steps = Array.from({length: 24}, (_, i) => i + 1);

test("the badge says that nothing is computed in half precision", () => {
  expect(result.backend.reason).toMatch(/numbers are float32, mixed precision \(AMP\) is only emulated$/);
});

test("all shaders are compiled before the first step, with a line that says how many, and none after it", () => {
  const {events, late} = result.whole;
  const lines = of(events, "loading");
  const count = Number(/^compiling (\d+) shaders$/.exec(lines[0].what)![1]);
  expect(count).toBeGreaterThan(10);
  expect(lines.map(({fraction}) => fraction)).toEqual(Array.from({length: count + 1}, (_, i) => i / count));
  expect(events.findIndex(({type}) => type === "started")).toBe(lines.length);
  expect(late).toBe(0);
});

test("a run whose device is destroyed pauses, goes on from its checkpoint on another one, and ends as if it had not been", () => {
  const {events, end, file} = result.lost;
  expect(end.type).toBe("done");
  expect(of(events, "paused")).toHaveLength(1);
  expect(of(events, "started").map(({fromStep}) => fromStep)).toEqual([0, 12]);
  expect(of(events, "notice").map(({message}) => message)).toEqual([
    expect.stringMatching(/^The GPU was lost \(.+\): the run goes on from its checkpoint at step 12, on another device/)
  ]);
  expect(curve(events)).toEqual(steps);
  expect(file).toBe(result.whole.file);
});

test("without a checkpoint it begins again, on an empty curve", () => {
  const {events, end, file} = result.lostEarly;
  expect(end.type).toBe("done");
  expect(of(events, "notice")[0].message).toContain("goes on from the beginning");
  expect(curve(events)).toEqual(steps);
  expect(file).toBe(result.whole.file);
});

test("devices that are lost again and again end the run", () => {
  const {events, end} = result.lostAlways;
  expect(end).toMatchObject({type: "failed", message: expect.stringMatching(/^The GPU was lost 4 times \(.+\): try/)});
  expect(of(events, "paused")).toHaveLength(3);
});

test("too little memory ends a run with the batch to try, and leaves no tensor", () => {
  expect(result.short.end).toMatchObject({
    type: "failed",
    message: "The GPU has too little memory for a batch of 4: try a batch of 2."
  });
  expect(result.short.file).toBe("");
  expect(result.left).toBe(0);
});
