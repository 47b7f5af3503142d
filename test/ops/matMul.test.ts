import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {matMul} from "../../src/components/ops/matMul.js";
import {expectGradient, seeded, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

const flags = [false, true].flatMap((transposeA) => [false, true].map((transposeB) => ({transposeA, transposeB})));
const sizes = [[], [3], [2, 3]].flatMap((leading) => flags.map((options) => ({leading, ...options})));
const [I, K, J] = [5, 18, 7];

onBackends(() => {
  test.each(sizes)("matMul is Σₖ aᵢₖ bₖⱼ, with both gradients: %j", ({leading, transposeA, transposeB}) => {
    const shapeA = [...leading, ...(transposeA ? [K, I] : [I, K])];
    const shapeB = [...leading, ...(transposeB ? [J, K] : [K, J])];
    const [a, b] = [seeded(1).normal(shapeA), seeded(2).normal(shapeB)];
    const product = values(matMul(a, b, {transposeA, transposeB}));
    const [A, B] = [values(a), values(b)];
    const batches = leading.reduce((count, n) => count * n, 1);
    for (let n = 0; n < batches; ++n)
      for (let i = 0; i < I; ++i)
        for (let j = 0; j < J; ++j) {
          let sum = 0;
          for (let k = 0; k < K; ++k)
            sum +=
              A[n * I * K + (transposeA ? k * I + i : i * K + k)] * B[n * K * J + (transposeB ? j * K + k : k * J + j)];
          expect(product[(n * I + i) * J + j]).toBeCloseTo(sum, 4);
        }
    const weights = seeded(3).normal([...leading, I, J]);
    const loss = (x: tf.Tensor, y: tf.Tensor) => tf.sum(tf.mul(matMul(x, y, {transposeA, transposeB}), weights));
    expectGradient((x) => loss(x, b), shapeA, {at: a});
    expectGradient((y) => loss(a, y), shapeB, {at: b});
  });

  test("the gradient of matMul has a gradient", () => {
    const b = seeded(2).normal([4, 3]);
    const slope = (a: tf.Tensor) => tf.sum(tf.square(tf.grad((y: tf.Tensor) => tf.sum(tf.square(matMul(a, y))))(b)));
    expectGradient((a) => tf.mul(slope(a), 1e-3), [2, 4], {within: 2e-3});
  });
});

describe("matMul names both shapes", () => {
  test.each([
    [[2, 3], [2, 4], {}, "(2, 3) × (2, 4)"],
    [[2, 3], [2, 4], {transposeB: true}, "(2, 3) × (2, 4)ᵀ"],
    [[2, 2, 3], [3, 4], {}, "(2, 2, 3) × (3, 4)"],
    [[2, 2, 3], [3, 3, 4], {}, "(2, 2, 3) × (3, 3, 4)"]
  ])("%j × %j %j", (a, b, options, got) => {
    expect(() => matMul(tf.zeros(a), tf.zeros(b), options)).toThrow(
      `matMul: expected (…, I, K) × (…, K, J), got ${got}`
    );
  });
});
