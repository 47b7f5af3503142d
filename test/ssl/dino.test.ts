import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {momentumAt, temperatureAt} from "../../src/components/ssl/dinoSchedule.js";
import {recentred, sharpened} from "../../src/components/ssl/dinoTeacher.js";
import {entries, leaves, type Tree} from "../../src/components/tensor/tree.js";
import {upload} from "../../src/components/train/arrays.js";
import {expectClose, seeded, value, values} from "../gradients.js";
import {eight, records, schedule, tinyDino} from "./tiny.js";

const task = tinyDino();
const batchAt = (i: number) => upload(task.sample(rng(2).fork(i), records, eight(i)));
const at = (f: typeof momentumAt, epoch: number) => value(f(schedule, tf.scalar(epoch)));
const last = (tree: Tree) => entries(tree).filter(([path]) => path.includes("last.")).map(([, leaf]) => leaf); // prettier-ignore

/** The state after so many steps. */
function after(steps: number, of = task) {
  let state = of.init(rng(1));
  for (let i = 0; i < steps; ++i) [state] = of.step(state, batchAt(i), tf.scalar(0.05));
  return state;
}

test("the momentum is m₀ at the beginning, halfway at the middle, and 1 at the end and after it", () => {
  const seen = [0, 1, 2, 4, 9].map((epoch) => at(momentumAt, epoch));
  [0.9, 1 - 0.1 * 0.853553, 0.95, 1, 1].forEach((expected, i) => expect(seen[i]).toBeCloseTo(expected, 5));
});

test("the teacher's temperature rises linearly during the warm-up and stays", () => {
  const seen = [0, 1, 2, 3].map((epoch) => at(temperatureAt, epoch));
  [0.04, 0.05, 0.06, 0.06].forEach((expected, i) => expect(seen[i]).toBeCloseTo(expected, 6));
  expect(value(temperatureAt({...schedule, warmup: 0}, tf.scalar(0)))).toBeCloseTo(0.06, 6);
});

test("the teacher says softmax((g − c) / τ), with its entropy, by loops", () => {
  const [g, c] = [seeded(1).normal([3, 5]), seeded(2).normal([5])];
  const {targets, entropy} = sharpened(g, c, 0.5);
  const centre = values(c);
  const rows = (g.arraySync() as number[][]).map((row) => {
    const exps = row.map((x, k) => Math.exp((x - centre[k]) / 0.5));
    const sum = exps.reduce((total, x) => total + x, 0);
    return exps.map((x) => x / sum);
  });
  expectClose(targets, rows.flat(), 1e-5);
  const nats = rows.map((row) => -row.reduce((sum, p) => sum + p * Math.log(p), 0));
  expect(value(entropy)).toBeCloseTo(nats.reduce((sum, h) => sum + h, 0) / 3, 5);
});

test("the two collapses: entropy 0 when one prototype takes all, log K when all are equal", () => {
  const one = tf.oneHot(tf.zeros([4], "int32") as tf.Tensor1D, 9);
  expect(value(sharpened(one, tf.zeros([9]), 0.02).entropy)).toBeLessThan(1e-6);
  expect(value(sharpened(tf.ones([4, 9]), tf.zeros([9]), 0.04).entropy)).toBeCloseTo(Math.log(9), 5);
  // the same scores for all images: centring alone makes them uniform, whatever the temperature
  expect(value(sharpened(one, tf.mean(one, 0), 0.02).entropy)).toBeCloseTo(Math.log(9), 5);
});

test("the centre moves by hand: 0.9 c + 0.1 mean g", () => {
  const g = tf.tensor2d([[1, 4], [3, 0]]); // prettier-ignore
  expectClose(recentred(tf.tensor1d([10, -10]), g, 0.9), [9.2, -8.8], 1e-6);
  const state = after(1);
  expect(value(tf.max(tf.abs(state.stats.centre)))).toBeGreaterThan(0);
  expect(value(tf.max(tf.abs(after(2, tinyDino({centring: 1})).stats.centre)))).toBe(0);
});

test("the teacher moves towards the student by the momentum of the step, and by no gradient", () => {
  const state = after(3);
  const [next] = task.step(state, batchAt(3), tf.scalar(0.05));
  const momentum = at(momentumAt, 1); // three steps are one epoch
  const [old, student] = [new Map(entries(state.teacher.params)), new Map(entries(next.student.params))];
  for (const [path, leaf] of entries(next.teacher.params))
    expectClose(leaf, tf.add(tf.mul(old.get(path)!, momentum), tf.mul(student.get(path)!, 1 - momentum)), 1e-5);
  expect(Object.keys(state.optimizer.velocity)).toEqual(["encoder", "projector"]); // the student's alone
});

test("after the last epoch the teacher stands still, to the bit, while the student learns", () => {
  const state = {...after(1), step: tf.scalar(12)};
  const [next] = task.step(state, batchAt(1), tf.scalar(0.05));
  const moved = (a: Tree, b: Tree) =>
    leaves(a).filter((leaf, i) => value(tf.max(tf.abs(tf.sub(leaf, leaves(b)[i])))) > 0).length;
  expect(moved(next.teacher.params, state.teacher.params)).toBe(0);
  expect(moved(next.student.params, state.student.params)).toBe(leaves(state.student.params).length);
});

test("the last layer rests for the first epoch, to the bit, and moves in the second", () => {
  const start = after(0);
  const [epoch, later] = [after(3), after(4)];
  expectClose(last(epoch.student.params)[0], last(start.student.params)[0], 0);
  expect(value(tf.max(tf.abs(tf.sub(last(later.student.params)[0], last(start.student.params)[0]))))).toBeGreaterThan(
    0
  );
  const first = (state: typeof start) => leaves(state.student.params)[0];
  expect(value(tf.max(tf.abs(tf.sub(first(epoch), first(start)))))).toBeGreaterThan(0); // the others do not wait
});

test("loss = entropy + KL at every step; when the centre has settled the entropy lies between its collapses", () => {
  let state = after(0);
  let entropy = 0;
  for (let i = 0; i < 14; ++i) {
    const [next, metrics] = task.step(state, batchAt(i % 4), tf.scalar(0.02));
    entropy = value(metrics.entropy);
    expect(value(metrics.kl)).toBeGreaterThan(0);
    expect(value(metrics.loss)).toBeCloseTo(entropy + value(metrics.kl), 4);
    state = next;
  }
  expect(entropy).toBeGreaterThan(0.05 * Math.log(12));
  expect(entropy).toBeLessThan(0.95 * Math.log(12));
});

test("a held-out pair's loss is the mean of both crossed pairs, and padding counts for nothing", () => {
  const state = after(2);
  const sums = (size: number) => task.evaluate(state, upload(task.view(records, eight(0).subarray(0, 5), size)));
  const [padded, whole] = [sums(8), sums(5)];
  expect(value(padded.count)).toBe(5);
  for (const name of ["loss", "entropy", "kl"]) expect(value(padded[name])).toBeCloseTo(value(whole[name]), 3);
  expect(value(whole.kl)).toBeGreaterThan(0);
});

test("a batch tells how many steps make an epoch", () => {
  expect(values(batchAt(0).perEpoch)).toEqual([3]);
});

test("errors name what was expected and what came", () => {
  expect(() => tinyDino({centring: 1.5})).toThrow("dino: expected centring in [0, 1], got 1.5");
});
