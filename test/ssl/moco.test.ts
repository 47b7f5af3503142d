import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {resnet} from "../../src/components/models/resnet.js";
import {mlp} from "../../src/components/models/mlp.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {l2Normalise} from "../../src/components/ops/l2Normalise.js";
import {enqueued, moco} from "../../src/components/ssl/moco.js";
import {projected} from "../../src/components/ssl/projected.js";
import {entries, leaves, map} from "../../src/components/tensor/tree.js";
import {upload} from "../../src/components/train/arrays.js";
import {expectClose, value, values} from "../gradients.js";
import {eight, normalise, records, tinyMoco} from "./tiny.js";

const task = tinyMoco();
const batchAt = (i: number) => upload(task.sample(rng(2).fork(i), records, eight(i)));
const keysIn = (queue: tf.Tensor, from: number, count: number) => tf.slice(queue, [from, 0], [count, -1]);

test("the queue is first in, first out: new keys in front, the oldest fall off the end", () => {
  const queue = tf.tensor2d([[1], [2], [3], [4], [5]]);
  const once = enqueued(queue, tf.tensor2d([[10], [11]]));
  expect(values(once)).toEqual([10, 11, 1, 2, 3]);
  expect(values(enqueued(once, tf.tensor2d([[20], [21]])))).toEqual([20, 21, 10, 11, 1]);
  expect(values(enqueued(queue, tf.range(0, 7).reshape([7, 1])))).toEqual([0, 1, 2, 3, 4]); // longer than the queue
});

test("over the steps the queue holds the last 20 keys, newest batch first, each of length 1", () => {
  let state = task.init(rng(1));
  const start = state.stats.queue;
  expectClose(tf.norm(start, 2, 1), new Array<number>(20).fill(1), 1e-5);
  for (let i = 0; i < 2; ++i) [state] = task.step(state, batchAt(i), tf.scalar(0.01));
  const afterTwo = state.stats.queue;
  expectClose(keysIn(afterTwo, 16, 4), keysIn(start, 0, 4), 0);
  [state] = task.step(state, batchAt(2), tf.scalar(0.01));
  expectClose(keysIn(state.stats.queue, 8, 12), keysIn(afterTwo, 0, 12), 0);
  expectClose(tf.norm(state.stats.queue, 2, 1), new Array<number>(20).fill(1), 1e-5);
});

test("the key encoder moves by eq. 2 alone: 0.9 of itself and a tenth of the new query encoder", () => {
  const state = task.init(rng(1));
  const [first] = task.step(state, batchAt(0), tf.scalar(0.1));
  const [next] = task.step(first, batchAt(1), tf.scalar(0.1));
  const [old, query] = [new Map(entries(first.key.params)), new Map(entries(next.query.params))];
  for (const [path, leaf] of entries(next.key.params))
    expectClose(leaf, tf.add(tf.mul(old.get(path)!, 0.9), tf.mul(query.get(path)!, 0.1)), 1e-5);
});

test("no gradient reaches the key encoder: with momentum 1 it stays to the bit, while the query encoder learns", () => {
  const still = tinyMoco(1);
  const state = still.init(rng(1));
  const [next] = still.step(state, batchAt(0), tf.scalar(0.1));
  const moved = (a: tf.Tensor[], b: tf.Tensor[]) =>
    a.filter((leaf, i) => value(tf.max(tf.abs(tf.sub(leaf, b[i])))) > 0);
  expect(moved(leaves(next.key.params), leaves(state.key.params))).toEqual([]);
  expect(moved(leaves(next.query.params), leaves(state.query.params)).length).toBe(leaves(state.query.params).length);
  expect(Object.keys(state.optimizer.velocity)).toEqual(["encoder", "projector"]); // the query's alone
});

test("the key encoder's running statistics are those of its own passes, over the second views", () => {
  const state = task.init(rng(1));
  const [next] = task.step(state, batchAt(0), tf.scalar(0));
  const swapped = {...batchAt(0), first: batchAt(0).second};
  const [same] = task.step(state, swapped, tf.scalar(0)); // now the query sees what the key sees, with equal parameters
  const [key, query, other] = [next.key.stats, same.query.stats, next.query.stats].map((stats) => leaves(stats));
  key.forEach((leaf, i) => expectClose(leaf, query[i], 1e-6));
  expect(value(tf.max(tf.abs(tf.sub(key[0], other[0]))))).toBeGreaterThan(1e-4);
});

test("a step makes the loss of its batch against the same keys and queue smaller", () => {
  const state = task.init(rng(1));
  const [next, {loss}] = task.step(state, batchAt(0), tf.scalar(0.003));
  const [, again] = task.step({...state, query: next.query}, batchAt(0), tf.scalar(0));
  expect(value(again.loss)).toBeLessThan(value(loss) - 1e-3);
  const blind = map((leaf) => tf.mul(leaf, 0), state.query); // says the same of every image
  const [, nothing] = task.step({...state, query: blind}, batchAt(0), tf.scalar(0));
  expect(value(nothing.loss)).toBeCloseTo(Math.log(21), 4);
});

test("a batch mate's key is counted where it is nearer than the whole queue, as a loop counts", () => {
  const state = task.init(rng(1));
  const model = projected(resnet({depth: 10, width: 4}), mlp([32, 32, 8]));
  const rows = (x: tf.Tensor) => l2Normalise(x).arraySync() as number[][];
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const shares = [0, 4, 8, 12, 16].map((from) => {
    const batch = batchAt(from);
    const [q, keys] = (["first", "second"] as const).map((view) =>
      rows(model.apply(state.query, batch[view], {training: true})[0])
    ); // both encoders begin alike
    const wins = q.filter((row, i) =>
      rows(state.stats.queue).every((old) => dot(row, keys[(i + 1) % 8]) > dot(row, old))
    ).length;
    expect(value(task.step(state, batch, tf.scalar(0))[1].batchmate)).toBe(wins / 8);
    return wins;
  });
  expect(new Set(shares).size).toBeGreaterThan(1);
});

test("where only the age of a key is seen, a batch mate's does as well as the right one", () => {
  const state = task.init(rng(1));
  const {encoder, projector} = state.query.params;
  const blind = {
    encoder: map((leaf) => tf.zerosLike(leaf), encoder),
    projector: map((leaf) => tf.onesLike(leaf), projector)
  };
  const same = {...state.query, params: blind}; // one direction for every image
  const stats = {queue: tf.fill([20, 8], -1 / Math.sqrt(8))}; // whence the network has come
  const [, {matched, batchmate}] = task.step({...state, query: same, key: same, stats}, batchAt(0), tf.scalar(0));
  expect([value(matched), value(batchmate)]).toEqual([1, 1]);
});

test("errors name what was expected and what came", () => {
  const [encoder, projector] = [resnet({depth: 10, width: 4}), mlp([32, 8])];
  const of = (options: object) =>
    moco({encoder, projector: projector as never, optimizer: sgd(), views: {size: 16}, normalise, ...options});
  expect(() => of({queue: 0})).toThrow("moco: expected an integer queue ≥ 1, got 0");
  expect(() => of({momentum: 2})).toThrow("moco: expected momentum in [0, 1], got 2");
});
