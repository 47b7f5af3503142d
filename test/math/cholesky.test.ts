import {expect, test} from "vitest";
import {cholesky, choleskySolve} from "../../src/components/math/cholesky.js";
import * as m from "../../src/components/math/matrix.js";
import {rng} from "../../src/components/math/random.js";

const n = 7;
const x = rng(1).normal(n * n);
const root = m.build(n, n, (i, j) => x[i * n + j]);
const a = m.add(m.multiply(root, m.transpose(root)), m.identity(n), 0.1);

test("L Lᵀ = A, whatever stands above the diagonal", () => {
  const flat = a.flatMap((row, i) => row.map((value, j) => (j > i ? 99 : value)));
  const {lower} = cholesky(flat);
  const l = m.build(n, n, (i, j) => (j > i ? 0 : lower[i * n + j]));
  expect(m.norm(m.add(m.multiply(l, m.transpose(l)), a, -1))).toBeLessThan(1e-13);
  expect([...cholesky([4, 0, 2, 5]).lower]).toEqual([2, 0, 1, 2]); // [[4, 2], [2, 5]] by hand
});

test("A x = b", () => {
  const b = Float64Array.from({length: n}, (_, i) => i - 3);
  const found = choleskySolve(cholesky(a.flat()), b);
  m.apply(a, [...found]).forEach((value, i) => expect(value).toBeCloseTo(b[i], 11));
  expect([...b]).toEqual([-3, -2, -1, 0, 1, 2, 3]);
  const both = choleskySolve(cholesky(a.flat()), Float64Array.of(...b, ...b.map((value) => 2 * value)));
  expect([...both]).toEqual([...found, ...found.map((value) => 2 * value)]);
});

test("what is not positive definite is refused", () => {
  expect(() => cholesky([1, 2, 2, 1])).toThrow(
    "cholesky: expected a positive definite matrix, got the pivot -3 in row 1"
  );
  expect(() => cholesky([1, 2])).toThrow("cholesky: expected a square matrix, got 2 numbers");
});
