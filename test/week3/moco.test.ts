import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {meanAndDeviation} from "../../src/components/evaluate/meanAndDeviation.js";
import {crossEntropy} from "../../src/components/math/softmax.js";
import {judge} from "../../src/components/ui/verify.js";
import {answers} from "../../src/week3/mocoAnswers.js";
import {cheat} from "../../src/week3/moco/cheating.js";
import {inputs, pairs} from "../../src/week3/moco/devices.js";
import {compared, course, momenta} from "../../src/week3/moco/momenta.js";
import {averaged, calm, floor, halfLife} from "../../src/week3/moco/momentum.js";
import {useBackend} from "../../src/components/ops/backend.js";
import {rng} from "../../src/components/math/random.js";
import {variance} from "../../src/components/math/statistics.js";
import "../gradients.js";

/** Steps until an average that begins at 1 is at ½, counted. */
function stepsToHalf(m: number): number {
  let value = 1;
  let steps = 0;
  for (; value > 0.5; ++steps) value *= m;
  return steps;
}

/** Ways to the answers that share no code with the page. */
const independent: Record<string, number> = {
  "ex-half-life": 693,
  "ex-collapse": 8.3180103,
  "ex-age": Array.from({length: 16}, (_, i) => i + 1).reduce((a, b) => a + b) / 16,
  "ex-noise": Math.sqrt(0.01 / 1.99),
  "ex-choose": Math.exp(-Math.LN2 / 50)
};

describe("answers", () => {
  test.each(Object.entries(independent))("%s by another way", (id, other) => {
    expect(judge(answers[id] as never, String(other))).toMatchObject({passed: true});
    expect(judge(answers[id] as never, String(other * 1.02))).toMatchObject({passed: false});
  });
});

test("half of a change has come after 69, 173 and 693 steps", () => {
  expect([0.99, 0.996, 0.999].map(stepsToHalf)).toEqual([69, 173, 693]);
  for (const m of [0.99, 0.996, 0.999]) expect(Math.ceil(halfLife(m))).toBe(stepsToHalf(m));
});

test("the average of noise is as calm as the formula says", () => {
  const calmed = averaged(Array.from(rng(1).normal(200_000)), 0.9, 0).slice(1000);
  expect(variance(calmed)).toBeCloseTo(calm(0.9), 2);
});

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);

/** Mean of a list and its standard error. */
function estimated(values: readonly number[]): {mean: number; error: number} {
  const {mean, deviation} = meanAndDeviation(values);
  return {mean, error: deviation / Math.sqrt(values.length)};
}

