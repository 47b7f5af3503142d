import {expect, test} from "vitest";
import {fallsAt, rateAt} from "../../src/components/optimizers/schedule.js";

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

test("a trapezoid rises in a straight line, stays, and falls in a straight line to `final`", () => {
  const rate = rateAt({kind: "trapezoid", rate: 1, warmup: 0.1, decay: 0.4, final: 0.2}, 100);
  for (let k = 0; k < 10; ++k) expect(rate(k)).toBeCloseTo((k + 1) / 10, 12);
  expect([10, 35, 60].map(rate)).toEqual([1, 1, 1]);
  expect(rate(80)).toBeCloseTo(0.6, 12);
  expect(rate(100)).toBeCloseTo(0.2, 12);
  expect(rate(300)).toBeCloseTo(0.2, 12);
});

test("a longer trapezoid with as many steps of warm-up has the same rates until the shorter one falls", () => {
  const short = {kind: "trapezoid", rate: 0.3, warmup: 0.05, decay: 0.3} as const;
  const [a, b] = [rateAt(short, 600), rateAt({...short, warmup: 0.05 / 1.5}, 900)];
  expect(fallsAt(short, 600)).toBe(420);
  for (let step = 0; step <= 420; ++step) expect(a(step)).toBe(b(step));
  expect(a(421)).toBeLessThan(b(421));
});

test("every schedule stays positive and at most its rate during the run, and has no jump", () => {
  for (const kind of ["constant", "cosine", "one-cycle", "trapezoid"] as const)
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
  expect(() => rateAt({kind: "trapezoid", rate: 1, decay: 1.1}, 9)).toThrow(
    "rateAt: expected decay in [0, 1], got 1.1"
  );
  expect(() => rateAt({kind: "cosine", rate: 1, warmup: 1}, 9)).toThrow("rateAt: expected warmup in [0, 1), got 1");
});
