import {expect, test} from "vitest";
import {gelu, geluSlope, geluTanh, sigmoid, sigmoidSlope} from "../../src/components/math/activations.js";
import {layerNorm, layerNormJacobian} from "../../src/components/math/layerNorm.js";
import {apply} from "../../src/components/math/matrix.js";
import {
  crossEntropy,
  crossEntropyGradient,
  logSoftmax,
  logSumExp,
  softmax,
  softmaxJacobian
} from "../../src/components/math/softmax.js";

test("softmax of (1, 2, 3) and its cross-entropy are the known numbers", () => {
  [0.0900306, 0.2447285, 0.665241].forEach((p, i) => expect(softmax([1, 2, 3])[i]).toBeCloseTo(p, 6));
  expect(crossEntropy([1, 2, 3], [0, 0, 1])).toBeCloseTo(0.407606, 6);
  expect(crossEntropy([0, 0, 0, 0], [0.1, 0.2, 0.3, 0.4])).toBeCloseTo(Math.log(4), 14);
});

test("nothing overflows or becomes 0 · ∞ at logits of ±1000", () => {
  expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 10);
  expect(logSoftmax([-1000, 1000])).toEqual([-2000, 0]);
  expect(softmax([1000, -1000])).toEqual([1, 0]);
  expect(crossEntropy([1000, -1000], [1, 0])).toBe(0);
  expect(crossEntropy([1000, -1000], [0, 1])).toBe(2000);
  expect(crossEntropyGradient([1000, -1000], [0, 1])).toEqual([1, -1]);
  expect(crossEntropy([Infinity, 0], [0, 1])).toBeNaN();
});

test("temperature makes softmax uniform or one-hot, and its Jacobian annuls the ones", () => {
  softmax([1, 2, 3], 1e6).forEach((p) => expect(p).toBeCloseTo(1 / 3, 5));
  expect(softmax([1, 2, 3], 1e-3)).toEqual([0, 0, 1]);
  apply(softmaxJacobian([0.3, -1, 2], 0.2), [1, 1, 1]).forEach((x) => expect(x).toBeCloseTo(0, 14));
});

test("says what it cannot take", () => {
  expect(() => softmax([1], 0)).toThrow("softmax: expected temperature > 0, got 0");
  expect(() => logSumExp([])).toThrow("logSumExp: expected at least one logit, got none");
  expect(() => crossEntropy([1, 2], [1])).toThrow("crossEntropy: expected 2 targets, got 1");
});

test("the sigmoid's slope keeps its digits where the sigmoid is 1", () => {
  expect(sigmoid(40)).toBe(1);
  expect(sigmoidSlope(40)).toBeCloseTo(Math.exp(-40), 30);
  expect(sigmoid(-1000)).toBe(0);
  expect(sigmoidSlope(3)).toBe(sigmoidSlope(-3));
});

test("GELU is x far to the right, 0 far to the left, and close to its tanh form", () => {
  expect(gelu(40)).toBe(40);
  expect(gelu(-40)).toBeCloseTo(0, 300);
  expect(geluSlope(Math.SQRT2)).toBeCloseTo(1.128904, 6);
  expect(geluSlope(1)).toBeCloseTo(1.0833155, 6);
  expect(gelu(-0.7517914)).toBeCloseTo(-0.1699712, 7);
  expect(Math.abs(gelu(2.7) - geluTanh(2.7))).toBeCloseTo(4.73e-4, 6);
});

test("layer normalisation removes mean and scale; its Jacobian both and x̂", () => {
  const {unit} = layerNorm([1, 5, -2, 0.5]);
  expect(unit.reduce((a, b) => a + b)).toBeCloseTo(0, 14);
  expect(unit.reduce((a, b) => a + b * b, 0)).toBeCloseTo(4, 13);
  layerNorm([10, 50, -20, 5]).unit.forEach((u, i) => expect(u).toBeCloseTo(unit[i], 13));
  const jacobian = layerNormJacobian([1, 5, -2, 0.5]);
  for (const v of [[1, 1, 1, 1], unit]) apply(jacobian, v).forEach((x) => expect(x).toBeCloseTo(0, 14));
  expect(
    layerNormJacobian([3, 8])
      .flat()
      .map(Math.abs)
      .every((x) => x < 1e-15)
  ).toBe(true);
});
