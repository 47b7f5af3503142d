import {expect, test} from "vitest";
import {sinusoids} from "../../src/components/math/sinusoids.js";

test("position 1 of width 4 is (sin 1, cos 1, sin 0.01, cos 0.01), and position 0 is (0, 1, 0, 1)", () => {
  const table = Array.from(sinusoids(2, 4));
  expect(table.slice(0, 4)).toEqual([0, 1, 0, 1]);
  [0.841471, 0.540302, 0.01, 0.99995].forEach((expected, i) =>
    expect(Math.abs(table[4 + i] - expected)).toBeLessThan(1e-6)
  );
});

test("the product of two positions depends on their distance alone: 64, 62.094, 57.382, 47.185, 42.820", () => {
  const table = sinusoids(60, 128);
  const row = (p: number) => table.subarray(p * 128, (p + 1) * 128);
  const product = (p: number, q: number) => row(p).reduce((sum, v, i) => sum + v * row(q)[i], 0);
  [0, 1, 2, 5, 10].forEach((k, i) => {
    for (const p of [0, 3, 49])
      expect(Math.abs(product(p, p + k) - [64, 62.0937, 57.3819, 47.185, 42.82][i])).toBeLessThan(5e-5);
  });
});

test("moving on by k rotates each pair of position p by k ωᵢ", () => {
  const [width, k] = [6, 4];
  const table = sinusoids(20, width);
  for (let p = 0; p + k < 20; ++p)
    for (let i = 0; i < width; i += 2) {
      const angle = k * 10000 ** (-i / width);
      const [sine, cosine] = [table[p * width + i], table[p * width + i + 1]];
      const at = (p + k) * width + i;
      expect(table[at]).toBeCloseTo(sine * Math.cos(angle) + cosine * Math.sin(angle), 12);
      expect(table[at + 1]).toBeCloseTo(cosine * Math.cos(angle) - sine * Math.sin(angle), 12);
    }
});

test("an odd width is named", () => {
  expect(() => sinusoids(2, 5)).toThrow("sinusoids: expected an even width, got 5");
});
