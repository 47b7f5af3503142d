import * as tf from "@tensorflow/tfjs";
import {afterEach, beforeEach, expect, test} from "vitest";
import {computeClient, type Compute, type Link} from "../../src/components/train/client.js";
import type {RunEvent, RunSpec} from "../../src/components/train/protocol.js";
import {serve, type Port} from "../../src/components/train/rpc.js";
import {service} from "../../src/components/train/service.js";
import {memoryStore} from "./memoryStore.js";
import {notebook, plan, tiny, tinyData} from "./tiny.js";

const module = "http://site/_import/tiny.js";
const query = {module, config: {}};
const spec: RunSpec = {...query, ...plan};
const cpu = {name: "cpu" as const, reason: "cpu: this is a test", threads: 1, isolated: false};

/** Records with a mask of 2 × 2 and a caption each, and something of the whole set. */
const masked = {
  ...tinyData().train,
  masks: Float32Array.from({length: 26 * 4}, (_, i) => i),
  captions: Array.from({length: 26}, (_, i) => `image ${i}`),
  palette: Uint8Array.of(1, 2, 3)
};

/** What each configuration field does to the tiny task is written here, as a page's module would. */
const modules: Record<string, Record<string, unknown>> = {
  [module]: {
    default: ({wide, mortal}: {wide?: boolean; mortal?: boolean}) =>
      mortal ? failingOnce() : wide ? {...tiny, init: () => ({w: tf.zeros([9])})} : tiny,
    data: async (_: object, source: {progress(fraction: number, what: string): void}) => {
      source.progress(0.5, "the tiny set");
      return tinyData();
    },
    sum: (x: Float32Array) => ({total: tf.sum(tf.tensor1d(x)), n: x.length}),
    mean: async (x: Float32Array) => {
      const t = tf.tensor1d(x);
      const mean = tf.mean(t);
      t.dispose();
      return mean;
    },
    broken: () => {
      tf.zeros([3]);
      throw new Error("broken: expected better");
    }
  },
  "http://site/_import/masked.js": {default: () => tiny, data: async () => ({train: masked, test: masked})},
  "http://site/_import/coded.js": {
    default: ({wide}: {wide: {size(): number}}) => ({...tiny, init: () => ({w: tf.zeros([wide.size()])})}),
    data: async () => tinyData(),
    tf
  },
  "http://site/_import/plain.js": {default: () => tiny},
  "http://site/_import/endless.js": {default: () => tiny, data: () => new Promise(() => {})}
};

/** What is told of a lost device, until a task is made anew. */
let loss: string | null = null;

/** The tiny task, whose eighth batch cannot be drawn where a device is lost; the next task made draws all. */
function failingOnce(): typeof tiny {
  const mortal = made++ % 2 === 0;
  if (!mortal) loss = null;
  let drawn = 0;
  const sample: typeof tiny.sample = (...given) => {
    if (mortal && ++drawn === 8) throw new Error("the device is gone");
    return tiny.sample(...given);
  };
  return {...tiny, sample};
}
let made = 0;

let store: ReturnType<typeof memoryStore>;
let compute: Compute;
let crash: (reason: string) => void;
let started = 0;

beforeEach(() => {
  store = memoryStore();
  started = 0;
  compute = computeClient(start, store, "http://site/page");
});
afterEach(() => {
  compute.terminate();
  expect(tf.memory().numTensors).toBe(0);
});

function start(): Link {
  ++started;
  const {port1, port2} = new MessageChannel();
  const compile = (text: string) => import(`data:text/javascript,${encodeURIComponent(text)}`);
  const load = async (url: string) => modules[url] ?? Promise.reject(new Error(`no module at ${url}`));
  const source = (progress: (fraction: number, what: string) => void) => ({
    open: async () => new ArrayBuffer(0),
    progress
  });
  const lost = async () => loss;
  serve(port2 as unknown as Port, service({backend: async () => cpu, lost, load, compile, source, store}));
  return {port: port1 as unknown as Port, end: () => port1.close(), onCrash: (tell) => void (crash = tell)};
}

