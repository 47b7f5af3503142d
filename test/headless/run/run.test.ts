import {expect, test} from "vitest";
import type {Engine} from "../../../headless/engine.js";
import {beginning, run, type Moment, type RunOptions} from "../../../headless/run/run.js";
import type {Records} from "../../../src/components/data/records.js";
import type {Arrays} from "../../../src/components/train/arrays.js";
import {control} from "../../../src/components/train/control.js";
import type {Batch} from "../../../src/components/train/task.js";

const records = (count: number) => ({count}) as Records;
const batchAt = async (step: number): Promise<Batch> => ({x: {data: Float32Array.of(Math.sin(step)), shape: [1]}});

/** A state of one number that remembers every batch and rate; its loss is the number. */
function engine(start = 1): Engine & {calls: string[]} {
  let value = start;
  const calls: string[] = [];
  return {
    ...{name: "arithmetic", flops: {step: 7, evaluate: 3}, calls},
    async step({x}, rate) {
      calls.push("step");
      value = 0.9 * value + rate * x.data[0];
      return {loss: value};
    },
    async evaluate({x}) {
      calls.push("evaluate");
      return {count: x.data[0], loss: x.data[0] * value};
    },
    predict: () => Promise.reject(new Error("not asked for")),
    state: async () => new Map([["value", {data: Float64Array.of(value) as never, shape: [1]}]]),
    release: async () => {}
  };
}

const valueIn = (state: Arrays) => state.get("value")!.data[0];

interface Kept {
  moment: Moment;
  value: number;
  tag: string;
}

function options(over: Partial<RunOptions> = {}): RunOptions & {kept: Kept[]; told: number[]} {
  const kept: Kept[] = [];
  const told: number[] = [];
  return {
    plan: {epochs: 3, batch: 2, schedule: {kind: "one-cycle", rate: 0.5}},
    data: {train: records(9), test: records(5)},
    view: (_, rows) => ({x: {data: Float32Array.of(rows.length), shape: [1]}}),
    engine: engine(),
    control: control(),
    from: beginning,
    saveEvery: Infinity,
    save: async (moment, state, _, tag) => void kept.push({moment, value: valueIn(state), tag}),
    onStep: ({step}) => told.push(step),
    onEpoch: () => {},
    ...{batchAt, kept, told},
    ...over
  };
}

/** What two runs must agree in: all but the times. */
const course = ({step, epochs, totals, spent}: Moment) => ({
  ...{step, totals, flops: spent.flops},
  epochs: epochs.map(({epoch, train, test}) => ({epoch, train, test}))
});

test("an epoch is as many whole batches as fit; each is measured on every record and kept", async () => {
  const all = options();
  const {finished, moment} = await run(all);
  expect(finished).toBe(true);
  expect(all.told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(moment.epochs.map(({epoch}) => epoch)).toEqual([1, 2, 3]);
  expect(all.kept.map(({moment: {step}, tag}) => [step, tag])).toEqual([
    [4, "epoch"],
    [8, "epoch"],
    [12, "done"]
  ]);
  expect(moment.spent.flops).toBe(12 * 7);
  expect(moment.epochs.map(({test}) => test.loss)).toEqual(all.kept.map(({value}) => expect.closeTo(value, 6)));
});

test("an epoch's training metrics are the means over its own steps", async () => {
  const losses: number[] = [];
  const {moment} = await run(options({onStep: (_, {loss}) => losses.push(loss)}));
  const mean = (of: number[]) => of.reduce((sum, loss) => sum + loss, 0) / of.length;
  const expected = [0, 4, 8].map((from) => expect.closeTo(mean(losses.slice(from, from + 4)), 10) as number);
  expect(moment.epochs.map(({train}) => train.loss)).toEqual(expected);
});

test("evaluateEvery leaves epochs out, never the last", async () => {
  const {plan} = options();
  const {moment} = await run(options({plan: {...plan, evaluateEvery: 2}}));
  expect(moment.epochs.map(({test}) => Object.keys(test))).toEqual([[], ["loss"], ["loss"]]);
  expect(moment.epochs.every(({train}) => Number.isFinite(train.loss))).toBe(true);
});

test.each([1, 3, 4, 5, 11])(
  "stopped after step %i and resumed, the course is that of a run never stopped",
  async (at) => {
    const whole = await run(options());
    const asked = control();
    const first = options({control: asked, onStep: ({step}) => step === at && asked.stop()});
    const stopped = await run(first);
    expect(stopped.finished).toBe(false);
    expect(stopped.moment.step).toBe(at);
    const {moment, value} = first.kept.at(-1)!;
    const second = await run(options({engine: engine(value), from: structuredClone(moment)}));
    expect(course(second.moment)).toEqual(course(whole.moment));
  }
);

test("a stop during the evaluation gives it up, and the next start begins with it", async () => {
  const asked = control();
  const stopping = {...engine(), evaluate: async () => (asked.stop(), {count: 1, loss: 1})};
  const first = options({control: asked, engine: stopping});
  expect((await run(first)).finished).toBe(false);
  const {moment, value} = first.kept.at(-1)!;
  expect([moment.step, moment.totals.steps, moment.epochs]).toEqual([4, 4, []]);
  const next = engine(value);
  const resumed = await run(options({engine: next, from: moment}));
  expect(next.calls.slice(0, 4)).toEqual(["evaluate", "evaluate", "evaluate", "step"]);
  expect(course(resumed.moment)).toEqual(course((await run(options())).moment));
});

test("what is also measured stands beside the evaluation, wherever that is measured", async () => {
  const {plan} = options();
  const alsoMeasure = async (epoch: number) => ({knn: epoch / 10});
  const {moment} = await run(options({plan: {...plan, evaluateEvery: 2}, alsoMeasure}));
  const expected = [{}, {loss: expect.any(Number), knn: 0.2}, {loss: expect.any(Number), knn: 0.3}];
  expect(moment.epochs.map(({test}) => test)).toEqual(expected);
});

test("a stop during it gives the whole evaluation up", async () => {
  const asked = control();
  const alsoMeasure = async (_: number, proceed: () => Promise<boolean>) => (
    asked.stop(),
    (await proceed()) ? {} : null
  );
  const all = options({control: asked, alsoMeasure});
  expect(await run(all)).toMatchObject({finished: false, moment: {step: 4, epochs: []}});
});

test("with no time between checkpoints every step is kept", async () => {
  const all = options({saveEvery: 0});
  await run(all);
  expect(all.kept.map(({moment: {step}}) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test("a loss that is not finite ends the run by its step and rate, and is not kept", async () => {
  const failing = engine(NaN);
  const all = options({engine: failing});
  await expect(run(all)).rejects.toThrow("The loss became NaN at step 1, at learning rate 0.02");
  expect(all.kept).toEqual([]);
});
