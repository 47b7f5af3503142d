import {expect, test} from "vitest";
import {intensity, leastTime, median, ratio, ridge, roof, throughput} from "../../src/benchmark/arithmetic.js";

test("a median halves the values, whatever their order, and one wild value does not move it", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([1, 2, 1e9])).toBe(2);
  expect(median([7])).toBe(7);
  const values = [5, 3, 8, 1];
  median(values);
  expect(values).toEqual([5, 3, 8, 1]);
  expect(() => median([])).toThrow("median: expected at least one value, got none");
});

test("a ratio is of medians: what halves every time doubles it, and the machine's own speed cancels", () => {
  const [slow, fast] = [[30, 10, 20], [4, 5, 6, 5]]; // prettier-ignore
  expect(ratio(slow, fast)).toBe(4);
  expect(ratio(slow, fast.map((t) => t / 2))).toBe(8); // prettier-ignore
  expect(ratio(slow.map((t) => 3 * t), fast.map((t) => 3 * t))).toBe(4); // prettier-ignore
  expect(ratio(fast, slow)).toBe(1 / 4);
});

const ceilings = {flops: 2e12, bytes: 1e11};

test("the roof rises with the intensity up to the ridge and is flat from there", () => {
  expect(ridge(ceilings)).toBe(20);
  expect(roof(ceilings, 5)).toBe(5e11);
  expect(roof(ceilings, 10)).toBe(2 * roof(ceilings, 5));
  expect([20, 21, 1000].map((at) => roof(ceilings, at))).toEqual([2e12, 2e12, 2e12]);
});

test("the least time is that of the slower of the two, and with it an op is on the roof", () => {
  const copying = {flops: 1e9, bytes: 1e9};
  const computing = {flops: 1e12, bytes: 1e9};
  expect(leastTime(ceilings, copying)).toBe(0.01);
  expect(leastTime(ceilings, computing)).toBe(0.5);
  for (const work of [copying, computing])
    expect(throughput({...work, seconds: leastTime(ceilings, work)})).toBeCloseTo(roof(ceilings, intensity(work)));
});
