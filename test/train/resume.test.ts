import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {control} from "../../src/components/train/control.js";
import {fit} from "../../src/components/train/fit.js";
import type {Snapshot} from "../../src/components/train/run.js";
import {notebook, plan, tiny, tinyData, tinyWith} from "./tiny.js";

const data = tinyData();
const untimed = ({record}: {record: {epoch: number; train: object; test: object}}) => [
  record.epoch,
  record.train,
  record.test
];

/** Runs until `step` steps are done, then stops. */
async function stopAt(step: number) {
  const own = control();
  const spy = tinyWith({
    step(state, batch, rate) {
      if (state.stats.seen.dataSync()[0] === step - 1) own.stop();
      return tiny.step(state, batch, rate);
    }
  });
  const notes = notebook();
  await fit(spy, data, plan, {...notes, control: own});
  return notes;
}

test.each([1, 5, 6, 7, 17, 23])(
  "a run stopped after step %i and resumed is the run that never stopped",
  async (step) => {
    const straight = notebook();
    await fit(tiny, data, plan, straight);
    const first = await stopAt(step);
    const {snapshot} = first.saved.at(-1)!;
    expect(snapshot.step).toBe(step);
    const second = notebook();
    expect(await fit(tiny, data, plan, {...second, from: snapshot})).toMatchObject({type: "done"});
    expect([...first.points, ...second.points]).toEqual(straight.points);
    expect([...first.of("epoch"), ...second.of("epoch")].map(untimed)).toEqual(straight.of("epoch").map(untimed));
    expect(second.saved.at(-1)!.snapshot).toEqual(straight.saved.at(-1)!.snapshot);
    expect(second.events[0]).toMatchObject({type: "started", fromStep: step});
    expect(tf.memory().numTensors).toBe(0);
  }
);

test("a run stopped in an evaluation makes up for it before the next step", async () => {
  const own = control();
  const spy = tinyWith({evaluate: (state, batch) => (own.stop(), tiny.evaluate(state, batch))});
  const first = notebook();
  await fit(spy, data, {...plan, epochs: 1}, {...first, control: own});
  const second = notebook();
  await fit(tiny, data, {...plan, epochs: 1}, {...second, from: first.saved[0].snapshot});
  const straight = notebook();
  await fit(tiny, data, {...plan, epochs: 1}, straight);
  expect(second.points).toEqual([]);
  expect(second.of("epoch").map(untimed)).toEqual(straight.of("epoch").map(untimed));
});

test("a fraction of an epoch is evaluated and kept, and can be lengthened", async () => {
  const constant = {...plan, schedule: {kind: "constant", rate: 0.5} as const};
  const first = notebook();
  await fit(tiny, data, {...constant, epochs: 1.5}, first);
  expect(first.of("epoch").map(({record}) => record.epoch)).toEqual([1, 1.5]);
  expect(first.saved.map(({snapshot, tag}) => [snapshot.step, tag])).toEqual([[6, "epoch"], [9, "done"]]); // prettier-ignore
  const second = notebook();
  await fit(tiny, data, {...constant, epochs: 2}, {...second, from: first.saved.at(-1)!.snapshot});
  const straight = notebook();
  await fit(tiny, data, {...constant, epochs: 2}, straight);
  expect([...first.points, ...second.points]).toEqual(straight.points);
});

test("a finished run that is resumed is done at once", async () => {
  const first = notebook();
  await fit(tiny, data, plan, first);
  const second = notebook();
  await fit(tiny, data, plan, {...second, from: first.saved.at(-1)!.snapshot});
  expect(second.events.map(({type}) => type)).toEqual(["started", "done"]);
});

test("a snapshot of another task, or of a longer run, is refused with the culprit's name", async () => {
  const {saved} = await stopAt(7);
  const {snapshot} = saved.at(-1)!;
  const wider = new Map(snapshot.state).set("params.fc.weight", {data: new Float32Array(8), shape: [4, 2]});
  const resume = async (from: Snapshot, changes = {}) => await fit(tiny, data, {...plan, ...changes}, {from});
  expect(await resume({...snapshot, state: wider})).toMatchObject({
    type: "failed",
    message: "fromArrays: expected params.fc.weight (4, 3) float32, got (4, 2) Float32Array"
  });
  expect(await resume(snapshot, {epochs: 1})).toMatchObject({
    message: "fit: expected to go on from a step of 0 to 6, got 7"
  });
  expect(tf.memory().numTensors).toBe(0);
});
