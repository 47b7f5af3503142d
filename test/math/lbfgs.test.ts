import {expect, test} from "vitest";
import {lbfgs} from "../../src/components/math/lbfgs.js";

/** ½ Σ cᵢ (xᵢ − i)², curvatures from 1 to 10⁴. */
const bowl = async (x: Float64Array) => {
  const c = x.map((_, i) => 10 ** ((4 * i) / (x.length - 1)));
  const gradient = x.map((value, i) => c[i] * (value - i));
  return {value: x.reduce((sum, value, i) => sum + 0.5 * c[i] * (value - i) ** 2, 0), gradient};
};

/** (1 − x)² + 100 (y − x²)². */
const rosenbrock = async ([x, y]: Float64Array) => ({
  value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  gradient: Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x))
});

test("a bowl's minimum is found whatever its curvatures", async () => {
  const {x, value, iterations} = await lbfgs(bowl, new Float64Array(12));
  x.forEach((value, i) => expect(value).toBeCloseTo(i, 7));
  expect(value).toBeLessThan(1e-15);
  expect(iterations).toBeLessThan(400); // the conjugate directions of the last ten steps; steepest descent takes 10⁵
});

test("Rosenbrock's valley is followed to (1, 1)", async () => {
  const {x} = await lbfgs(rosenbrock, Float64Array.of(-1.2, 1));
  expect(x[0]).toBeCloseTo(1, 7);
  expect(x[1]).toBeCloseTo(1, 7);
});

test("no iteration raises the value, and the start is left alone", async () => {
  const start = Float64Array.of(-1.2, 1);
  let last = Infinity;
  for (let iterations = 0; iterations < 30; ++iterations) {
    const {value} = await lbfgs(rosenbrock, start, {iterations});
    expect(value).toBeLessThanOrEqual(last);
    last = value;
  }
  expect([...start]).toEqual([-1.2, 1]);
});

test("at a minimum it stays, and rounding ends it", async () => {
  const {x, iterations} = await lbfgs(rosenbrock, Float64Array.of(1, 1));
  expect([[...x], iterations]).toEqual([[1, 1], 0]);
  const rough = async (x: Float64Array) => ({value: Math.fround(1 + x[0] ** 2), gradient: Float64Array.of(2 * x[0])});
  const ended = await lbfgs(rough, Float64Array.of(1), {tolerance: 0});
  expect(Math.abs(ended.x[0])).toBeLessThan(1e-3);
});