describe("pairs that have nothing in common but the images they were normalised with", () => {
  const groups = {group: 2, groups: 16};
  const honest = Math.log(16);

  /** The losses, batch by batch, of an untrained critic: the score of a pair is β times the inner product of both. */
  const losses = (scale: number, shuffled: boolean) =>
    Array.from({length: 60}, (_, batch) => {
      const {query, key} = pairs(rng(3).fork(batch), groups, shuffled);
      const row = (of: Float32Array, i: number) => of.subarray(i * inputs, (i + 1) * inputs);
      const scores = (i: number) =>
        Array.from({length: 16}, (_, j) => (scale * dot(row(query, i), row(key, j))) / Math.sqrt(inputs));
      const each = Array.from({length: 16}, (_, i) => crossEntropy(scores(i), Array.from({length: 16}, (_, j) => +(i === j)))); // prettier-ignore
      return each.reduce((a, b) => a + b) / 16;
    });

  test("an untrained critic finds keys by their company, and none once they are shuffled, whatever its scale", () => {
    const leak = estimated(losses(0.5, false));
    expect(leak.mean).toBeLessThan(honest - 30 * leak.error);
    for (const scale of [-0.5, -0.1, 0.1, 0.5]) {
      const {mean, error} = estimated(losses(scale, true));
      expect(error).toBeLessThan(0.02);
      expect(mean).toBeGreaterThan(honest - 3 * error);
    }
  });

  test("each key stands on each device once: the mean product of a pair is that of any query with any key", () => {
    const difference = Array.from({length: 200}, (_, batch) => {
      const {query, key} = pairs(rng(4).fork(batch), groups, true);
      const own = dot(query, key) / 16;
      const sum = (of: Float32Array) => Array.from({length: inputs}, (_, d) => Array.from({length: 16}, (_, i) => of[i * inputs + d]).reduce((a, b) => a + b)); // prettier-ignore
      return own - dot(sum(query), sum(key)) / 16 ** 2;
    });
    const {mean, error} = estimated(difference);
    expect(Math.abs(mean)).toBeLessThan(3.5 * error);
  });

  test("shuffled keys are normalised as before, but among the images of another device", () => {
    const [stay, moved] = [false, true].map((shuffled) => pairs(rng(5), {group: 2, groups: 4}, shuffled));
    expect(moved.query).toEqual(stay.query);
    expect(moved.key).not.toEqual(stay.key);
    for (const x of moved.key) expect(Math.abs(x)).toBeLessThan(1); // of two images, each is a deviation from the mean
  });

  test("a trained network falls below ln G by the company alone, and shuffling the keys stops it", () => {
    const last = (shuffled: boolean) => {
      const {loss} = cheat({group: 2, groups: 32, steps: 150, seed: 1}, shuffled);
      const values = Array.from(loss.dataSync()).slice(-50);
      loss.dispose();
      return estimated(values);
    };
    const [leaks, tight] = [last(false), last(true)];
    expect(leaks.mean).toBeLessThan(Math.log(32) - 20 * leaks.error);
    expect(tight.error).toBeLessThan(0.01); // so that a leak of 3 hundredths of a nat would be seen
    expect(tight.mean).toBeGreaterThan(Math.log(32) - 3 * tight.error);
    expect(tight.mean).toBeLessThan(Math.log(32) + 0.05); // and nothing but the leak's absence holds the loss up
  });

  test("the fewer images a device, the larger the leak", () => {
    const [two, four, eight] = [2, 4, 8].map((group) => {
      const {query, key} = pairs(rng(6), {group, groups: 400}, false);
      return dot(query, key) / Math.sqrt(dot(query, query) * dot(key, key));
    });
    expect(two).toBeGreaterThan(four);
    expect(four).toBeGreaterThan(eight);
    expect(four).toBeCloseTo(0.25, 1);
    expect(eight).toBeCloseTo(0.125, 1);
  });

  test("costs the same on wasm, which lacks some of tfjs's gradients", async () => {
    const some = {group: 2, groups: 12, steps: 5, seed: 1};
    const costs = () => Array.from(cheat(some, true).loss.dataSync());
    const expected = costs();
    await useBackend("wasm");
    const got = costs();
    await useBackend("cpu");
    got.forEach((loss, step) => expect(loss).toBeCloseTo(expected[step], 4));
  });

  test("leaves no tensors behind but its losses", () => {
    const before = tf.memory().numTensors;
    cheat({group: 2, groups: 4, steps: 3, seed: 1}, true).loss.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("is refused where nothing is shared or nothing could be shuffled", () => {
    expect(() => pairs(rng(1), {group: 1, groups: 4}, true)).toThrow(
      "pairs: expected two images and two devices or more, got 1 and 4"
    );
  });
});

test("a positive that stands among the negatives too keeps the loss above ln 2", () => {
  const loss = (positive: number, negatives: number[]) =>
    crossEntropy([positive, ...negatives].map((s) => s / 0.2), [1, ...negatives.map(() => 0)]); // prettier-ignore
  const twice = loss(1, [1, ...Array<number>(255).fill(-1)]);
  expect(twice).toBeCloseTo(Math.log(2 + 255 * Math.exp(-10)), 10);
  expect(twice).toBeCloseTo(0.699, 3);
  expect(floor(256, 0.2)).toBeCloseTo(0.012, 3);
  for (let seed = 0; seed < 20; ++seed) {
    const [positive, ...others] = Array.from(rng(seed).uniform(256, -1, 1));
    expect(loss(positive, [positive, ...others])).toBeGreaterThan(twice);
  }
});

describe("runs with a slower and a slower key encoder", () => {
  const steps = (compared.epochs * compared.images) / compared.batch;
  const points = (of: (epoch: number) => Record<string, number>) =>
    Array.from({length: steps}, (_, step) => ({
      step,
      epoch: (step + 1) / (steps / compared.epochs),
      metrics: of(step)
    }));

  test("differ in m alone, and their oldest keys are older than the half-life at 0.9, younger than that at 0.99", () => {
    const runs = Object.values(momenta("task.js"));
    const rest = runs.map((spec) => ({...spec, config: {...spec.config, momentum: 0}}));
    expect(rest).toEqual([rest[0], rest[0], rest[0]]);
    expect(runs.map(({config}) => config.momentum)).toEqual([0, 0.9, 0.99]);
    const oldest = Math.ceil(compared.queue / compared.batch);
    expect(oldest).toBeGreaterThan(halfLife(0.9));
    expect(oldest).toBeLessThan(halfLife(0.99));
  });

  test("are judged by their worst epoch, and by how far their last one is below collapse", () => {
    const each = steps / compared.epochs;
    const {batchmate, below} = course({
      points: points((step) => ({
        batchmate: step < each ? 0.2 : step < 2 * each ? (step % 2 ? 0.5 : 0.7) : 0,
        loss: step >= steps - each ? 6 : 1
      }))
    } as never);
    expect(batchmate).toBeCloseTo(0.6, 12);
    expect(below).toBeCloseTo(Math.log(1025) - 6, 12);
  });
});
