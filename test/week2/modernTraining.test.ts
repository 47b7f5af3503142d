import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {lossScaled} from "../../src/components/optimizers/lossScale.js";
import {rateAt} from "../../src/components/optimizers/schedule.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {entries, type Tree} from "../../src/components/tensor/tree.js";
import {fromFloat16, toFloat16} from "../../src/components/train/float16.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {heavy, meanError, walks} from "../../src/week2/modernTraining/clipping.js";
import {validated, type ModernConfig} from "../../src/week2/modernTraining/config.js";
import {sharpnessAt} from "../../src/week2/modernTraining/curvature.js";
import {decayed} from "../../src/week2/modernTraining/decay.js";
import {errorCurves, valleyCurves} from "../../src/week2/modernTraining/drawings.js";
import {half} from "../../src/week2/modernTraining/half.js";
import {dynamicScale} from "../../src/week2/modernTraining/halfFormat.js";
import {comparison, shrunk} from "../../src/week2/modernTraining/runs.js";
import {drawnSpread, spread} from "../../src/week2/modernTraining/schedules.js";
import {roll} from "../../src/week2/modernTraining/sharp.js";
import {shortestWarmup, warmed} from "../../src/week2/modernTraining/warmUp.js";
import modernTask, {data} from "../../src/week2/modernTraining/task.js";
import {answers} from "../../src/week2/modernTrainingAnswers.js";
import "../gradients.js";

// + 0: a zero's sign does not count
const numbers = (x: tf.Tensor) => Array.from(x.dataSync(), (value) => value + 0);
const inHalf = (values: Float32Array) => Array.from(fromFloat16(toFloat16(values)), (value) => value + 0);

test("the emulated float16 is the nearest one: in the normal range, below it, and above 65,520", () => {
  const drawn = Float32Array.from(rng(1).uniform(20_000, -27, 17), (x, i) => (i % 2 ? -1 : 1) * 2 ** x);
  expect(numbers(half(tf.tensor1d(drawn)))).toEqual(inHalf(drawn));
  const edges = Float32Array.of(0, 65504, 65519, 65520, -65520, 1e30, 2 ** -24, 2 ** -25, 1.01 * 2 ** -25, 2 ** -14);
  expect(numbers(half(tf.tensor1d(edges)))).toEqual(inHalf(edges));
  expect(numbers(half(tf.tensor1d([NaN])))).toEqual([NaN]);
});

test("where two numbers of float16 are equally near, the emulation takes one of the two", () => {
  const middles = Float32Array.from({length: 1024}, (_, i) => 1 + (2 * i + 1) * 2 ** -11);
  for (const [i, x] of numbers(half(tf.tensor1d(middles))).entries())
    expect([1 + i * 2 ** -10, 1 + (i + 1) * 2 ** -10]).toContain(x);
});

test("a gradient is rounded on its way back, whatever the value was", () => {
  const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(half(x), tf.tensor1d([2 ** -26, 0.1, 1e6]))));
  expect(numbers(gradient(tf.tensor1d([1, 1, 1])))).toEqual(inHalf(Float32Array.of(2 ** -26, 0.1, 1e6)));
});

const records = await data({}, {open: () => Promise.reject(new Error("none")), progress() {}});

/** The metrics of some steps on the same batches, and the weights after them. */
function steps(asked: Partial<ModernConfig>, count: number, rate = 0.05) {
  const task = modernTask({width: 8, depth: 2, ...asked});
  let state = task.init(rng(1));
  const metrics: Record<string, number>[] = [];
  for (let k = 0; k < count; ++k) {
    const rows = Uint32Array.from({length: 10}, (_, i) => (10 * k + i) % 800);
    const {images, labels} = task.sample(rng(2), records.train, rows);
    const batch = {images: tf.tensor(images.data, images.shape), labels: tf.tensor1d(labels.data as Int32Array, "int32")}; // prettier-ignore
    const [next, seen] = task.step(state, batch as never, tf.scalar(rate));
    state = next;
    metrics.push(Object.fromEntries(Object.entries(seen).map(([name, value]) => [name, value.dataSync()[0]])));
  }
  return {metrics, weights: entries(state.params as Tree).map(([, leaf]) => numbers(leaf))};
}

test("train and test drawings are of the same characters and not the same", () => {
  expect([records.train.count, records.test.count]).toEqual([800, 400]);
  expect(new Set(records.test.labels)).toEqual(new Set(records.train.labels));
  expect(records.test.images.subarray(0, 784)).not.toEqual(records.train.images.subarray(0, 784));
});