/** Trains to the end. */
async function trained(changes: Partial<RunSpec> = {}) {
  const notes = notebook();
  const end = await compute.train({...spec, ...changes}, notes.on).finished;
  return {...notes, end, key: (end as {key: string}).key};
}

test("a run crosses the port whole: loading, started, every point, one end, a checkpoint", async () => {
  const {events, points, end, key} = await trained();
  expect(events.slice(0, 2)).toEqual([
    {type: "loading", fraction: 0.5, what: "the tiny set"},
    {type: "started", steps: 24, stepsPerEpoch: 6, fromStep: 0, backend: "cpu", note: "tiny"}
  ]);
  expect(points).toHaveLength(24);
  expect(end).toEqual({type: "done", key});
  expect(events.filter(({type}) => type === "done")).toEqual([end]);
  expect(await compute.checkpoints()).toMatchObject([{key, spec, step: 24, epoch: 4, tag: "done"}]);
  expect(await compute.memory()).toEqual({numTensors: 0, numBytes: 0});
});

test("a task is made with what a cell's code makes; its fault ends the run in one sentence", async () => {
  const coded = (code: string) => {
    const wide = {code, imports: {module: "http://site/_import/coded.js"}, inputs: {size: 5}};
    return trained({module: "http://site/_import/coded.js", config: {wide}});
  };
  const missing = await coded("() => ({size: () => elsewhere})");
  expect(missing.end).toMatchObject({type: "failed", message: expect.stringContaining("elsewhere is not defined")});
  const broken = await coded(
    "({module}, {size}) => ({size: () => { if (module.tf) throw new Error(`size ${size}`); }})"
  );
  expect(broken.end).toMatchObject({type: "failed", message: "size 5"});
});

test("a relative module is looked for beside the page", async () => {
  const {end} = await trained({module: "_import/tiny.js"});
  expect(end.type).toBe("done");
});

test("a resumed run tells its history and ends as the run that never stopped, under one key", async () => {
  const straight = await trained();
  const first = notebook();
  const run = compute.train(spec, (event) => (first.on(event), event.type === "epoch" && run.stop()));
  const stopped = (await run.finished) as {type: "stopped"; key: string};
  expect(stopped.type).toBe("stopped");
  const second = notebook();
  const end = await compute.train(spec, second.on, {from: stopped.key}).finished;
  expect(end).toEqual({type: "done", key: stopped.key});
  const [{points, epochs}] = second.of("history");
  expect(second.events.findIndex(({type}) => type === "history")).toBe(
    1 + second.events.findIndex(({type}) => type === "started")
  );
  expect([...points, ...second.points]).toEqual(straight.points);
  expect(epochs).toEqual(first.of("epoch").map(({record}) => record));
  const weights = await Promise.all([compute.weights(straight.key), compute.weights(stopped.key)]);
  expect(weights[0]).toEqual(weights[1]);
});

test("a new run stops the one before it, and begins after it has ended", async () => {
  const order: string[] = [];
  const log = (name: string) => (event: RunEvent) => void order.push(`${name} ${event.type}`);
  const runs = ["a", "b", "c"].map((name) => compute.train(spec, log(name)).finished);
  expect((await Promise.all(runs)).map(({type}) => type)).toEqual(["stopped", "stopped", "done"]);
  expect(order.indexOf("c started")).toBeGreaterThan(order.indexOf("a stopped"));
  expect(order.filter((line) => line.startsWith("b"))).toEqual(["b stopped"]);
});

test("a run can be stopped while its data load", async () => {
  const run = compute.train({...spec, module: "http://site/_import/endless.js"}, () => {});
  setImmediate(run.stop);
  expect(await run.finished).toEqual({type: "stopped", key: null});
});

test("pause and resume cross the port", async () => {
  const notes = notebook();
  const run = compute.train(spec, (event) => {
    notes.on(event);
    if (event.type === "started") run.pause();
    if (event.type === "paused") run.resume();
  });
  expect((await run.finished).type).toBe("done");
  expect(notes.events.filter(({type}) => type === "paused" || type === "resumed")).toHaveLength(2);
});

