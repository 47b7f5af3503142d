import {expect, test} from "vitest";
import {eigen} from "../../src/components/math/eigen.js";
import * as m from "../../src/components/math/matrix.js";
import {rng} from "../../src/components/math/random.js";

function symmetric(seed: number, n: number): m.Matrix {
  const x = rng(seed).normal(n * n);
  return m.build(n, n, (i, j) => x[i * n + j] + x[j * n + i]);
}
const distance = (a: m.Matrix, b: m.Matrix) => m.norm(m.add(a, b, -1));

test("[[2, 1], [1, 2]] has eigenvalues 3 and 1 along the diagonals", () => {
  const a = [
    [2, 1],
    [1, 2]
  ];
  const {values, vectors} = eigen(a);
  expect(values[0]).toBeCloseTo(3, 14);
  expect(values[1]).toBeCloseTo(1, 14);
  expect(Math.abs(vectors[0][0])).toBeCloseTo(Math.SQRT1_2, 14);
  expect(vectors[0][1] * vectors[1][1]).toBeCloseTo(-0.5, 14);
});

test("A = V diag(λ) Vᵀ with orthonormal V, largest first", () => {
  for (const n of [1, 2, 7, 30]) {
    const a = symmetric(n, n);
    const {values, vectors} = eigen(a);
    expect(distance(m.multiply(m.multiply(vectors, m.diagonal(values)), m.transpose(vectors)), a)).toBeLessThan(1e-12 * n); // prettier-ignore
    expect(distance(m.multiply(m.transpose(vectors), vectors), m.identity(n))).toBeLessThan(1e-13 * n);
    expect([...values].sort((x, y) => y - x)).toEqual(values);
  }
});

test("the path's second difference has eigenvalues 2 − 2 cos(πk / (n + 1))", () => {
  const n = 12;
  const a = m.build(n, n, (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0));
  const expected = Array.from({length: n}, (_, k) => 2 - 2 * Math.cos((Math.PI * (n - k)) / (n + 1)));
  eigen(a).values.forEach((value, k) => expect(value).toBeCloseTo(expected[k], 13));
});

test("equal eigenvalues, zeros and signs are no trouble", () => {
  expect(eigen(m.identity(3)).values).toEqual([1, 1, 1]);
  expect(eigen(m.build(3, 3, () => 0)).values).toEqual([0, 0, 0]);
  const ones = eigen(m.build(4, 4, () => -1)).values;
  expect(ones[3]).toBeCloseTo(-4, 13);
  for (const value of ones.slice(0, 3)) expect(Math.abs(value)).toBeLessThan(1e-14);
});

test("what is not symmetric is refused", () => {
  const skewed = [
    [1, 2],
    [3, 4]
  ];
  expect(() => eigen(skewed)).toThrow("eigen: expected a symmetric matrix, got ‖A − Aᵀ‖ = 1.41");
  expect(() => eigen([[1, 2]])).toThrow("eigen: expected a square matrix, got 1 × 2");
  expect(() => eigen([[NaN]])).toThrow("eigen: expected a symmetric matrix");
});
