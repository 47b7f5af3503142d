import {expect, test} from "vitest";
import {normalQuantile, philox, rng, withoutDraws} from "../../src/components/math/random.js";

const block = (c0: number, c1: number, k0: number, k1: number, c2: number, c3: number) => {
  const out = new Uint32Array(4);
  philox(out, c0, c1, k0, k1, c2, c3);
  return Array.from(out, (word) => word.toString(16).padStart(8, "0")).join(" ");
};

test("Philox4x32-10 gives the published known answers", () => {
  expect(block(0, 0, 0, 0, 0, 0)).toBe("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
  const ones = 0xffffffff;
  expect(block(ones, ones, ones, ones, ones, ones)).toBe("408f276d 41c83b0e a20bc7c6 6d5451fd");
  expect(block(0x243f6a88, 0x85a308d3, 0xa4093822, 0x299f31d0, 0x13198a2e, 0x03707344)).toBe(
    "d16cfe09 94fdcceb 5001e420 24126ea1"
  );
});

test("a stream is a function of its seed, and of all 53 bits of it", () => {
  expect(rng(7).uniform(5)).toEqual(rng(7).uniform(5));
  expect(rng(7).uniform(5)).not.toEqual(rng(8).uniform(5));
  expect(rng(2 ** 32 + 7).uniform(5)).not.toEqual(rng(7).uniform(5));
});

test("a fork depends on its path alone, not on what was drawn before", () => {
  const fresh = rng(3).fork("init", 2).normal(4);
  const used = rng(3);
  used.uniform(1001);
  expect(used.fork("init", 2).normal(4)).toEqual(fresh);
  expect(rng(3).fork("init").fork(2).normal(4)).toEqual(fresh);
});

test("forks of different names, and a fork and its parent, are different streams", () => {
  const names: (string | number)[] = [0, 1, 2, 2 ** 32, "a", "b", "ab", "ba", "\u0000", "\u0001"];
  const first = [rng(5), ...names.map((name) => rng(5).fork(name))].map((stream) => stream.next());
  expect(new Set(first).size).toBe(first.length);
});

test("sibling forks are uncorrelated", () => {
  const n = 20_000;
  const [a, b] = [rng(1).fork(0).normal(n), rng(1).fork(1).normal(n)];
  const correlation = a.reduce((sum, x, i) => sum + x * b[i], 0) / n;
  expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(n));
});

/** The k-th raw moment of a sample. */
const moment = (x: Float32Array, k: number) => x.reduce((sum, v) => sum + v ** k, 0) / x.length;

test("uniform draws have the moments 1/2, 1/3, 1/4 and stay in [low, high)", () => {
  const x = rng(11).uniform(100_000);
  for (const k of [1, 2, 3]) expect(Math.abs(moment(x, k) - 1 / (k + 1))).toBeLessThan(0.004); // 4 deviations
  const shifted = rng(11).uniform(1000, -2, 6);
  expect(Math.min(...shifted)).toBeGreaterThanOrEqual(-2);
  expect(Math.max(...shifted)).toBeLessThan(6);
});

test("normal draws have the moments 0, 1, 0, 3, and N(μ, σ²) is μ + σ N(0, 1)", () => {
  const x = rng(12).normal(100_000);
  const bounds = [4 * 1, 4 * Math.SQRT2, 4 * Math.sqrt(15), 4 * Math.sqrt(96)]; // 4 deviations of the moment's mean
  [0, 1, 0, 3].forEach((expected, i) =>
    expect(Math.abs(moment(x, i + 1) - expected)).toBeLessThan(bounds[i] / Math.sqrt(x.length))
  );
  const [moved, plain] = [rng(12).normal(9, 5, 2), rng(12).normal(9)];
  moved.forEach((v, i) => expect(v).toBeCloseTo(5 + 2 * plain[i], 5));
});

test("integers are uniform by χ², for a bound that does not divide 2³²", () => {
  const counts = new Array<number>(10).fill(0);
  rng(13)
    .integers(50_000, 10)
    .forEach((k) => ++counts[k]);
  const chi2 = counts.reduce((sum, n) => sum + (n - 5000) ** 2 / 5000, 0);
  expect(chi2).toBeLessThan(27.9); // the 0.999 quantile with 9 degrees of freedom
});

test("every ordering of four is equally likely, by χ²", () => {
  const counts = new Map<string, number>();
  const stream = rng(14);
  for (let i = 0; i < 24_000; ++i) {
    const key = stream.permutation(4).join("");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  const chi2 = [...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  expect(chi2).toBeLessThan(49.7); // the 0.999 quantile with 23 degrees of freedom
});

test("normalQuantile inverts the distribution function in the centre, the tail and the far tail", () => {
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
  expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 14);
  expect(normalQuantile(1e-3)).toBeCloseTo(-3.090232306167814, 13);
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798408, 12);
});

test("bad seeds, names and bounds are named", () => {
  expect(() => rng(-1)).toThrow("rng: expected an integer seed ≥ 0, got -1");
  expect(() => rng(0.5)).toThrow("rng: expected an integer seed ≥ 0, got 0.5");
  expect(() => rng(1).fork(-2)).toThrow("rng.fork: expected words or integers ≥ 0, got -2");
  expect(() => rng(1).integers(3, 0)).toThrow("rng.integers: expected an integer bound in [1, 2³²], got 0");
});

test("withoutDraws refuses every kind of draw, from streams made before too, and no longer than its function runs", () => {
  const stream = rng(5);
  const refused = (): never => {
    throw new Error("refused");
  };
  const draws: (() => unknown)[] = [
    () => stream.next(),
    () => rng(1).normal(1),
    () => stream.integers(1, 3),
    () => stream.permutation(3)
  ];
  for (const draw of draws) expect(() => withoutDraws(refused, draw)).toThrow("refused");
  expect(withoutDraws(refused, () => stream.fork("name") && 7)).toBe(7);
  expect(stream.next()).toBe(rng(5).next()); // and a refused draw takes no number from the stream
});
