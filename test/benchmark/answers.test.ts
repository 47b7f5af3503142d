import {expect, test} from "vitest";
import {answers} from "../../src/benchmarkAnswers.js";
import {rng} from "../../src/components/math/random.js";
import {median} from "../../src/benchmark/arithmetic.js";

const expected = (id: string) => (answers[id] as {expected: number}).expected;

test("at the ridge of 2 TFLOP/s and 100 GB/s both ceilings allow the same time", () => {
  expect((expected("ex-ridge") * 1e6) / 2e12).toBeCloseTo(1e6 / 1e11, 15);
});

test("the stem's intensity, its loops counted and its three tensors read or written once, is the answer", () => {
  const pixels = 32 * 32 * 32;
  const operations = 2 * pixels * 64 * 27;
  const bytes = 4 * (pixels * 3 + pixels * 64 + 27 * 64);
  expect(Math.abs(operations / bytes - expected("ex-stem"))).toBeLessThan(0.02);
  expect(expected("ex-stem")).toBeLessThan(expected("ex-ridge"));
});

test("a ReLU by itself reads and writes 16.8 MB of the first stage's map", () => {
  const map = new Float32Array(32 * 32 * 32 * 64);
  expect((2 * map.byteLength) / 100e9).toBeCloseTo(expected("ex-fusion") / 1000, 9);
});

test("not in turns, a machine that slows down makes the contender that came first look better than it is", () => {
  const stream = rng(1);
  const noise = stream.normal(400, 1, 0.02);
  const [warm, clock] = [1, 1.3]; // how long a step takes before and after the clock has fallen
  const apart = [noise.slice(0, 200), noise.slice(200).map((t) => clock * t)];
  const turns = [0, 1].map((who) => noise.filter((_, i) => i % 2 === who).map((t, i) => (i < 100 ? warm : clock) * t)); // prettier-ignore
  expect(median(Array.from(apart[1])) / median(Array.from(apart[0]))).toBeGreaterThan(1.25); // in truth 1
  expect(Math.abs(median(Array.from(turns[1])) / median(Array.from(turns[0])) - 1)).toBeLessThan(0.05);
  expect(answers["ex-turns"]).toMatchObject({correct: 0});
});
