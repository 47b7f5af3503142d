import {expect, test} from "vitest";
import type {RunEvent, RunSpec} from "../../src/components/train/protocol.js";
import {trainerSession, type Trains} from "../../src/components/ui/trainerSession.js";
import {initialState, type TrainerState} from "../../src/components/ui/trainerState.js";

const values = {width: 16};
const spec: RunSpec = {
  module: "task.js",
  config: values,
  seed: 1,
  epochs: 1,
  batch: 8,
  schedule: {kind: "constant", rate: 0.1}
};
const started: RunEvent = {type: "started", steps: 10, stepsPerEpoch: 10, fromStep: 0, backend: "cpu", note: ""};

/** A client whose runs do nothing but remember what was asked of them; `tell` speaks as the newest. */
function client() {
  const runs: {from?: string; asked: string[]; tell: (event: RunEvent) => void}[] = [];
  const compute: Trains = {
    train(_, on, {from} = {}) {
      const asked: string[] = [];
      runs.push({from, asked, tell: on});
      const ask = (what: string) => () => void asked.push(what);
      return {pause: ask("pause"), resume: ask("resume"), stop: ask("stop"), finished: new Promise(() => {})};
    },
    memory: async () => ({numTensors: 3, numBytes: 12})
  };
  return {compute, runs};
}

const begin = (run = () => spec) => {
  const {compute, runs} = client();
  const seen: TrainerState[] = [];
  const session = trainerSession(compute, run, initialState(values));
  session.watch((after) => seen.push(after));
  return {session, runs, seen};
};

test("one run at a time: Train while one goes on begins no other, and Train after its end does", () => {
  const {session, runs} = begin();
  session.train();
  session.train();
  expect(runs.length).toBe(1);
  runs[0].tell(started);
  runs[0].tell({type: "stopped", key: "k"});
  session.train("k");
  expect(runs.map(({from}) => from)).toEqual([undefined, "k"]);
});

test("a run that was let go is asked to stop and heard no more", () => {
  const {session, runs, seen} = begin();
  session.train();
  runs[0].tell(started);
  session.end();
  const before = seen.length;
  runs[0].tell({type: "epoch", record: {epoch: 1, train: {}, test: {}, imagesPerSecond: 1, seconds: 1}});
  runs[0].tell({type: "stopped", key: "k"});
  expect(runs[0].asked).toEqual(["stop"]);
  expect(seen.length).toBe(before);
});

test("every end of a run is followed by a look at the worker's memory", async () => {
  for (const end of [
    {type: "done", key: "k"},
    {type: "stopped", key: null},
    {type: "failed", message: "no", key: null}
  ] as const) {
    const {session, runs} = begin();
    session.train();
    runs[0].tell(started);
    runs[0].tell(end);
    await new Promise((resolve) => setTimeout(resolve));
    expect(session.state).toMatchObject({status: end.type, progress: {tensors: 3, bytes: 12}});
  }
});

test("values that no run can be made of are refused in words, and the panel stays as it was", () => {
  const {session, runs} = begin(() => {
    throw new RangeError("resnetTask: expected width 8 to 64, got 0");
  });
  session.train();
  expect(runs.length).toBe(0);
  expect(session.state).toEqual({...initialState(values), message: "resnetTask: expected width 8 to 64, got 0"});
});

test("pause and stop reach the run only while there is one", () => {
  const {session, runs} = begin();
  session.ask("stop");
  session.train();
  runs[0].tell(started);
  session.ask("pause");
  runs[0].tell({type: "paused"});
  session.ask("resume");
  runs[0].tell({type: "done", key: "k"});
  session.ask("stop");
  expect(runs[0].asked).toEqual(["pause", "resume"]);
});
