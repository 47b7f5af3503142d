import {expect, test} from "vitest";
import {rateAt} from "../../src/components/optimizers/schedule.js";

test("cosine passes .853553, .5, .146447 at ¼, ½, ¾ and ends towards `final`", () => {
  const rate = rateAt({kind: "cosine", rate: 1}, 1000);
  expect(rate(0)).toBe(1);
  [250, 500, 750].forEach((step, i) => expect(rate(step)).toBeCloseTo([0.853553, 0.5, 0.146447][i], 6));
  expect(rate(1000)).toBeCloseTo(0, 12);
  expect(rateAt({kind: "cosine", rate: 1, final: 0.2}, 1000)(500)).toBeCloseTo(0.6, 12);
  expect(rateAt({kind: "cosine", rate: 1, final: 0.2}, 1000)(2000)).toBeCloseTo(0.2, 12);
});

test("constant is constant", () => {
  const rate = rateAt({kind: "constant", rate: 0.3}, 10);
  expect([0, 5, 9].map(rate)).toEqual([0.3, 0.3, 0.3]);
});

test("warm-up is linear: step k of n has (k + 1) / n of the rate, and the full rate follows", () => {
  for (const kind of ["constant", "cosine"] as const) {
    const rate = rateAt({kind, rate: 2, warmup: 0.1}, 100);
    for (let k = 0; k < 10; ++k) expect(rate(k)).toBeCloseTo((2 * (k + 1)) / 10, 12);
    expect(rate(10)).toBe(2);
  }
  expect(rateAt({kind: "constant", rate: 2, warmup: 0.01}, 100)(0)).toBe(2);
});

test("after warm-up the cosine has the rest of the run to fall", () => {
  const rate = rateAt({kind: "cosine", rate: 1, warmup: 0.2}, 1000);
  expect(rate(200)).toBe(1);
  expect(rate(600)).toBeCloseTo(0.5, 12);
});

test("one-cycle rises from rate / 25 to its peak in a straight line, then falls along a cosine", () => {
  const rate = rateAt({kind: "one-cycle", rate: 0.5}, 400);
  expect(rate(0)).toBeCloseTo(0.02, 12);
  expect(rate(50)).toBeCloseTo((0.02 + 0.5) / 2, 12);
  expect(rate(100)).toBe(0.5);
  expect(rate(250)).toBeCloseTo(0.25, 12);
  expect(rate(400)).toBeCloseTo(0, 12);
});

test("every schedule stays positive and at most its rate during the run, and has no jump", () => {
  for (const kind of ["constant", "cosine", "one-cycle"] as const)
    for (const steps of [1, 2, 7, 1000]) {
      const rates = Array.from({length: steps}, (_, step) => rateAt({kind, rate: 0.1, warmup: 0.3}, steps)(step));
      expect(Math.min(...rates)).toBeGreaterThan(0);
      expect(Math.max(...rates)).toBeLessThanOrEqual(0.1);
      const jumps = rates.slice(1).map((r, i) => Math.abs(r - rates[i]));
      if (steps === 1000) expect(Math.max(...jumps)).toBeLessThan(0.001);
    }
});

test("steps, rate and warm-up out of range are named", () => {
  expect(() => rateAt({kind: "constant", rate: 1}, 0)).toThrow("rateAt: expected steps ≥ 1, got 0");
  expect(() => rateAt({kind: "constant", rate: 0}, 1)).toThrow("rateAt: expected rate > 0, got 0");
  expect(() => rateAt({kind: "cosine", rate: 1, warmup: 1}, 9)).toThrow("rateAt: expected warmup in [0, 1), got 1");
});
