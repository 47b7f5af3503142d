import {expect, test} from "vitest";
import {circle, log} from "../../src/components/math/elementary.js";
import {rng} from "../../src/components/math/random.js";

test("log agrees with Math.log to 1e-15 over the whole range of normal numbers", () => {
  const exponents = rng(1).uniform(2000, -307, 308);
  for (const e of exponents) {
    const x = 10 ** e;
    expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(Math.log(x))));
  }
  expect(log(1)).toBe(0);
});

test("log keeps its relative accuracy next to 1, where the logarithm vanishes", () => {
  for (const d of [1e-3, 1e-8, -1e-8, 2 ** -40]) {
    const x = 1 + d; // x − 1 is exact
    expect(log(x) / Math.log1p(x - 1)).toBeCloseTo(1, 14);
  }
});

test("circle is (cos 2πt, sin 2πt), on the unit circle and exact at the quarters", () => {
  for (const t of rng(2).uniform(2000, -3, 3)) {
    const [c, s] = circle(t);
    expect(Math.abs(c - Math.cos(2 * Math.PI * t))).toBeLessThan(5e-15);
    expect(Math.abs(s - Math.sin(2 * Math.PI * t))).toBeLessThan(5e-15);
    expect(Math.abs(c * c + s * s - 1)).toBeLessThan(1e-15);
  }
  const quarters = [0, 0.25, 0.5, 0.75, 1].map((t) => circle(t).map((x) => x + 0));
  expect(quarters).toEqual([
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
    [1, 0]
  ]);
});
