import {expect, test} from "vitest";
import {eigen} from "../../src/components/math/eigen.js";
import * as m from "../../src/components/math/matrix.js";
import {pseudoInverse} from "../../src/components/math/pseudoInverse.js";
import {rng} from "../../src/components/math/random.js";
import {svd} from "../../src/components/math/svd.js";

const random = (seed: number, rows: number, columns: number): m.Matrix => {
  const x = rng(seed).normal(rows * columns);
  return m.build(rows, columns, (i, j) => x[i * columns + j]);
};
const distance = (a: m.Matrix, b: m.Matrix) => m.norm(m.add(a, b, -1));
const product = (...factors: m.Matrix[]) => factors.reduce(m.multiply);

test("A = U Σ Vᵀ with orthonormal columns, values falling: ‖A − UΣVᵀ‖ / ‖A‖ < 1e-13", () => {
  for (const [rows, columns] of [
    [1, 1],
    [5, 3],
    [3, 5],
    [1, 4],
    [20, 20],
    [60, 12]
  ]) {
    // prettier-ignore
    const a = random(rows * 100 + columns, rows, columns);
    const {u, values, v} = svd(a);
    const k = Math.min(rows, columns);
    expect([m.shapeOf(u), values.length, m.shapeOf(v)]).toEqual([[rows, k], k, [columns, k]]);
    expect(distance(product(u, m.diagonal(values), m.transpose(v)), a) / m.norm(a)).toBeLessThan(1e-13);
    for (const factor of [u, v]) expect(distance(product(m.transpose(factor), factor), m.identity(k))).toBeLessThan(1e-12); // prettier-ignore
    expect([...values].sort((x, y) => y - x)).toEqual(values);
  }
});

test("[[3, 0], [4, 5]] has σ = √45, √5", () => {
  const {values} = svd([
    [3, 0],
    [4, 5]
  ]);
  expect(values[0]).toBeCloseTo(Math.sqrt(45), 14);
  expect(values[1]).toBeCloseTo(Math.sqrt(5), 14);
});

test("σ² are the eigenvalues of AᵀA, Σσ² = ‖A‖²_F, Πσ = |det A|", () => {
  const a = random(4, 9, 9);
  const {values} = svd(a);
  const squares = eigen(product(m.transpose(a), a)).values;
  values.forEach((value, i) => expect(Math.abs(value ** 2 - squares[i])).toBeLessThan(1e-12 * squares[0]));
  expect(Math.hypot(...values) / m.norm(a)).toBeCloseTo(1, 13);
  expect(values.reduce((all, value) => all * value) / Math.abs(m.determinant(a))).toBeCloseTo(1, 12);
});

test("a rank below full: the other values are rounding, U and V stay orthonormal", () => {
  const a = product(random(1, 12, 3), random(2, 3, 8));
  const {u, values, v} = svd(a);
  for (const value of values.slice(3)) expect(value).toBeLessThan(1e-14 * values[0]);
  for (const factor of [u, v]) expect(distance(product(m.transpose(factor), factor), m.identity(8))).toBeLessThan(1e-12); // prettier-ignore
  const zero = svd(m.build(3, 2, () => 0));
  expect(zero.values).toEqual([0, 0]);
  expect(distance(product(m.transpose(zero.u), zero.u), m.identity(2))).toBe(0);
});

test("small values keep their digits, which AᵀA loses: diag(1, 1e-9) turned on both sides", () => {
  const turn = (angle: number) => [
    [Math.cos(angle), -Math.sin(angle)],
    [Math.sin(angle), Math.cos(angle)]
  ];
  const a = product(turn(0.3), m.diagonal([1, 1e-9]), m.transpose(turn(1.1)));
  expect(Math.abs(svd(a).values[1] / 1e-9 - 1)).toBeLessThan(1e-6); // the entries of A themselves are rounded at 1e-16
  expect(Math.abs(eigen(product(m.transpose(a), a)).values[1] / 1e-18 - 1)).toBeGreaterThan(0.5);
});

test("the Läuchli columns: σ = √(3 + e²), e, e", () => {
  const e = 1e-10;
  const {values} = svd([[1, 1, 1], [e, 0, 0], [0, e, 0], [0, 0, e]]); // prettier-ignore
  expect(values[0]).toBeCloseTo(Math.sqrt(3), 14);
  for (const value of values.slice(1)) expect(Math.abs(value / e - 1)).toBeLessThan(1e-12);
});

test("A⁺ meets Penrose's four conditions, at full rank and below", () => {
  for (const a of [random(5, 7, 4), random(6, 4, 7), product(random(7, 6, 2), random(8, 2, 5))]) {
    const plus = pseudoInverse(a);
    const [left, right] = [product(a, plus), product(plus, a)];
    expect(distance(product(left, a), a)).toBeLessThan(1e-12);
    expect(distance(product(right, plus), plus)).toBeLessThan(1e-12);
    for (const projection of [left, right]) expect(distance(projection, m.transpose(projection))).toBeLessThan(1e-12);
  }
});

test("what is not finite, or empty, is refused", () => {
  expect(() => svd([[1, NaN]])).toThrow("svd: expected finite numbers");
  expect(() => svd([])).toThrow("svd: expected at least one row, got none");
});