test("a run that cannot start fails in one sentence", async () => {
  const message = async (changes: Partial<RunSpec>, from?: string) =>
    ((await compute.train({...spec, ...changes}, () => {}, {from}).finished) as {message: string}).message;
  expect(await message({module: "http://site/none.js"})).toBe("no module at http://site/none.js");
  expect(await message({module: "http://site/_import/plain.js"})).toBe(
    "compute: expected http://site/_import/plain.js to export data(config), got undefined"
  );
  expect(await message({}, "gone")).toBe("The checkpoint gone is no longer in this browser.");
  const {key} = await trained({epochs: 0.5});
  expect(await message({seed: 8}, key)).toBe("train: expected to go on with seed 7, got 8");
  expect(await message({config: {wide: true}}, key)).toBe("fromArrays: expected no leaf params.fc.weight, got one");
});

test("storage that is full is a notice; the run ends well, without a checkpoint", async () => {
  store.full = true;
  const {end, of} = await trained();
  expect(end).toEqual({type: "done", key: null});
  expect(of("notice")).toHaveLength(4);
});

test("predictions are those of the checkpoint, in the order of the rows, and leave no tensor", async () => {
  const {key} = await trained();
  const all = await compute.predict({...query, key, split: "test"});
  expect(all.outputs.shape).toEqual([11, 3]);
  expect([...all.labels]).toEqual([...tinyData().test.labels]);
  const some = await compute.predict({...query, key, split: "test", rows: [5, 0]});
  expect([...some.outputs.data]).toEqual([...all.outputs.data.slice(15, 18), ...all.outputs.data.slice(0, 3)]);
  const {weights, images} = {weights: await compute.weights(key), images: tinyData().test.images};
  const [weight, bias] = [weights["fc.weight"].data, weights["fc.bias"].data];
  for (let k = 0; k < 3; ++k) {
    let logit = bias[k];
    for (let i = 0; i < 4; ++i) logit += (images[4 * 5 + i] / 255) * weight[3 * i + k];
    expect(some.outputs.data[k]).toBeCloseTo(logit, 5);
  }
  expect((await compute.memory()).numTensors).toBe(0);
});

test("records are copies of the rows asked for", async () => {
  const {train} = tinyData();
  for (let time = 0; time < 2; ++time) {
    const {images, labels, count} = await compute.records({...query, split: "train", rows: [3, 1]}); // twice: they are not moved away
    expect(count).toBe(2);
    expect([...labels]).toEqual([train.labels[3], train.labels[1]]);
    expect([...images]).toEqual([...train.images.slice(12, 16), ...train.images.slice(4, 8)]);
  }
  await expect(compute.records({...query, split: "test", rows: [11]})).rejects.toThrow(
    "gather: expected rows in [0, 11), got 11"
  );
});

test("what a data set has for each record beside its image comes with it, and nothing of the kept set is moved away", async () => {
  for (let time = 0; time < 2; ++time) {
    const records = await compute.records({
      module: "http://site/_import/masked.js",
      config: {},
      split: "test",
      rows: [3, 1]
    });
    expect(records).toMatchObject({count: 2, captions: ["image 3", "image 1"]});
    expect(records).toMatchObject({
      masks: Float32Array.of(12, 13, 14, 15, 4, 5, 6, 7),
      palette: Uint8Array.of(1, 2, 3)
    });
  }
  expect([masked.images, masked.masks, masked.palette].map(({byteLength}) => byteLength)).toEqual([104, 416, 3]);
});

test("an exported checkpoint is imported with its configuration, and trains on", async () => {
  const {key} = await trained();
  const file = await compute.exportCheckpoint(key);
  await compute.forget(key);
  expect(await compute.checkpoints()).toEqual([]);
  const imported = await compute.importCheckpoint(file);
  expect(imported.spec).toEqual(spec);
  expect(await compute.checkpoints()).toMatchObject([{key: imported.key, step: 24, tag: "imported"}]);
  const notes = notebook();
  const constant = {...spec, epochs: 5};
  expect((await compute.train(constant, notes.on, {from: imported.key}).finished).type).toBe("done");
  expect(notes.points[0].step).toBe(25);
});

