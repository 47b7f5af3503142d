import {describe, expect, test} from "vitest";
import {brightness, contrast, grayscale, hue, saturation} from "../../../src/components/data/augment/colour.js";
import {colourJitter} from "../../../src/components/data/augment/colourJitter.js";
import {flip} from "../../../src/components/data/augment/flip.js";
import {rng} from "../../../src/components/math/random.js";

const pixels = (seed = 1, low = 0, high = 255) => rng(seed).uniform(6 * 6 * 3, low, high);
const grays = () => Float32Array.from({length: 36 * 3}, (_, i) => 7 * Math.floor(i / 3));
const changed = (x: Float32Array, f: (x: Float32Array) => void) => {
  const y = x.slice();
  f(y);
  return y;
};
const expectAlike = (a: ArrayLike<number>, b: ArrayLike<number>, within = 1e-3) =>
  Array.from(a).forEach((x, i) => expect(Math.abs(x - b[i])).toBeLessThan(within));
const luma = (x: ArrayLike<number>, i: number) => 0.299 * x[3 * i] + 0.587 * x[3 * i + 1] + 0.114 * x[3 * i + 2];
const lumas = (x: Float32Array) => Array.from({length: x.length / 3}, (_, i) => luma(x, i));

describe.each(Object.entries({brightness, contrast, saturation}))("%s", (_, change) => {
  test("by 1 is the identity", () =>
    expectAlike(
      changed(pixels(), (x) => change(x, 1)),
      pixels()
    ));
  test("stays on [0, 255]", () => {
    const y = changed(pixels(), (x) => change(x, 5));
    expect(Math.min(...y)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...y)).toBe(255);
  });
});

test("brightness f is f x; contrast f mixes with the mean luma; saturation f with each pixel's luma", () => {
  const x = pixels(2, 60, 180); // far from the ends: nothing is cut
  const mean = lumas(x).reduce((sum, y) => sum + y, 0) / 36;
  expectAlike(changed(x, (y) => brightness(y, 1.3)), x.map((v) => 1.3 * v)); // prettier-ignore
  expectAlike(changed(x, (y) => contrast(y, 0.6)), x.map((v) => 0.6 * v + 0.4 * mean)); // prettier-ignore
  expectAlike(changed(x, (y) => saturation(y, 1.2)), x.map((v, i) => 1.2 * v - 0.2 * luma(x, Math.floor(i / 3)))); // prettier-ignore
});

test("at 0 they leave black, one gray, and each pixel's gray, which is the gray image", () => {
  expect(Math.max(...changed(pixels(), (x) => brightness(x, 0)))).toBe(0);
  const flat = changed(pixels(), (x) => contrast(x, 0));
  expectAlike(flat, new Float32Array(flat.length).fill(flat[0]));
  const gray = changed(pixels(), grayscale);
  expectAlike(gray, changed(pixels(), (x) => saturation(x, 0)), 1e-9); // prettier-ignore
  expectAlike(gray, pixels().map((_, i, x) => luma(x, Math.floor(i / 3)))); // prettier-ignore
});

test("gray images are unchanged by saturation, hue and the gray image", () => {
  for (const change of [(x: Float32Array) => saturation(x, 1.4), (x: Float32Array) => hue(x, 0.3), grayscale])
    expectAlike(changed(grays(), change), grays());
});

test("a whole turn of the hue is the identity, and two turns add up", () => {
  expectAlike(changed(pixels(), (x) => hue(x, 1)), pixels()); // prettier-ignore
  const soft = pixels(3, 110, 140); // nothing is cut
  const twice = changed(soft, (x) => (hue(x, 0.11), hue(x, 0.23)));
  expectAlike(twice, changed(soft, (x) => hue(x, 0.34))); // prettier-ignore
  expect(Math.abs(twice[0] - soft[0])).toBeGreaterThan(0.1);
});

test("a turn of the hue adds to the angle of (I, Q) and keeps its length and the luma", () => {
  const soft = pixels(4, 110, 140);
  const chroma = (x: Float32Array, i: number) => {
    const [r, g, b] = x.subarray(3 * i, 3 * i + 3);
    return [0.596 * r - 0.274 * g - 0.322 * b, 0.211 * r - 0.523 * g + 0.312 * b];
  };
  const turned = changed(soft, (x) => hue(x, 0.2));
  expectAlike(lumas(turned), lumas(soft)); // prettier-ignore
  for (let i = 0; i < 36; ++i) {
    const [[a, b], [c, d]] = [chroma(soft, i), chroma(turned, i)];
    expect(Math.hypot(c, d)).toBeCloseTo(Math.hypot(a, b), 3);
    expect(Math.cos(Math.atan2(d, c) - Math.atan2(b, a) - 0.4 * Math.PI)).toBeCloseTo(1, 3);
  }
});

test("jitter of strength 0 is the identity; of ½ it stays in the range of its factors", () => {
  expectAlike(changed(pixels(), (x) => colourJitter(rng(1), x, 0)), pixels()); // prettier-ignore
  const draws = rng(2);
  const gray = Float32Array.of(100, 100, 100); // its contrast, saturation and hue cannot change: what is left is brightness
  const seen = Array.from({length: 4000}, () => changed(gray, (x) => colourJitter(draws, x, 0.5))[0] / 100);
  const mean = seen.reduce((sum, x) => sum + x, 0) / seen.length;
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(0.6 - 1e-6);
  expect(Math.max(...seen)).toBeLessThanOrEqual(1.4 + 1e-6);
  expect(Math.abs(mean - 1)).toBeLessThan((4 * 0.8) / Math.sqrt(12 * 4000)); // uniform: four deviations
});

test("the four changes come in every order", () => {
  const results = new Set<string>();
  for (let k = 0; k < 600; ++k) {
    const order = Array.from(rng(3).fork(k).uniform(3));
    const draws = {...rng(0), next: () => order.shift() ?? 0.9}; // three draws for the order, then equal factors
    results.add(changed(pixels(5), (x) => colourJitter(draws, x, 0.5)).join());
  }
  expect(results.size).toBe(24);
});

test("a flip mirrors each row, and two are none", () => {
  const x = pixels(6);
  const y = changed(x, (p) => flip(p, 3));
  for (let i = 0; i < 6; ++i)
    for (let j = 0; j < 6; ++j)
      for (let c = 0; c < 3; ++c) expect(y[(i * 6 + j) * 3 + c]).toBe(x[(i * 6 + 5 - j) * 3 + c]);
  expect(changed(y, (p) => flip(p, 3))).toEqual(x);
});
