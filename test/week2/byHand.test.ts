import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import * as by from "../../src/week2/byHand.js";

const draw = rng(2);
const x = Array.from(draw.normal(12));
const dy = Array.from(draw.normal(12));

test("batch normalisation's gradient does not shift the values, and hardly stretches them", () => {
  const dx = by.normalisedGradient(x, dy, 1.3);
  const {unit} = by.standardise(x);
  expect(dx.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
  expect(dx.reduce((sum, value, i) => sum + value * unit[i], 0)).toBeCloseTo(0, 3); // ε alone keeps it from 0
});

test("the smoothed loss is least at the target's entropy, and flat there", () => {
  const target = by.smoothedTarget(3, 10, 0.1);
  const best = Array.from({length: 10}, (_, k) => (k === 3 ? Math.log(91) : 0));
  expect(by.smoothedLoss(best, target)).toBeCloseTo(0.500288, 6);
  expect(by.apart(by.smoothedGradient(best, target), new Array<number>(10).fill(0))).toBeLessThan(1e-12);
});

test("equal logits cost log K whatever the smoothing", () => {
  for (const smoothing of [0, 0.1, 0.5])
    expect(by.smoothedLoss(new Array<number>(10).fill(0), by.smoothedTarget(0, 10, smoothing))).toBeCloseTo(
      Math.log(10),
      12
    );
});
