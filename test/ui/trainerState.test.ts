import {expect, test} from "vitest";
import type {RunEvent, RunSpec, StepRecord} from "../../src/components/train/protocol.js";
import {
  initialState,
  trainerState,
  type TrainerEvent,
  type TrainerState
} from "../../src/components/ui/trainerState.js";

const values = {width: 16, rate: 0.1};
const spec: RunSpec = {
  module: "task.js",
  config: {width: 16},
  seed: 1,
  epochs: 2,
  batch: 8,
  schedule: {kind: "constant", rate: 0.1}
};
const start: TrainerEvent = {type: "start", values, spec, from: null};
const started: RunEvent = {type: "started", steps: 20, stepsPerEpoch: 10, fromStep: 0, backend: "wasm", note: ""};
const point = (step: number): StepRecord => ({step, epoch: step / 10, metrics: {loss: 1 / step}});
const progress = (...steps: number[]): RunEvent => ({
  type: "progress",
  points: steps.map(point),
  step: steps.at(-1)!,
  epoch: steps.at(-1)! / 10,
  ...{elapsed: 1, remaining: 1, imagesPerSecond: 8, tensors: 5, bytes: 100}
});
const after = (...events: TrainerEvent[]): TrainerState => events.reduce(trainerState, initialState(values));

test("nothing but a start begins a run: moved inputs and late events leave an idle panel idle", () => {
  const late: TrainerEvent[] = [
    started,
    progress(1),
    {type: "paused"},
    {type: "asked", what: "stop"},
    {type: "done", key: "k"}
  ];
  for (const event of late) expect(after(event)).toEqual(initialState(values));
  expect(after({type: "input", values: {width: 32, rate: 0.1}}).status).toBe("idle");
});

test("moved inputs make the result stale and leave the run alone; moved back, it is stale no longer", () => {
  const moved = after(start, started, progress(1), {type: "input", values: {width: 32, rate: 0.1}});
  expect(moved).toMatchObject({
    status: "running",
    stale: true,
    ran: values,
    values: {width: 32},
    spec,
    points: [point(1)]
  });
  expect(trainerState(moved, {type: "input", values: {...values}}).stale).toBe(false);
  expect(after({type: "input", values: {width: 32, rate: 0.1}}).stale).toBe(false); // there is no result to be stale
});

test("a second start changes nothing while a run goes on", () => {
  for (const events of [[start], [start, started], [start, started, {type: "paused"} as const]]) {
    const state = after(...events);
    expect(trainerState(state, {...start, values: {width: 8, rate: 1}})).toBe(state);
  }
});

test("points arrive in order and the arrays of earlier states are not written to", () => {
  const first = after(start, started, progress(1, 2));
  const kept = [...first.points];
  const second = trainerState(first, progress(3));
  expect(second.points.map(({step}) => step)).toEqual([1, 2, 3]);
  expect(first.points).toEqual(kept);
});

test("a run that goes on from a checkpoint shows the history it is told, and a fresh one begins with none", () => {
  const from = {...started, fromStep: 10} as RunEvent;
  const history: RunEvent = {type: "history", points: [point(9), point(10)], epochs: []};
  const resumed = after({...start, from: "k"} as TrainerEvent, from, history, progress(11));
  expect(resumed.points.map(({step}) => step)).toEqual([9, 10, 11]);
  expect(resumed).toMatchObject({key: "k", keyStep: 10});
  const again = [{type: "stopped", key: "k"} as const, start].reduce<TrainerState>(trainerState, resumed);
  expect(again).toMatchObject({points: [], epochs: [], key: null, keyStep: 0, status: "loading"});
});

test("what was asked stays asked until the worker answers", () => {
  const asked = after(start, started, {type: "asked", what: "pause"});
  expect(trainerState(asked, progress(1)).asked).toBe("pause");
  expect(trainerState(asked, {type: "paused"})).toMatchObject({asked: null, status: "paused"});
  const both = after(start, started, {type: "asked", what: "pause"}, {type: "asked", what: "stop"}, {type: "paused"});
  expect(both).toMatchObject({asked: "stop", status: "paused"}); // the stop overtook the pause and is still due
  expect(trainerState(both, {type: "stopped", key: null})).toMatchObject({asked: null, status: "stopped"});
});

test("a failure keeps the curves and the last good checkpoint, and its advice while the inputs move", () => {
  const checkpoint: RunEvent = {type: "checkpoint", key: "k", step: 10, epoch: 1};
  const failed = after(start, started, progress(10), checkpoint, {
    type: "failed",
    message: "NaN: try less.",
    key: null
  });
  expect(failed).toMatchObject({
    status: "failed",
    key: "k",
    keyStep: 10,
    message: "NaN: try less.",
    points: [point(10)]
  });
  const tried = trainerState(failed, {type: "input", values: {width: 16, rate: 0.01}});
  expect(tried).toMatchObject({message: "NaN: try less.", stale: true});
  expect(trainerState(tried, start).message).toBe("");
});

test("after its end a run is silent: stray progress is not drawn, memory is still read", () => {
  const done = after(start, started, progress(20), {type: "done", key: "k"});
  expect(trainerState(done, progress(21))).toBe(done);
  expect(trainerState(done, {type: "memory", tensors: 0, bytes: 0}).progress).toMatchObject({tensors: 0, step: 20});
});