test("in float32 a loss times 2⁻ᵏ at 2ᵏ times the rate is the same run, to the bit", () => {
  expect(steps({shrink: 18}, 3, 0.05 * 2 ** 18).weights).toEqual(steps({}, 3).weights);
});

test("in float16 a small loss leaves no gradient, and loss scaling brings it back", () => {
  const start = steps({}, 1).metrics[0].norm;
  const [matrix] = steps({precision: "float16", shrink: 40}, 1, 0.05 * 2 ** 40).weights;
  expect(matrix).toEqual(steps({}, 0).weights[0]);
  const {norm, scale} = steps({precision: "float16, scaled", shrink: 16}, 1).metrics[0];
  expect(scale).toBe(65536);
  expect(norm * 65536).toBeCloseTo(start, 2);
});

test("an overflow is skipped and counted, and the weights stay", () => {
  const one = steps({precision: "float16, scaled", interval: 1}, 40, 1e-4);
  const skipped = one.metrics.map((m) => m.skipped);
  expect(skipped).toContain(1);
  expect(one.metrics.every(({norm}) => Number.isFinite(norm))).toBe(true);
  skipped.slice(0, -1).forEach((bad, i) => expect(one.metrics[i + 1].scale / one.metrics[i].scale).toBe(bad ? 0.5 : 2));
});

test("clipping shortens a step of SGD to the rate times the limit; without master weights they are float16's", () => {
  const [start, moved] = [steps({}, 0).weights.flat(), steps({clip: 0.01}, 1).weights.flat()];
  expect(Math.hypot(...start.map((w, i) => w - moved[i]))).toBeCloseTo(0.05 * 0.01, 6);
  const [matrix] = steps({precision: "float16, scaled, no master"}, 1).weights;
  expect(inHalf(Float32Array.from(matrix))).toEqual(matrix);
});

test("SAM takes another step, from the same loss", () => {
  const [plain, sharp] = [steps({}, 1), steps({rho: 0.2}, 1)];
  expect(sharp.metrics[0].loss).toBe(plain.metrics[0].loss);
  expect(sharp.weights).not.toEqual(plain.weights);
});

test("a configuration that cannot be is named", () => {
  expect(() => validated({algorithm: "Lion" as never})).toThrow("expected algorithm SGD-M or Adam or AdamW, got \"Lion\""); // prettier-ignore
  expect(() => validated({depth: 1.5})).toThrow("modernTraining: expected depth an integer 1 … 40, got 1.5");
  expect(() => validated({speed: 1} as never)).toThrow("expected only algorithm");
});

test("sharpness of a network at its start: the loss is ln 40 and rises up its gradient, it bends, and no tensor is left", async () => {
  const task = modernTask({width: 8, depth: 1});
  const weights = Object.fromEntries(
    entries((task.init(rng(1)) as {params: Tree}).params).map(([name, leaf]) => [
      name,
      {data: Float32Array.from(leaf.dataSync()), shape: leaf.shape}
    ])
  );
  const before = tf.memory().numTensors;
  const found = await sharpnessAt({width: 8, depth: 1}, weights, 0.05);
  expect(tf.memory().numTensors).toBe(before);
  expect(found.loss).toBeCloseTo(Math.log(40), 1);
  expect(found.above).toBeGreaterThan(0);
  // at the start eigenvalues of both signs are near in size, and power iteration need not settle on one
  expect(Math.abs(found.eigenvalue) + found.residual).toBeGreaterThan(0.5);
});

test("comparisons differ in their setups alone", () => {
  const runs = Object.values(comparison("m", {seed: 3, epochs: 2}, shrunk(10)));
  expect(runs.map(({schedule}) => schedule.rate)).toEqual([51.2, 51.2, 51.2]);
  expect(new Set(runs.map(({config: {precision: _, ...rest}, ...spec}) => JSON.stringify({...spec, rest}))).size).toBe(
    1
  );
});

test("figures: theory and draws of 1/√v meet; clipping helps in heavy tails, and the best limit grows with the batch", () => {
  expect(drawnSpread(rng(1), 20, 20_000)).toBeCloseTo(spread(20), 2);
  const best = (n: number) => errorCurves({mu: 1, n, alpha: 1.5}).best;
  expect(best(256).limit).toBeGreaterThan(best(8).limit);
  const setup = {mu: 1, n: 16, alpha: 1.5};
  let error = 0;
  const stream = rng(4);
  for (let trial = 0; trial < 4000; ++trial) {
    let mean = 0;
    for (let i = 0; i < 16; ++i) mean += Math.max(-3, Math.min(3, 1 + heavy(stream, 1.5))) / 16;
    error += (mean - 1) ** 2 / 4000;
  }
  expect(meanError(3, setup).total).toBeCloseTo(error, 1);
  const {plain, clipped} = walks(rng(1).fork("walk"), {alpha: 1.3, c: 2, rate: 0.05, steps: 600});
  expect(Math.max(...plain.slice(100))).toBeGreaterThan(2 * Math.max(...clipped.slice(100)));
});

