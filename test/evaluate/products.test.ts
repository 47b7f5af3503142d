import {expect, test} from "vitest";
import {plainProducts} from "../../src/components/evaluate/products.js";
import {normalRows, rowsOf} from "./rowsOf.js";

test("inner products of rows and of columns are the sums they say, also across blocks and tails", async () => {
  for (const [m, n, d] of [
    [1, 1, 1],
    [3, 70, 5],
    [65, 130, 8]
  ]) {
    const [a, b] = [normalRows(1, m, d), normalRows(2, n, d)];
    const rows = await plainProducts.ofRows(a, b);
    expect(rows.shape).toEqual([m, n]);
    for (let i = 0; i < m; ++i)
      for (let j = 0; j < n; ++j) {
        let sum = 0;
        for (let k = 0; k < d; ++k) sum += a.data[i * d + k] * b.data[j * d + k];
        expect(rows.data[i * n + j]).toBeCloseTo(sum, 12);
      }
  }
});

test("AᵀB of rows is that of columns of the transposes", async () => {
  const a = rowsOf([[1, 2], [3, 4], [0, 6]]); // prettier-ignore
  const b = rowsOf([[1, 0, 2], [0, 1, 1], [2, 2, 0]]); // prettier-ignore
  const {data, shape} = await plainProducts.ofColumns(a, b);
  expect(shape).toEqual([2, 3]);
  expect([...data]).toEqual([1, 3, 5, 14, 16, 8]);
});
