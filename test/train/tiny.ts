import * as tf from "@tensorflow/tfjs";
import type {DataSet, Records} from "../../src/components/data/records.js";
import {rng} from "../../src/components/math/random.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import {map, type Tree} from "../../src/components/tensor/tree.js";
import type {Snapshot} from "../../src/components/train/run.js";
import type {RunEvent, StepRecord} from "../../src/components/train/protocol.js";
import type {Batch, Block, Task} from "../../src/components/train/task.js";

tf.env().set("IS_TEST", true); // no advice to install tfjs-node
await tf.setBackend("cpu");

export type TinyState = {
  params: {fc: {weight: tf.Tensor; bias: tf.Tensor}};
  stats: {mean: tf.Tensor; frozen: tf.Tensor; seen: tf.Tensor};
  velocity: Tree;
};
export type TinyBatch = Batch & {x: Block; y: Block; mask: Block};

const classes = 3;
const pixels = 4;

/** Images of 2 × 2 × 1 whose brightest pixel, most of the time, tells the class. */
export function tinyRecords(count: number, seed = 1): Records {
  const stream = rng(seed);
  const labels = Uint8Array.from(stream.integers(count, classes));
  const images = Uint8Array.from({length: count * pixels}, (_, i) => {
    const [record, pixel] = [Math.floor(i / pixels), i % pixels];
    return 40 * stream.next() + (labels[record] === pixel ? 100 : 30);
  });
  const classNames = ["first", "second", "third"];
  return {images, labels, count, height: 2, width: 2, channels: 1, classes: classNames, digest: "tiny", note: "tiny"};
}

export const tinyData = (train = 26, test = 11): DataSet => ({train: tinyRecords(train), test: tinyRecords(test, 2)});

/** Softmax regression by SGD with momentum, with noise on the images, a running mean, a frozen leaf and a counter. */
export const tiny: Task<TinyState, TinyBatch> = {
  init(stream) {
    const weight = tf.tensor(stream.normal(pixels * classes, 0, 0.1), [pixels, classes]);
    const params = {fc: {weight, bias: tf.zeros([classes])}};
    const stats = {mean: tf.zeros([pixels]), frozen: tf.ones([pixels]), seen: tf.scalar(0, "int32")};
    return {params, stats, velocity: map((p) => tf.zerosLike(p), params)};
  },
  sample(stream, records, rows) {
    const batch = view(records, rows, rows.length);
    const noise = stream.normal(rows.length * pixels, 0, 0.05);
    return {...batch, x: {...batch.x, data: batch.x.data.map((v, i) => v + noise[i])}};
  },
  step({params, stats, velocity}, {x, y}, rate) {
    const [loss, grads] = valueAndGrad((p: TinyState["params"]) => [tf.mean(losses(p, x, y)) as tf.Scalar, {}])(params);
    const next = map((v, g) => tf.add(tf.mul(v, 0.9), g), velocity, grads);
    const mean = tf.add(tf.mul(stats.mean, 0.9), tf.mul(tf.mean(x, 0), 0.1));
    const seen = tf.add(stats.seen, tf.scalar(1, "int32"));
    const moved = map((p, v) => tf.sub(p, tf.mul(v, rate)), params, next);
    const accuracy = tf.mean(right(params, x, y)) as tf.Scalar;
    return [
      {params: moved, stats: {mean, frozen: stats.frozen, seen}, velocity: next},
      {loss, accuracy}
    ];
  },
  view,
  evaluate: ({params}, {x, y, mask}) => ({
    count: tf.sum(mask),
    loss: tf.sum(tf.mul(losses(params, x, y), mask)),
    correct: tf.sum(tf.mul(right(params, x, y), mask))
  }),
  predict: ({params}, {x}) => logits(params, x)
};

/** The tiny task with some of its functions replaced. */
export const tinyWith = (changes: Partial<typeof tiny>): typeof tiny => ({...tiny, ...changes});

export const plan = {seed: 7, epochs: 4, batch: 4, schedule: {kind: "cosine", rate: 0.5, warmup: 0.1} as const};

/** Collects a run's events, points and snapshots. */
export function notebook() {
  const events: RunEvent[] = [];
  const points: StepRecord[] = [];
  const saved: {snapshot: Snapshot; tag: string}[] = [];
  return {
    events,
    points,
    saved,
    on(event: RunEvent): void {
      events.push(event);
      if (event.type === "progress") points.push(...event.points);
    },
    async save(snapshot: Snapshot, tag: string): Promise<string> {
      saved.push({snapshot, tag});
      return `checkpoint ${saved.length}`;
    },
    of<T extends RunEvent["type"]>(type: T): Extract<RunEvent, {type: T}>[] {
      return events.filter((event) => event.type === type) as Extract<RunEvent, {type: T}>[];
    }
  };
}

function view({images, labels}: Records, rows: Uint32Array, size: number): TinyBatch {
  const record = (i: number) => rows[Math.floor(i / pixels)];
  return {
    x: {
      data: Float32Array.from(
        {length: size * pixels},
        (_, i) => (images[record(i) * pixels + (i % pixels)] ?? 0) / 255
      ),
      shape: [size, pixels]
    },
    y: {data: Int32Array.from({length: size}, (_, i) => labels[rows[i]] ?? 0), shape: [size]},
    mask: {data: Float32Array.from({length: size}, (_, i) => (i < rows.length ? 1 : 0)), shape: [size]}
  };
}

const logits = ({fc}: TinyState["params"], x: tf.Tensor) => tf.add(tf.matMul(x, fc.weight), fc.bias);

const losses = (params: TinyState["params"], x: tf.Tensor, y: tf.Tensor) =>
  tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits(params, x)), tf.oneHot(tf.cast(y, "int32"), classes)), -1));

const right = (params: TinyState["params"], x: tf.Tensor, y: tf.Tensor) =>
  tf.cast(tf.equal(tf.argMax(logits(params, x), -1), tf.cast(y, "int32")), "float32");