const starts = Array.from({length: 41}, (_, i) => -1.6 + i / 25);
/** Which of the 41 starts end in the flat valley. */
const leaving = (rho: number, rate: number, steps = 200) => starts.filter((x) => roll(x, {rho, rate, steps}) > 0);

test("two valleys: above the critical ρ every start leaves the sharp one, inside a window that belongs to the rate", () => {
  const critical = (1 / 3) * (0.25 / 1.75);
  expect(critical).toBeLessThan(0.06);
  expect([0, 0.02, 0.04].every((rho) => leaving(rho, 0.07).length < 21)).toBe(true);
  expect([0.06, 0.07, 0.08].map((rho) => leaving(rho, 0.07).length)).toEqual([41, 41, 41]);
  expect([leaving(0.1, 0.07).length, leaving(0.1, 0.07, 2000).length]).toEqual([35, 41]);
  for (const rho of [0.11, 0.12, 0.2, 0.35, 0.5]) expect(leaving(rho, 0.07).every((x) => x > -2 / 3)).toBe(true);
  expect([0.04, 0.08, 0.12, 0.14].map((rho) => leaving(rho, 0.075).length)).toEqual([41, 41, 41, 41]);
  expect([0.16, 0.2, 0.22, 0.24, 0.26].map((rho) => leaving(rho, 0.075).length)).toEqual([18, 41, 41, 39, 19]);
});

test("two valleys at a small rate: those leave whose point of looking, x − ρ, is right of where the slope turns", () => {
  let [low, high] = [-0.7, -0.6];
  for (let k = 0; k < 60; ++k) {
    const middle = (low + high) / 2;
    if (roll(middle, {rho: 0, rate: 0.01, steps: 2000}) > 0) high = middle;
    else low = middle;
  }
  for (const rho of [0, 0.1, 0.26, 0.5])
    expect(leaving(rho, 0.05), `ρ = ${rho}`).toEqual(starts.filter((x) => x - rho > high));
  expect([0, 0.5].map((rho) => leaving(rho, 0.05).length)).toEqual([17, 4]);
});

test("two valleys: the drawn shares and paths are those of the runs", () => {
  const {shares, paths} = valleyCurves(0.06, 0.07);
  const share = (rho: number) => shares[0].points.find(([r]) => Math.abs(r - rho) < 1e-9)![1];
  expect([0, 0.06, 0.1, 0.3].map((rho) => Math.round(41 * share(rho)))).toEqual([17, 41, 35, 9]);
  expect(paths.map(({points}) => points.at(-1)![1] > 0)).toEqual([false, true]);
});

test("SAM without moving back ends at ρ (1 − ηλ)/(ηλ) on a parabola, not at ηλρ/(2 − ηλ)", () => {
  const [a, rho] = [0.1, 0.05];
  let [kept, back] = [1, 1];
  for (let t = 0; t < 2000; ++t) {
    back -= a * (back + rho * Math.sign(back));
    const highest = kept + rho * Math.sign(kept);
    kept = highest - a * highest;
  }
  expect(kept / rho).toBeCloseTo(9, 6);
  expect(Math.abs(back) / rho).toBeCloseTo(0.1 / 1.9, 6);
});

test("Adam with L2 and AdamW in numbers: the page's table at its defaults", () => {
  const rates = {eta: 1e-3, lambda: 0.1};
  expect(decayed(10, 5000, rates, true)).toBeCloseTo(decayed(1, 5000, rates, true), 3);
  expect(decayed(10, 5000, rates, false)).toBeCloseTo(Math.exp(-0.05), 2);
});

test("a run that diverges is saved by every warm-up from the shortest on, and by none below; the first step alone allows fewer", () => {
  for (const [start, rate] of [
    [4, 1.5],
    [6, 1.5],
    [6, 1]
  ]) {
    const shortest = shortestWarmup({start, rate, steps: 120});
    const saved = Array.from({length: 120}, (_, warmup) => warmed({start, rate, warmup, steps: 120}).at(-1)! < 1);
    expect(saved.indexOf(true)).toBe(shortest);
    expect(saved.slice(shortest)).not.toContain(false);
    expect(shortest).toBeGreaterThan((rate * (1 + start ** 2)) / 2);
  }
  expect(() => shortestWarmup({start: 50, rate: 1.5, steps: 120})).toThrow("expected a warm-up below 120 steps to save the run, got none"); // prettier-ignore
});

