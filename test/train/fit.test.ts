import * as tf from "@tensorflow/tfjs";
import {beforeEach, expect, test, vi} from "vitest";
import {rateAt} from "../../src/components/optimizers/schedule.js";
import {control} from "../../src/components/train/control.js";
import {fit} from "../../src/components/train/fit.js";
import type {RunEvent} from "../../src/components/train/protocol.js";
import {notebook, plan, tiny, tinyData, tinyWith} from "./tiny.js";

const data = tinyData(); // 26 training records: 6 batches of 4, and 2 records that an epoch leaves out
const tensors = () => tf.memory().numTensors;

beforeEach(() => expect(tensors()).toBe(0)); // every test but the first also checks the one before it

test("every step's loss is in the curve, in order, and the loss falls", async () => {
  const notes = notebook();
  expect(await fit(tiny, data, plan, notes)).toEqual({type: "done", key: "checkpoint 4"});
  expect(notes.points.map(({step}) => step)).toEqual(Array.from({length: 24}, (_, i) => i + 1));
  expect(notes.points.map(({epoch}) => epoch)).toEqual(notes.points.map(({step}) => step / 6));
  const means = notes.of("epoch").map(({record}) => record.train.loss);
  expect(means[3]).toBeLessThan(0.7 * means[0]);
  expect(notes.events[0]).toMatchObject({type: "started", steps: 24, stepsPerEpoch: 6, fromStep: 0, note: "tiny"});
  expect(notes.events.at(-1)).toEqual({type: "done", key: "checkpoint 4"});
});

test("an epoch's training mean is the mean of its points", async () => {
  const notes = notebook();
  await fit(tiny, data, plan, notes);
  for (const {record} of notes.of("epoch")) {
    const own = notes.points.filter(({step}) => Math.ceil(step / 6) === record.epoch);
    const mean = own.reduce((sum, {metrics}) => sum + metrics.loss, 0) / 6;
    expect(record.train.loss).toBeCloseTo(mean, 12);
  }
});

test("step k, from 0, trains at rate η(k)", async () => {
  const seen: number[] = [];
  const spy = tinyWith({
    step(state, batch, rate) {
      seen.push(rate.dataSync()[0]);
      return tiny.step(state, batch, rate);
    }
  });
  await fit(spy, data, plan);
  expect(seen).toEqual(Array.from({length: 24}, (_, k) => Math.fround(rateAt(plan.schedule, 24)(k))));
});

test("the number of tensors is the same at every step but the first of an epoch, and none is left", async () => {
  const counts: number[] = [];
  const spy = tinyWith({
    step(state, batch, rate) {
      counts.push(tensors());
      return tiny.step(state, batch, rate);
    }
  });
  const notes = notebook();
  await fit(spy, data, plan, notes);
  expect(new Set(counts.filter((_, k) => k % 6 > 0)).size).toBe(1);
  expect(new Set(counts.filter((_, k) => k % 6 === 0)).size).toBe(1); // then the newest state is the last good one
  expect(new Set(notes.of("progress").map((event) => event.tensors)).size).toBe(1);
  expect(tensors()).toBe(0);
});

test("at most two steps are in flight, and a loss that is read late is still in the curve", async () => {
  const read = tf.Tensor.prototype.data;
  let flying = 0;
  let most = 0;
  // a backend whose reads take a while, as a graphics card's do
  const slow = vi.spyOn(tf.Tensor.prototype, "data").mockImplementation(async function (this: tf.Tensor) {
    const metrics = this.shape.length === 1 && this.shape[0] === 2; // loss and accuracy; sums are three
    if (metrics) most = Math.max(most, ++flying);
    for (let i = 0; i < 5; ++i) await new Promise(setImmediate);
    if (metrics) --flying;
    return read.call(this) as never;
  });
  const notes = notebook();
  await fit(tiny, data, plan, notes);
  slow.mockRestore();
  const prompt = notebook();
  await fit(tiny, data, plan, prompt);
  expect(most).toBe(2);
  expect(notes.points).toEqual(prompt.points);
});

