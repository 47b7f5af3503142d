import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {matched, ntXent, ntXents} from "../../src/components/losses/ntXent.js";
import {ntXentBlocks} from "../../src/components/losses/ntXentBlocks.js";
import {expectClose, expectGradient, expectGradient64, seeded, value, values} from "../gradients.js";

type Rows = number[][];

const unit = (rows: Rows): Rows => rows.map((row) => row.map((x) => x / Math.hypot(...row)));
const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);

/** The definition as three loops: anchors, keys, numbers. */
function loops(z1: Rows, z2: Rows, temperature: number): number {
  const z = unit([...z1, ...z2]);
  let total = 0;
  for (let i = 0; i < z.length; ++i) {
    const partner = i < z1.length ? i + z1.length : i - z1.length;
    let below = 0;
    for (let k = 0; k < z.length; ++k) if (k !== i) below += Math.exp(dot(z[i], z[k]) / temperature);
    total -= dot(z[i], z[partner]) / temperature - Math.log(below);
  }
  return total / z.length;
}

/** ∂ℓ/∂z by the docstring's formula for ∂ℓ/∂s and the projection orthogonal to z. */
function gradientLoops(z1: Rows, z2: Rows, temperature: number): Rows {
  const raw = [...z1, ...z2];
  const z = unit(raw);
  const count = z.length;
  const p = z.map((a, i) => {
    const exps = z.map((b, k) => (k === i ? 0 : Math.exp(dot(a, b) / temperature)));
    const sum = exps.reduce((total, x) => total + x, 0);
    return exps.map((x, k) => (x / sum - (k === (i + z1.length) % count ? 1 : 0)) / temperature / count);
  });
  return z.map((a, i) => {
    const g = a.map((_, d) => z.reduce((sum, b, k) => sum + (p[i][k] + p[k][i]) * b[d], 0));
    return g.map((x, d) => (x - dot(g, a) * a[d]) / Math.hypot(...raw[i]));
  });
}

const rows = (t: tf.Tensor) => t.arraySync() as Rows;
const flat = (z: Rows) => z.flat();
const shaped = (x: number[]): Rows => Array.from({length: x.length / 4}, (_, i) => x.slice(4 * i, 4 * i + 4));

test.each([0.1, 0.5, 2])("at τ = %d the value is that of the loops", (temperature) => {
  const [z1, z2] = [seeded(1).normal([5, 4]), seeded(2).normal([5, 4])];
  expect(value(ntXent(z1, z2, {temperature}))).toBeCloseTo(loops(rows(z1), rows(z2), temperature), 5);
});

test("the loops' gradient is that of the formula, and tfjs has the same", () => {
  const at = values(seeded(3).normal([6, 4]));
  const f = (x: number[]) => loops(shaped(x).slice(0, 3), shaped(x).slice(3), 0.5);
  const formula = (x: number[]) => flat(gradientLoops(shaped(x).slice(0, 3), shaped(x).slice(3), 0.5));
  expectGradient64(f, formula, at);
  const [z1, z2] = tf.split(tf.tensor2d(at, [6, 4]), 2);
  expectClose(tf.concat(tf.grads((a, b) => ntXent(a, b))([z1, z2])), formula(at), 1e-5);
});

test.each([
  [2, 1.098612],
  [128, 5.541264],
  [256, 6.23637]
])("%i pairs of one direction: log(2B − 1) at every temperature", (pairs, expected) => {
  const z = tf.ones([pairs, 3]);
  for (const temperature of [0.07, 0.5, 5]) expect(value(ntXent(z, z, {temperature}))).toBeCloseTo(expected, 4);
});

test.each([
  [2, 0.5, 0.239545],
  [256, 0.5, 4.248795],
  [256, 0.1, 0.02289]
])("%i orthogonal pairs at τ = %d: log(1 + (2B − 2) exp(−1 / τ))", (pairs, temperature, expected) => {
  const z = tf.eye(pairs);
  expect(value(ntXent(z, z, {temperature}))).toBeCloseTo(expected, 4);
});

