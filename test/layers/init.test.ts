import {expect, test} from "vitest";
import {fans, kaimingNormal, kaimingUniform, xavierNormal, xavierUniform} from "../../src/components/layers/init.js";
import {rng} from "../../src/components/math/random.js";
import {values} from "../gradients.js";

const shape = [3, 3, 16, 32];
const moments = (x: number[]) => {
  const mean = x.reduce((a, b) => a + b) / x.length;
  return {
    mean,
    variance: x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length,
    largest: Math.max(...x.map(Math.abs))
  };
};

test("fans count a filter's window on both sides", () => {
  expect(fans([100, 10])).toEqual({in: 100, out: 10});
  expect(fans(shape)).toEqual({in: 144, out: 288});
  expect(() => fans([7])).toThrow("fans: expected a shape (…, in, out), got (7)");
});

test("each scheme has its variance: 2/fan, gain²/fan, 2/(fan in + fan out)", () => {
  const draws = [
    [kaimingNormal(rng(1), shape), 2 / 144],
    [kaimingNormal(rng(1), shape, {fan: "out"}), 2 / 288],
    [kaimingNormal(rng(1), shape, {gain: 1}), 1 / 144],
    [kaimingUniform(rng(1), shape), 2 / 144],
    [xavierNormal(rng(1), shape), 2 / (144 + 288)],
    [xavierUniform(rng(1), shape), 2 / (144 + 288)]
  ] as const;
  for (const [tensor, variance] of draws) {
    const got = moments(values(tensor));
    expect(tensor.shape).toEqual(shape);
    expect(got.variance / variance).toBeCloseTo(1, 1);
    expect(Math.abs(got.mean)).toBeLessThan(4 * Math.sqrt(variance / tensor.size));
  }
});

test("the uniform schemes fill their interval and stay in it", () => {
  for (const [tensor, bound] of [
    [kaimingUniform(rng(2), shape), Math.sqrt(6 / 144)],
    [kaimingUniform(rng(2), [64, 10], {gain: Math.sqrt(1 / 3)}), 1 / 8],
    [xavierUniform(rng(2), shape), Math.sqrt(6 / 432)]
  ] as const) {
    const {largest} = moments(values(tensor));
    expect(largest).toBeLessThanOrEqual(bound * (1 + 1e-7));
    expect(largest).toBeGreaterThan(0.98 * bound);
  }
});

/** Mean square of the last of `depth` ReLU layers' pre-activations, in float64, for an input of mean square 1. */
function signal(depth: number, width: number, draw: typeof kaimingNormal | typeof xavierNormal): number {
  let x = Array.from(rng(3).normal(width));
  for (let k = 0; k < depth; ++k) {
    const weight = draw(rng(4).fork(k), [width, width]);
    const w = weight.dataSync();
    weight.dispose();
    const h = k ? x.map((v) => Math.max(0, v)) : x;
    x = Array.from({length: width}, (_, j) => h.reduce((sum, v, i) => sum + v * w[i * width + j], 0));
  }
  return x.reduce((sum, v) => sum + v * v, 0) / width;
}

test("through 20 ReLU layers He's variance keeps the signal; Xavier's halves it in each", () => {
  const kaiming = signal(20, 128, kaimingNormal);
  expect(kaiming).toBeGreaterThan(0.2);
  expect(kaiming).toBeLessThan(10);
  expect(signal(20, 128, xavierNormal) / kaiming).toBeCloseTo(2 ** -20, 12); // the same draws, scaled by √½ each
});