test("our loss scaling skips what the float64 model skips", () => {
  const [interval, most] = [3, 1000];
  const optimizer = lossScaled(sgd(), {initial: 64, interval});
  let state = optimizer.init({w: tf.zeros([1])});
  const scales: number[] = [];
  for (let t = 0; t < 60; ++t) {
    const [scale] = numbers(state.scale);
    scales.push(scale);
    [, state] = optimizer.update(
      {w: tf.zeros([1])},
      {w: tf.tensor1d([scale > most ? Infinity : 1])},
      state,
      tf.scalar(1)
    );
  }
  expect(scales).toEqual(dynamicScale(60, {start: 64, most, interval}).scales);
});

const right = (id: string, value: number) => expect(judge(answers[id] as Exclude<Verify, {kind: "code"}>, String(value)).passed, id).toBe(true); // prettier-ignore

test("the answers are what drawing, running and counting give", () => {
  right("ex-cosine", rateAt({kind: "cosine", rate: 0.4}, 1000)(750));
  const z = rng(8).normal(600_000);
  let [inverse, count] = [0, 0];
  for (let i = 0; i < 600_000; i += 6) {
    let v = 0;
    for (let k = i; k < i + 6; ++k) v += z[k] ** 2 / 6;
    [inverse, count] = [inverse + 1 / v, count + 1];
  }
  expect(inverse / count).toBeCloseTo((answers["ex-inverse"] as {expected: number}).expected, 1);
  let square = 0;
  for (let i = 0; i < 2000; ++i) square += (0.1 * 0.9 ** i) ** 2;
  right("ex-first", 1 / Math.sqrt(square));
  let weight = 1;
  for (let t = 0; t < 20_000; ++t) weight *= 1 - 0.1 * rateAt({kind: "cosine", rate: 0.001}, 20_000)(t);
  right("ex-shrink", weight);
  right("ex-turn", (10 + 1 + 1 + 1) / (Math.sqrt(103) * 2));
  let n = 0;
  while (inHalf(Float32Array.of(n + 1))[0] === n + 1) ++n;
  right("ex-integers", n);
  const small = Float32Array.from(rng(3).normal(400_000, -24, 3), (x) => 2 ** x);
  expect(inHalf(small).filter((x) => x === 0).length / 400_000).toBeCloseTo((answers["ex-lost"] as {expected: number}).expected, 2); // prettier-ignore
  const {skipped} = dynamicScale(1_000_500, {start: 512, most: 900.5, interval: 2000, backoff: 0.25});
  expect(skipped.slice(500).filter(Boolean).length / 10).toBeCloseTo((answers["ex-skip"] as {expected: number}).expected, 0); // prettier-ignore
  right("ex-linear", (0.1 * 2048) / 256);
  right("ex-epsilon", (0.05 * 3) / Math.hypot(3, 4));
  const isSaved = (n: number) => {
    let x = 6;
    for (let t = 0; t < 500 && Math.abs(x) < 1e9; ++t) x -= 1.5 * Math.min(1, (t + 1) / n) * x * (1 + x * x);
    return Math.abs(x) < 1;
  };
  const least = Array.from({length: 100}, (_, n) => n).find((n) => n > 0 && isSaved(n))!;
  right("ex-warm-up", least);
  for (const near of [least - 1, least + 1, 28])
    expect(judge(answers["ex-warm-up"] as Exclude<Verify, {kind: "code"}>, String(near)).passed).toBe(false);
});

test("the solutions as they stand on the page pass", () => {
  const solutions: Record<string, (...args: never[]) => unknown> = {
    "ex-clip": (tensors: number[][], limit: number) => {
      const norm = Math.hypot(...tensors.flat());
      const factor = limit / Math.max(norm, limit);
      return tensors.map((t) => t.map((x) => x * factor));
    },
    "ex-sam": (x: number[], rho: number) => {
      const gradient = (at: number[]) => at.map((value, i) => (i + 1) * value);
      const g = gradient(x);
      const size = Math.hypot(...g);
      return size ? gradient(x.map((value, i) => value + (rho * g[i]) / size)) : g;
    }
  };
  for (const [id, solution] of Object.entries(solutions))
    for (const {args, expected} of (answers[id] as Extract<Verify, {kind: "code"}>).cases) {
      const flat = (value: unknown) => (value as number[][]).flat();
      const got = flat(solution(...(args as never[])));
      flat(expected).forEach((value, i) => expect(got[i], id).toBeCloseTo(value, 9));
    }
});