test("pairs at the corners of a simplex attain the floor, and nothing drawn is below it", () => {
  const [pairs, temperature] = [8, 0.5];
  const floor = Math.log(1 + (2 * pairs - 2) * Math.exp(-(1 + 1 / (pairs - 1)) / temperature));
  const corners = tf.sub(tf.eye(pairs), 1 / pairs);
  expect(value(ntXent(corners, corners, {temperature}))).toBeCloseTo(floor, 5);
  for (let seed = 0; seed < 20; ++seed) {
    const z = seeded(seed).normal([pairs, 8]);
    expect(value(ntXent(z, tf.add(z, tf.mul(seeded(99).normal([pairs, 8]), 0.1)), {temperature}))).toBeGreaterThan(
      floor
    );
  }
});

test("scale does not matter, nor the order of the pairs, nor which view is the first", () => {
  const [z1, z2] = [seeded(1).normal([6, 4]), seeded(2).normal([6, 4])];
  const expected = value(ntXent(z1, z2));
  const order = tf.tensor1d([3, 1, 5, 0, 2, 4], "int32");
  expect(value(ntXent(tf.mul(z1, 30), z2))).toBeCloseTo(expected, 5);
  expect(value(ntXent(tf.gather(z1, order), tf.gather(z2, order)))).toBeCloseTo(expected, 5);
  expect(value(ntXent(z2, z1))).toBeCloseTo(expected, 5);
});

test("the gradient agrees with differences, also at a small temperature, where exponentials are large", () => {
  const z2 = seeded(3).normal([4, 8]);
  expectGradient((z1) => ntXent(z1, z2), [4, 8]);
  const [value2, gradient] = [ntXent(z2, tf.neg(z2), {temperature: 0.01}), tf.grad((z) => ntXent(z, tf.neg(z2), {temperature: 0.01}))(z2)]; // prettier-ignore
  expect([...values(value2), ...values(gradient)].every(Number.isFinite)).toBe(true);
});

test("padded pairs change nothing for the others", () => {
  const [z1, z2] = [seeded(1).normal([4, 5]), seeded(2).normal([4, 5])];
  const padding = seeded(3).normal([2, 5]);
  const mask = tf.tensor1d([1, 1, 1, 1, 0, 0]);
  const [first, , second] = tf.split(ntXents(tf.concat([z1, padding]), tf.concat([z2, padding]), {mask}), [4, 2, 4, 2]);
  expectClose(tf.concat([first, second]), values(ntXents(z1, z2)), 1e-5);
});

test("matched is 1 where the partner is the nearest other view, as counted by loops", () => {
  const z1 = seeded(4).normal([12, 3]);
  const z2 = tf.add(z1, tf.mul(seeded(5).normal([12, 3]), 0.5));
  const z = unit([...rows(z1), ...rows(z2)]);
  const expected = z.map((a, i) => {
    const near = z.map((b, k) => (k === i ? -2 : dot(a, b)));
    return near.indexOf(Math.max(...near)) === (i + 12) % 24 ? 1 : 0;
  });
  expect(new Set(expected).size).toBe(2);
  expect(values(matched(z1, z2))).toEqual(expected);
});

test("errors name what was expected and what came", () => {
  expect(() => ntXent(tf.ones([4, 8]), tf.ones([4, 6]))).toThrow(
    "ntXent: expected z2 (B, D) with B = 4, D = 8, got (4, 6)"
  );
  expect(() => ntXent(tf.ones([4, 8]), tf.ones([4, 8]), {temperature: 0})).toThrow(
    "ntXent: expected temperature > 0, got 0"
  );
});

