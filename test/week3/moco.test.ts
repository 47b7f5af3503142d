import {describe, expect, test} from "vitest";
import {judge} from "../../src/components/ui/verify.js";
import {answers} from "../../src/week3/mocoAnswers.js";
import {cheat} from "../../src/week3/moco/cheating.js";
import {averaged, calm, halfLife} from "../../src/week3/moco/momentum.js";
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

describe("normalisation in small groups", () => {
  const devices = {group: 2, groups: 12, steps: 130, seed: 1};
  const nothing = Math.log(1 + 11 * 2);
  const last = (shuffled: boolean) => {
    const {loss} = cheat(devices, shuffled);
    const values = Array.from(loss.dataSync()).slice(-30);
    loss.dispose();
    return values.reduce((a, b) => a + b) / values.length;
  };

  test("gives away a key that nothing in the images tells, and shuffling the keys stops it", () => {
    expect(last(false)).toBeLessThan(nothing - 1);
    expect(last(true)).toBeGreaterThan(nothing - 0.1);
  });

  test("costs the same on wasm, which lacks some of tfjs's gradients", async () => {
    const some = {...devices, steps: 5};
    const losses = () => Array.from(cheat(some, true).loss.dataSync());
    const expected = losses();
    await useBackend("wasm");
    const got = losses();
    await useBackend("cpu");
    got.forEach((loss, step) => expect(loss).toBeCloseTo(expected[step], 4));
  });
});
