import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {dice, iou, tversky} from "../../src/components/losses/overlap.js";
import {expectGradient, expectGradient64, seeded, value} from "../gradients.js";

const p = tf.tensor2d([[0.9, 0.8, 0.1]]);
const g = tf.tensor2d([[1, 1, 0]]);
const bare = {smoothing: 0};
const losses = {dice, iou, tversky};

test("p = (.9, .8, .1), g = (1, 1, 0): Dice .894737, with squares .982659, IoU .809524", () => {
  expect(1 - value(dice(p, g, bare))).toBeCloseTo(0.894737, 6);
  expect(1 - value(dice(p, g, {...bare, squared: true}))).toBeCloseTo(0.982659, 6);
  expect(1 - value(iou(p, g, bare))).toBeCloseTo(0.809524, 6);
});

test("D = 2 J / (1 + J)", () => {
  for (const seed of [1, 2, 3]) {
    const [p, g] = [seeded(seed).uniform([1, 30]), tf.round(seeded(seed + 10).uniform([1, 30]))];
    const [d, j] = [1 - value(dice(p, g, bare)), 1 - value(iou(p, g, bare))];
    expect(d).toBeCloseTo((2 * j) / (1 + j), 5);
  }
});

test("α = β = ½ makes Tversky Dice with twice the smoothing, α = β = 1 IoU with the same", () => {
  const [p, g] = [seeded(4).uniform([3, 4, 5]), tf.round(seeded(5).uniform([3, 4, 5]))];
  for (const smoothing of [0.25, 1, 3]) {
    const half = value(tversky(p, g, {alpha: 0.5, beta: 0.5, smoothing}));
    expect(half).toBeCloseTo(value(dice(p, g, {smoothing: 2 * smoothing})), 6);
    expect(Math.abs(half - value(dice(p, g, {smoothing: smoothing / 2})))).toBeGreaterThan(1e-3); // not half of it
    expect(value(tversky(p, g, {alpha: 1, beta: 1, smoothing}))).toBeCloseTo(value(iou(p, g, {smoothing})), 6);
  }
});

test("background at p = 0 changes no overlap and no slope by the figure; at p = ½ more of it lowers both", () => {
  const image = (background: number, said: number) => {
    const fill = (figure: number, other: number) => tf.tensor2d([[...Array<number>(20).fill(figure), ...Array<number>(background).fill(other)]]); // prettier-ignore
    const [p, g] = [fill(0.5, said), fill(1, 0)];
    const slope = tf.grad((x: tf.Tensor) => dice(x, g, {squared: true, smoothing: 0}).asScalar())(p);
    return [1 - value(dice(p, g, {squared: true, smoothing: 0})), -slope.dataSync()[0]];
  };
  const [few, many] = [80, 980].map((n) => image(n, 0));
  few.forEach((number, i) => expect(many[i]).toBeCloseTo(number, 6));
  const slopes = [80, 980, 9980].map((n) => image(n, 0.5)[1]);
  // 2 (B − A) / B² with A = 10 and B = n / 4 + 20
  [0.0345679, 0.0071331, 0.0007905].forEach((expected, i) => expect(slopes[i]).toBeCloseTo(expected, 6));
});

test("one p for all pixels and a share f of foreground: the loss is never below 1 − 2 f / (1 + f)", () => {
  const [n, f] = [100, 0.05];
  const mask = tf.tensor2d([Array.from({length: n}, (_, j) => (j < f * n ? 1 : 0))]);
  const losses = [0.01, 0.1, 0.5, 0.9, 1].map((p) => value(dice(tf.fill([1, n], p), mask, bare)));
  losses.forEach((loss) => expect(loss).toBeGreaterThanOrEqual(1 - (2 * f) / (1 + f) - 1e-6));
  expect(losses.at(-1)).toBeCloseTo(1 - (2 * f) / (1 + f), 6);
});

test("a dear miss costs more than a false alarm of the same size", () => {
  const [mask, missed, alarmed] = [[1, 1, 0, 0], [1, 0, 0, 0], [1, 1, 1, 0]].map((row) => tf.tensor2d([row])); // prettier-ignore
  const [miss, alarm] = [missed, alarmed].map((p) => value(tversky(p, mask, bare)));
  expect(miss).toBeCloseTo(1 - 1 / 1.7, 6);
  expect(alarm).toBeCloseTo(1 - 2 / 2.3, 6);
});

test.each(Object.entries(losses))(
  "%s is 0 for a perfect mask and for an empty one, 1 for a disjoint one",
  (_, loss) => {
    const mask = tf.tensor3d([[[1, 0], [1, 1]]]); // prettier-ignore
    expect(value(loss(mask, mask))).toBeCloseTo(0, 6);
    expect(value(loss(tf.zeros([2, 3]), tf.zeros([2, 3])))).toBe(0);
    expect(value(loss(tf.sub(1, mask), mask, bare))).toBe(1);
  }
);

test.each(Object.entries(losses))("%s is a mean over images, each by itself", (_, loss) => {
  const [p, g] = [seeded(6).uniform([2, 9]), tf.round(seeded(7).uniform([2, 9]))];
  const rows = [0, 1].map((i) => value(loss(tf.slice(p, [i, 0], [1, 9]), tf.slice(g, [i, 0], [1, 9]))));
  expect(value(loss(p, g))).toBeCloseTo((rows[0] + rows[1]) / 2, 6);
});

test.each(Object.entries(losses))("%s has the gradient its formula implies", (_, loss) => {
  const g = tf.round(seeded(8).uniform([2, 6]));
  expectGradient((p) => loss(p, g), [2, 6], {at: seeded(9).uniform([2, 6], 0.2, 0.8), within: 1e-3, step: 1e-2});
});

test("V-Net's gradient: ∂D/∂pⱼ = 2 [gⱼ (Σp² + Σg²) − 2 pⱼ Σpg] / (Σp² + Σg²)²", () => {
  const g = [1, 0, 1, 0, 0];
  const sum = (values: number[]) => values.reduce((all, x) => all + x, 0);
  const parts = (p: number[]) => [sum(p.map((x, i) => x * g[i])), sum(p.map((x) => x * x)) + sum(g)];
  const index = (p: number[]) => (2 * parts(p)[0]) / parts(p)[1];
  const gradient = (p: number[]) =>
    p.map((x, j) => (2 * (g[j] * parts(p)[1] - 2 * x * parts(p)[0])) / parts(p)[1] ** 2);
  expectGradient64(index, gradient, [0.7, 0.2, 0.4, 0.9, 0.1]);
});

test("what does not fit is named", () => {
  expect(() => dice(p, tf.zeros([3]))).toThrow("dice: expected masks (1, 3) as predictions, got (3)");
  expect(() => iou(tf.zeros([3]), tf.zeros([3]))).toThrow("iou: expected predictions (B, …), got (3)");
  expect(() => iou(p, g, {smoothing: -1})).toThrow("iou: expected smoothing ≥ 0, got -1");
  expect(() => tversky(p, g, {alpha: -1})).toThrow("tversky: expected alpha ≥ 0 and beta ≥ 0, got -1 and 0.7");
});
