import {describe, expect, test} from "vitest";
import {alignment, uniformity} from "../../src/components/evaluate/alignmentUniformity.js";
import {effectiveRank} from "../../src/components/evaluate/effectiveRank.js";
import {meanAndDeviation} from "../../src/components/evaluate/meanAndDeviation.js";
import {plainProducts} from "../../src/components/evaluate/products.js";
import {normalRows, rowsOf} from "./rowsOf.js";

describe("alignment", () => {
  test("is 0 for equal pairs at any scale, 2^α for opposite ones, √2^α for orthogonal ones", () => {
    const x = normalRows(1, 20, 4);
    const times = (s: number) => ({data: x.data.map((value) => s * value), shape: x.shape});
    expect(alignment(x, times(3))).toBeCloseTo(0, 12);
    expect([alignment(x, times(-2)), alignment(x, times(-2), 1)]).toEqual([expect.closeTo(4, 10), expect.closeTo(2, 10)]); // prettier-ignore
    expect(alignment(rowsOf([[1, 0]]), rowsOf([[0, 5]]))).toBeCloseTo(2, 12);
  });
  test("refuses pairs without partners", () => {
    expect(() => alignment(rowsOf([[1], [1]]), rowsOf([[1]]))).toThrow("alignment: expected 2 rows, got 1");
    expect(() => alignment(rowsOf([[1]]), rowsOf([[1]]), 0)).toThrow("alignment: expected α > 0, got 0");
  });
});

describe("uniformity", () => {
  test("is 0 where all rows have one direction, and −4t for two opposite ones", async () => {
    expect(await uniformity(rowsOf([[1, 1], [2, 2], [3, 3]]))).toBeCloseTo(0, 12); // prettier-ignore
    expect(await uniformity(rowsOf([[1, 1], [-4, -4]]), {t: 3})).toBeCloseTo(-12, 12); // prettier-ignore
  });

  test("of n points evenly on the circle is log((n e^{−2t} I₀(2t) − 1) / (n − 1))", async () => {
    const [n, t] = [600, 2];
    const points = rowsOf(Array.from({length: n}, (_, i) => [Math.cos((2 * Math.PI * i) / n), Math.sin((2 * Math.PI * i) / n)])); // prettier-ignore
    let [bessel, term] = [0, 1]; // I₀(z) = Σ (z/2)^{2m} / m!²
    for (let m = 1; m < 60; ++m) [bessel, term] = [bessel + term, (term * t * t) / (m * m)];
    const expected = Math.log((n * Math.exp(-2 * t) * bessel - 1) / (n - 1));
    expect(await uniformity(points, {t})).toBeCloseTo(expected, 10);
  });

  test("of random directions in space nears log(e^{−2t} sinh(2t) / 2t)", async () => {
    const expected = Math.log((Math.exp(-4) * Math.sinh(4)) / 4);
    expect(Math.abs((await uniformity(normalRows(3, 1500, 3))) - expected)).toBeLessThan(0.02);
  });

  test("refuses one row", async () => {
    await expect(uniformity(rowsOf([[1, 2]]))).rejects.toThrow("uniformity: expected at least 2 rows, got 1");
  });
});

/** Columns of unit length, each at right angles to the others. */
async function orthonormal(rows: number, columns: number): Promise<number[][]> {
  const x = Array.from({length: columns}, (_, j) => Array.from(normalRows(j, 1, rows).data));
  x.forEach((column, j) => {
    for (const before of x.slice(0, j)) {
      const along = column.reduce((sum, value, i) => sum + value * before[i], 0);
      before.forEach((value, i) => (column[i] -= along * value));
    }
    const length = Math.hypot(...column);
    column.forEach((value, i) => (column[i] = value / length));
  });
  return x;
}

describe("effectiveRank", () => {
  test("is r for r equal singular values, in wide and in tall matrices", async () => {
    const u = await orthonormal(30, 4);
    const v = await orthonormal(7, 4);
    const rows = (m: number[][], n: number[][]) =>
      rowsOf(m[0].map((_, i) => n[0].map((_, j) => 5 * m.reduce((sum, column, k) => sum + column[i] * n[k][j], 0))));
    expect(await effectiveRank(rows(u, v))).toBeCloseTo(4, 5);
    expect(await effectiveRank(rows(v, u))).toBeCloseTo(4, 5);
  });

  test("is 1 for rank 1, and exp(H) of singular values 3, 2, 1", async () => {
    expect(await effectiveRank(rowsOf([[1, 2], [2, 4], [-3, -6]]))).toBeCloseTo(1, 5); // prettier-ignore
    const h = -[3, 2, 1].reduce((sum, s) => sum + (s / 6) * Math.log(s / 6), 0);
    expect(await effectiveRank(rowsOf([[3, 0, 0], [0, 2, 0], [0, 0, 1]]))).toBeCloseTo(Math.exp(h), 10); // prettier-ignore
  });

  test("ignores the scale and a rotation of the features, and never exceeds min(N, D)", async () => {
    const x = normalRows(2, 40, 5);
    const [c, s] = [Math.cos(1), Math.sin(1)];
    const turned = x.data.map((value, i) =>
      i % 5 === 0 ? 3 * (c * value - s * x.data[i + 1]) : i % 5 === 1 ? 3 * (s * x.data[i - 1] + c * value) : 3 * value
    );
    const rank = await effectiveRank(x);
    expect(await effectiveRank({data: turned, shape: [40, 5]})).toBeCloseTo(rank, 9);
    expect(rank).toBeGreaterThan(4.5);
    expect(rank).toBeLessThanOrEqual(5);
  });

  test("refuses zeros", async () => {
    await expect(effectiveRank(rowsOf([[0, 0]]))).rejects.toThrow("effectiveRank: expected features that are not all");
  });
});

test("mean and deviation over n − 1", () => {
  expect(meanAndDeviation([1, 2, 3, 4])).toEqual({mean: 2.5, deviation: Math.sqrt(5 / 3)});
  expect(meanAndDeviation([7])).toEqual({mean: 7, deviation: 0});
});

test("products are asked for chunk by chunk and give what all at once would", async () => {
  const x = normalRows(5, 300, 3);
  const asked: number[] = [];
  const watched = {...plainProducts, ofRows: (a: typeof x, b: typeof x) => (asked.push(a.shape[0]), plainProducts.ofRows(a, b))}; // prettier-ignore
  const found = await uniformity(x, {products: watched});
  expect(asked).toEqual([256, 44]);
  let sum = 0;
  for (let i = 0; i < 300; ++i)
    for (let j = 0; j < 300; ++j) {
      const [a, b] = [i, j].map((row) => Array.from(x.data.slice(3 * row, 3 * row + 3)));
      const distance = a.reduce((all, value, k) => all + (value / Math.hypot(...a) - b[k] / Math.hypot(...b)) ** 2, 0);
      if (i !== j) sum += Math.exp(-2 * distance);
    }
  expect(found).toBeCloseTo(Math.log(sum / (300 * 299)), 10);
});