describe("NT-Xent by blocks of the table", () => {
  const views = () => [seeded(6).normal([7, 5]), seeded(7).normal([7, 5])] as const;

  test.each([1, 3, 7, 14, 256])(
    "with %i rows at a time it has the value and the gradients of the whole table",
    (block) => {
      const [z1, z2] = views();
      for (const temperature of [0.05, 0.5]) {
        const whole = tf.valueAndGrads((a, b) => ntXent(a, b, {temperature}))([z1, z2]);
        const blocks = tf.valueAndGrads((a, b) => ntXentBlocks(a, b, {temperature, block}))([z1, z2]);
        expect(value(blocks.value)).toBeCloseTo(value(whole.value), 5);
        blocks.grads.forEach((gradient, i) => expectClose(gradient, whole.grads[i], 1e-6));
      }
    }
  );

  test("the value is that of the loops and the gradient that of the formula", () => {
    const [z1, z2] = views();
    expect(value(ntXentBlocks(z1, z2, {block: 4}))).toBeCloseTo(loops(rows(z1), rows(z2), 0.5), 5);
    const gradients = tf.grads((a, b) => ntXentBlocks(a, b, {block: 4}))([z1, z2]);
    expectClose(tf.concat(gradients), flat(gradientLoops(rows(z1), rows(z2), 0.5)), 1e-6);
    expectGradient((z) => ntXentBlocks(z, z2, {block: 4}), [7, 5]);
  });

  test("a weight on the loss goes through to the gradient", () => {
    const [z1, z2] = views();
    const [once, thrice] = [1, 3].map((weight) => tf.grad((z: tf.Tensor) => tf.mul(ntXentBlocks(z, z2, {block: 4}), weight))(z1)); // prettier-ignore
    expectClose(thrice, tf.mul(once, 3), 1e-6);
  });

  test("loss and gradient are finite at a temperature at which exponentials overflow", () => {
    const [z1] = views();
    const opposite = (z: tf.Tensor) => ntXentBlocks(z, tf.neg(z1), {temperature: 0.005, block: 4});
    for (const x of [value(opposite(z1)), ...values(tf.grad(opposite)(z1))]) expect(Number.isFinite(x)).toBe(true);
  });

  test("its memory grows with block × 2B where that of the table grows with (2B)²", async () => {
    const peak = async (pairs: number, loss: (a: tf.Tensor, b: tf.Tensor) => tf.Scalar) => {
      const z = [1, 2].map((seed) => seeded(seed).normal([pairs, 4]));
      const before = tf.memory().numBytes;
      const {peakBytes} = await tf.profile(() => tf.tidy(() => tf.valueAndGrads(loss)(z).value));
      return peakBytes - before;
    };
    const blocks = (a: tf.Tensor, b: tf.Tensor) => ntXentBlocks(a, b, {block: 16});
    const [whole, twice] = [await peak(64, (a, b) => ntXent(a, b)), await peak(128, (a, b) => ntXent(a, b))];
    expect(twice / whole).toBeGreaterThan(3.5);
    const [part, doubled] = [await peak(64, blocks), await peak(128, blocks)];
    expect(doubled / part).toBeLessThan(2.2);
    expect(doubled).toBeLessThan(twice / 6);
  });

  test("errors name what was expected and what came", () => {
    expect(() => ntXentBlocks(tf.ones([4, 8]), tf.ones([4, 6]))).toThrow("ntXentBlocks: expected z2 (B, D) with B = 4, D = 8, got (4, 6)"); // prettier-ignore
    expect(() => ntXentBlocks(tf.ones([4, 8]), tf.ones([4, 8]), {temperature: 0})).toThrow("ntXentBlocks: expected temperature > 0, got 0"); // prettier-ignore
    for (const block of [0, 1.5])
      expect(() => ntXentBlocks(tf.ones([4, 8]), tf.ones([4, 8]), {block})).toThrow(`ntXentBlocks: expected an integer block ≥ 1, got ${block}`); // prettier-ignore
  });
});
