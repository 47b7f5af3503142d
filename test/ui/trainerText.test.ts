import {expect, test} from "vitest";
import {
  initialState,
  trainerState,
  type TrainerEvent,
  type TrainerState
} from "../../src/components/ui/trainerState.js";
import {announcement, duration, staleNotice, statusText} from "../../src/components/ui/trainerText.js";
import type {RunSpec} from "../../src/components/train/protocol.js";

const controls = {
  width: {label: "width", value: 16, options: [16, 32]},
  rate: {label: "rate", value: 0.1, min: 0, max: 1, step: 0.1},
  seed: {label: "seed", value: 1, min: 0, max: 9, step: 1}
};
const values = {width: 16, rate: 0.1, seed: 1};
const spec: RunSpec = {
  module: "m",
  config: {},
  seed: 1,
  epochs: 2,
  batch: 8,
  schedule: {kind: "constant", rate: 0.1}
};
const begun = (
  [
    {type: "start", values, spec, from: null},
    {type: "started", steps: 20, stepsPerEpoch: 10, fromStep: 0, backend: "wasm", note: ""}
  ] as TrainerEvent[]
).reduce(trainerState, initialState(values));
const epoch = (epoch: number): TrainerEvent => ({
  type: "epoch",
  record: {epoch, train: {loss: 1.2345}, test: {accuracy: 0.5}, imagesPerSecond: 1, seconds: 1}
});

test("a result of other code is stale, also with the same inputs", () => {
  const coded = {...initialState({...values, code: "a"}), ran: {...values, code: "a"}};
  expect(staleNotice(controls, coded)).toBe("");
  const moved = trainerState(coded, {type: "input", values: {...values, code: "b"}});
  expect(staleNotice(controls, moved)).toBe(
    "These curves belong to code that has changed since; Train begins a run with the new code."
  );
  const both = trainerState(coded, {type: "input", values: {...values, width: 32, code: "b"}});
  expect(staleNotice(controls, both)).toBe(
    "These curves belong to width 16 and code that has changed since; Train begins a run with the new inputs."
  );
});

test("a stale result names what it belongs to, as far as the inputs have left it", () => {
  const moved = trainerState(begun, {type: "input", values: {width: 32, rate: 0.2, seed: 1}});
  const ended = trainerState(moved, {type: "stopped", key: null});
  expect(staleNotice(controls, begun)).toBe("");
  expect(staleNotice(controls, ended)).toBe(
    "These curves belong to width 16, rate 0.1; Train begins a run with the new inputs."
  );
});

test("a screen reader hears every change of status and no step", () => {
  const progress: TrainerEvent = {
    type: "progress",
    points: [{step: 1, epoch: 0.1, metrics: {loss: 1}}],
    ...{step: 1, epoch: 0.1, elapsed: 1, remaining: 1, imagesPerSecond: 1, tensors: 1, bytes: 1}
  };
  const told = (before: TrainerState, event: TrainerEvent) => announcement(before, trainerState(before, event), 99);
  expect(told(begun, progress)).toBe("");
  expect(told(begun, {type: "paused"})).toBe("Paused at step 0.");
  expect(told(trainerState(begun, epoch(2)), {type: "done", key: "k"})).toBe(
    "Done: 2 epochs, seed 1. Epoch 2 of 2: loss 1.23, test accuracy 50.0 %."
  );
  expect(told(begun, {type: "failed", message: "the alert says it", key: null})).toBe("");
});

test("epochs are told only when the last word lies far enough back", () => {
  const after = trainerState(begun, epoch(1));
  expect(announcement(begun, after, 14.9)).toBe("");
  expect(announcement(begun, after, 15)).toBe("Epoch 1 of 2: loss 1.23, test accuracy 50.0 %.");
});

test("durations carry over at the minute and at the hour", () => {
  expect([0, 59.4, 59.6, 3599.4, 3599.6, 7830, Infinity].map(duration)).toEqual([
    "0 s",
    "59 s",
    "1 min 00 s",
    "59 min 59 s",
    "1 h 00 min",
    "2 h 10 min",
    "–"
  ]);
});

test("a failed run says whether something of it is kept", () => {
  const failed = (key: string | null) => statusText(trainerState(begun, {type: "failed", message: "NaN", key}));
  expect(failed("k")).toBe("Failed at step 0; the last good state is kept below.");
  expect(failed(null)).toBe("Failed at step 0.");
});