test("a file that is no checkpoint of ours is refused, and nothing is kept", async () => {
  await expect(compute.importCheckpoint(new Blob(["<html>an error page</html>"]))).rejects.toThrow(
    /^readSafetensors: /
  );
  expect(await compute.checkpoints()).toEqual([]);
});

test("an exported function takes arrays, and its tensors come back as arrays", async () => {
  const x = Float32Array.of(1, 2, 3);
  expect(await compute.call(module, "sum", x)).toEqual({total: {data: Float32Array.of(6), shape: []}, n: 3});
  expect(await compute.call(module, "mean", x)).toEqual({data: Float32Array.of(2), shape: []});
  await expect(compute.call(module, "broken")).rejects.toThrow("broken: expected better");
  await expect(compute.call(module, "none")).rejects.toThrow("call: expected a function none in tiny, got undefined");
  expect((await compute.memory()).numTensors).toBe(0);
});

test("what only the store must answer starts no worker", async () => {
  await compute.checkpoints();
  expect(await compute.memory()).toEqual({numTensors: 0, numBytes: 0});
  expect(started).toBe(0);
  expect(await compute.backend()).toEqual(cpu);
  expect(started).toBe(1);
});

test("a crash fails the run with its last checkpoint and the questions that wait; the next question starts anew", async () => {
  let ask: Promise<unknown> | undefined;
  const events: RunEvent[] = [];
  const run = compute.train(spec, (event) => {
    events.push(event);
    if (event.type !== "checkpoint" || ask) return;
    ask = compute.backend();
    ask.catch(() => {});
    run.stop(); // in this test the worker's side outlives the crash
    crash("out of memory");
  });
  const end = await run.finished;
  const key = events.find((event) => event.type === "checkpoint")!.key;
  expect(end).toEqual({type: "failed", message: "compute: the worker failed: out of memory", key});
  expect(events.at(-1)).toEqual(end);
  await expect(ask).rejects.toThrow("compute: the worker failed: out of memory");
  expect(await compute.backend()).toEqual(cpu);
  expect(started).toBe(2);
  while (tf.memory().numTensors) await new Promise(setImmediate);
});

test("terminating stops the run where its last checkpoint is", async () => {
  const run = compute.train(spec, (event) => {
    if (event.type !== "started") return;
    run.stop(); // as above
    compute.terminate();
  });
  expect(await run.finished).toEqual({type: "stopped", key: null});
  while (tf.memory().numTensors) await new Promise(setImmediate);
});

test("a run whose device is lost pauses, loads again and goes on from its checkpoint; the rest is as without a loss", async () => {
  const straight = await trained();
  loss = "the driver was reset.";
  const {events, points, end, key} = await trained({config: {mortal: true}});
  expect(end.type).toBe("done");
  const types = events.map(({type}) => type).filter((type) => type !== "progress");
  expect(types.slice(types.indexOf("paused"))).toEqual(
    ["paused", "started", "history", "notice", ...Array(3).fill(["epoch", "checkpoint"]).flat(), "done"] // prettier-ignore
  );
  expect(events.find(({type}) => type === "notice")).toMatchObject({
    message: "The GPU was lost (the driver was reset): the run goes on from its checkpoint at step 6, on another device (cpu)."
  }); // prettier-ignore
  expect(points.slice(-18)).toEqual(straight.points.slice(-18));
  const [one, other] = await Promise.all([straight.key, key].map((name) => store.read(name)));
  expect(other.curve).toEqual({...one.curve, epochs: one.curve.epochs.map((epoch) => ({...epoch, seconds: expect.any(Number), imagesPerSecond: expect.any(Number)}))}); // prettier-ignore
});