test("a leaf that the old and the new state share survives, one that only the old one has is freed", async () => {
  let frozen: tf.Tensor | undefined;
  const spy = tinyWith({
    step(state, batch, rate) {
      frozen ??= state.stats.frozen;
      expect(state.stats.frozen).toBe(frozen);
      expect(frozen.isDisposed).toBe(false);
      return tiny.step(state, batch, rate);
    }
  });
  expect(await fit(spy, data, plan)).toMatchObject({type: "done"});
  expect(frozen!.isDisposed).toBe(true);
});

test("the same seed gives the same curve bit for bit, another seed another", async () => {
  const curve = async (seed: number) => {
    const notes = notebook();
    await fit(tiny, data, {...plan, seed}, notes);
    return notes.points;
  };
  expect(await curve(7)).toEqual(await curve(7));
  expect(await curve(8)).not.toEqual(await curve(7));
});

test.each(["init", "sample", "step", "evaluate"] as const)(
  "an error in %s fails the run with its sentence",
  async (name) => {
    let calls = 0;
    const original = tiny[name] as (...args: unknown[]) => unknown;
    const broken = tinyWith({
      [name]: (...args: unknown[]) => {
        const out = original(...args);
        if (++calls === (name === "init" ? 1 : 3)) throw new Error(`${name} broke`);
        return out;
      }
    });
    const notes = notebook();
    const end = await fit(broken, data, plan, notes);
    expect(end).toMatchObject({type: "failed", message: `${name} broke`});
    expect(notes.events.filter(({type}) => ["done", "stopped", "failed"].includes(type))).toEqual([end]);
    expect(tensors()).toBe(0);
  }
);

test("an error keeps the last state whose loss was finite", async () => {
  let calls = 0;
  const broken = tinyWith({
    step(state, batch, rate) {
      if (++calls === 6) throw new Error("out of memory");
      return tiny.step(state, batch, rate);
    }
  });
  const notes = notebook();
  await fit(broken, data, plan, notes);
  expect(notes.saved.map(({snapshot, tag}) => [tag, snapshot.step])).toEqual([["failed", 4]]); // the loss of step 5 was read
});

test.each([NaN, Infinity])(
  "a loss of %s stops the run, says what to try, and keeps the state before it",
  async (bad) => {
    const healthy = notebook();
    await fit(tiny, data, {...plan, epochs: 0.5, schedule: {kind: "constant", rate: 0.5}}, healthy);
    let calls = 0;
    const broken = tinyWith({
      step(state, batch, rate) {
        const [next, metrics] = tiny.step(state, batch, rate);
        return [next, ++calls === 5 ? {...metrics, loss: tf.scalar(bad)} : metrics];
      }
    });
    const notes = notebook();
    const end = await fit(broken, data, {...plan, schedule: {kind: "constant", rate: 0.5}}, notes);
    expect(end).toEqual({
      type: "failed",
      message: `The loss became ${bad} at step 5, at learning rate 0.5: try a lower rate or a longer warm-up.`,
      key: "checkpoint 1"
    });
    expect(notes.saved).toHaveLength(1);
    expect(notes.saved[0].tag).toBe("failed");
    expect(notes.saved[0].snapshot.step).toBe(3); // step 4 saw the state after step 3, with a finite loss
    expect(notes.saved[0].snapshot.state).toEqual(healthy.saved[0].snapshot.state);
  }
);

test("a state that is no longer finite is not kept even when the loss was", async () => {
  const broken = tinyWith({
    step(state, batch, rate) {
      const [next, metrics] = tiny.step(state, batch, rate);
      const last = state.stats.seen.dataSync()[0] === 5;
      return [last ? {...next, stats: {...next.stats, mean: tf.fill([4], NaN)}} : next, metrics];
    }
  });
  const notes = notebook();
  const end = await fit(broken, data, {...plan, epochs: 1}, notes);
  expect(end).toMatchObject({type: "failed", message: expect.stringMatching(/^The state is not finite after step 6/)});
  expect(notes.saved.map(({snapshot}) => snapshot.step)).toEqual([5]);
});

test("a run can be unable to start: batch, epochs, schedule", async () => {
  const fails = async (changes: object) => (await fit(tiny, data, {...plan, ...changes})) as {message: string};
  expect((await fails({batch: 27})).message).toBe("fit: expected a batch of 1 to 26 records, got 27");
  expect((await fails({epochs: 0})).message).toBe("fit: expected epochs > 0, got 0");
  expect((await fails({schedule: {kind: "constant", rate: -1}})).message).toBe("rateAt: expected rate > 0, got -1");
});

