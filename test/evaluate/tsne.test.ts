import {expect, test} from "vitest";
import {affinities} from "../../src/components/evaluate/affinities.js";
import {gradientOf, tsne} from "../../src/components/evaluate/tsne.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {rng} from "../../src/components/math/random.js";

const noise = (seed: number, n: number, d: number) => ({
  data: Float64Array.from(rng(seed).normal(n * d)),
  shape: [n, d]
});

test("affinities are symmetric, sum to 1, leave a point out of its own neighbours", () => {
  const n = 12;
  const p = affinities(noise(1, n, 5), 4);
  expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  for (let i = 0; i < n; ++i) {
    expect(p[i * n + i]).toBe(0);
    for (let j = 0; j < i; ++j) expect(p[i * n + j]).toBe(p[j * n + i]);
  }
});

test("equally distant points have the greatest perplexity, N − 1, and equal affinities", () => {
  const corners = {data: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), shape: [3, 3]};
  for (const value of affinities(corners, 2)) expect([0, 1 / 6]).toContainEqual(expect.closeTo(value, 10));
});

test("on a circle, where every point sees the same, each row's perplexity is the one asked for", () => {
  const n = 40;
  const angle = (k: number) => (2 * Math.PI * (k >> 1)) / n;
  const circle = {
    data: Float64Array.from({length: 2 * n}, (_, k) => (k % 2 ? Math.sin : Math.cos)(angle(k))),
    shape: [n, 2]
  };
  for (const perplexity of [2.5, 10, 30]) {
    const row = affinities(circle, perplexity)
      .subarray(0, n)
      .map((value) => n * value);
    const entropy = row.reduce((sum, value) => (value > 0 ? sum - value * Math.log(value) : sum), 0);
    expect(Math.exp(entropy)).toBeCloseTo(perplexity, 3);
  }
});

test("affinities do not know the scale of the points", () => {
  const x = noise(2, 40, 3);
  const p = affinities(x, 5);
  for (const scale of [1e-3, 1e3]) {
    const scaled = affinities({...x, data: x.data.map((value) => scale * value)}, 5);
    scaled.forEach((value, k) => expect(value).toBeCloseTo(p[k], 6));
  }
});

test("the gradient is that of KL(P ‖ Q)", () => {
  const n = 7;
  const p = affinities(noise(3, n, 4), 2);
  const divergence = (y: number[]) => {
    const w = Array.from({length: n * n}, (_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      return i === j ? 0 : 1 / (1 + (y[2 * i] - y[2 * j]) ** 2 + (y[2 * i + 1] - y[2 * j + 1]) ** 2);
    });
    const total = w.reduce((sum, value) => sum + value, 0);
    return w.reduce((sum, value, k) => (p[k] > 0 ? sum + p[k] * Math.log((p[k] * total) / value) : sum), 0);
  };
  const y = Array.from(noise(4, n, 2).data);
  const expected = numericGradient(divergence, y);
  gradientOf(p, Float64Array.from(y)).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 7));
});

test("three clusters stay three clusters: of the nearest neighbours in the plane all are of the same one", async () => {
  const n = 60;
  const x = noise(5, n, 10);
  for (let i = 0; i < n; ++i) x.data[10 * i + (i % 3)] += 12;
  const {data: y, shape} = await tsne(x, {perplexity: 8, steps: 300});
  expect(shape).toEqual([n, 2]);
  const distance = (i: number, j: number) => Math.hypot(y[2 * i] - y[2 * j], y[2 * i + 1] - y[2 * j + 1]);
  for (let i = 0; i < n; ++i) {
    const others = Array.from({length: n}, (_, j) => j).filter((j) => j !== i);
    const nearest = others.sort((a, b) => distance(i, a) - distance(i, b)).slice(0, 5);
    expect(nearest.map((j) => j % 3)).toEqual(Array(5).fill(i % 3));
  }
});

test("a map begun from another keeps its sides: mirrored start, mirrored map", async () => {
  const x = noise(6, 30, 4);
  const start = await tsne(x, {steps: 100});
  const mirrored = {data: start.data.map((value, i) => (i % 2 ? value : -value)), shape: start.shape};
  const [a, b] = await Promise.all([start, mirrored].map((each) => tsne(x, {steps: 5, start: each})));
  a.data.forEach((value, i) => expect(b.data[i]).toBeCloseTo(i % 2 ? value : -value, 9));
});

test("too few rows and a start of another form are named", async () => {
  await expect(tsne(noise(1, 3, 2))).rejects.toThrow("tsne: expected at least 4 rows, got 3");
  await expect(tsne(noise(1, 5, 2), {start: noise(1, 4, 2)})).rejects.toThrow(
    "tsne: expected start (5, 2), got (4, 2)"
  );
  expect(() => affinities(noise(1, 5, 2), 5)).toThrow("affinities: expected perplexity from 1 to 4, got 5");
});