test("a checkpoint that cannot be kept is a notice; training goes on", async () => {
  const notes = notebook();
  const save = async () => Promise.reject(new Error("The browser has no room."));
  const end = await fit(tiny, data, plan, {on: notes.on, save});
  expect(end).toEqual({type: "done", key: null});
  expect(notes.of("notice").map(({message}) => message)).toEqual(Array(4).fill("The browser has no room."));
});

test("stop acts within one step and keeps what was reached", async () => {
  const own = control();
  let calls = 0;
  const spy = tinyWith({
    step(state, batch, rate) {
      if (++calls === 9) own.stop();
      return tiny.step(state, batch, rate);
    }
  });
  const notes = notebook();
  expect(await fit(spy, data, plan, {...notes, control: own})).toEqual({type: "stopped", key: "checkpoint 2"});
  expect(calls).toBe(9);
  expect(notes.saved.map(({snapshot, tag}) => [tag, snapshot.step, snapshot.epoch])).toEqual([
    ["epoch", 6, 1],
    ["stopped", 9, 1.5]
  ]);
  expect(notes.points.at(-1)!.step).toBe(9);
});

test("stop acts within one batch of an evaluation", async () => {
  const own = control();
  let calls = 0;
  const spy = tinyWith({
    evaluate(state, batch) {
      if (++calls === 2) own.stop();
      return tiny.evaluate(state, batch);
    }
  });
  const notes = notebook();
  expect(await fit(spy, data, plan, {...notes, control: own})).toMatchObject({type: "stopped"});
  expect(calls).toBe(2); // of the three that 11 records need
  expect(notes.of("epoch")).toEqual([]);
  expect(notes.saved[0].snapshot).toMatchObject({step: 6, totals: {steps: 6}});
});

test("a run stopped before its first step keeps nothing", async () => {
  const own = control();
  own.stop();
  const notes = notebook();
  expect(await fit(tiny, data, plan, {...notes, control: own})).toEqual({type: "stopped", key: null});
  expect(notes.saved).toEqual([]);
});

test("pause holds the step, resume goes on to the same curve", async () => {
  const straight = notebook();
  await fit(tiny, data, plan, straight);
  const own = control();
  let calls = 0;
  const spy = tinyWith({
    step(state, batch, rate) {
      if (++calls === 5) own.pause();
      return tiny.step(state, batch, rate);
    }
  });
  const notes = notebook();
  let atPause = -1;
  const on = (event: RunEvent) => {
    notes.on(event);
    if (event.type !== "paused") return;
    atPause = notes.points.length;
    let turns = 0;
    const wait = () => (++turns < 50 ? setImmediate(wait) : (expect(calls).toBe(5), own.resume()));
    wait();
  };
  expect(await fit(spy, data, plan, {...notes, on, control: own})).toMatchObject({type: "done"});
  expect(atPause).toBe(5); // all that was done has been reported
  expect(notes.events.filter(({type}) => type === "paused" || type === "resumed")).toHaveLength(2);
  expect(notes.points).toEqual(straight.points);
});

test("a paused run can be stopped", async () => {
  const own = control();
  own.pause();
  const notes = notebook();
  const on = (event: RunEvent) => (notes.on(event), event.type === "paused" && setImmediate(own.stop));
  expect(await fit(tiny, data, plan, {on, control: own})).toEqual({type: "stopped", key: null});
  expect(notes.of("resumed")).toEqual([]);
});

test("the event loop turns between two steps", async () => {
  let turns = 0;
  let going = true;
  const turn = () => (++turns, going && setImmediate(turn));
  turn();
  await fit(tiny, data, plan);
  going = false;
  expect(turns).toBeGreaterThanOrEqual(24);
});

test("training waits for no timer: a hidden tab, which throttles them, trains on", async () => {
  vi.useFakeTimers({toFake: ["setTimeout", "setInterval", "requestAnimationFrame"]}); // and nobody advances them
  try {
    expect(await fit(tiny, data, plan, notebook())).toMatchObject({type: "done"});
  } finally {
    vi.useRealTimers();
  }
});

test("no tensor is left by the last test either", () => expect(tensors()).toBe(0));
