import {describe, expect, test} from "vitest";
import {silhouette} from "../../src/components/evaluate/silhouette.js";
import {rng} from "../../src/components/math/random.js";

const rowsOf = (rows: number[][]) => ({data: Float64Array.from(rows.flat()), shape: [rows.length, rows[0].length]});
const unit = (x: number[]) => x.map((value) => value / Math.hypot(...x));
const square = (x: number[], y: number[]) => x.reduce((sum, value, d) => sum + (value - y[d]) ** 2, 0);

/** The definition: every pair of points. */
function pairs(rows: number[][], clusters: number[]): number[] {
  const mean = (i: number, cluster: number) => {
    const others = rows.filter((_, j) => j !== i && clusters[j] === cluster);
    return others.reduce((sum, row) => sum + square(rows[i], row), 0) / others.length;
  };
  return rows.map((_, i) => {
    const own = clusters[i];
    if (clusters.filter((cluster) => cluster === own).length === 1) return 0;
    const b = Math.min(
      ...[...new Set(clusters)].filter((cluster) => cluster !== own).map((cluster) => mean(i, cluster))
    );
    const a = mean(i, own);
    return (b - a) / Math.max(a, b);
  });
}

describe("silhouette", () => {
  test.each([false, true])(
    "is that of all pairs, with a cluster of one point and one of none, cosine %s",
    async (cosine) => {
      const draws = rng(1).normal(30 * 4);
      const rows = Array.from({length: 30}, (_, i) => Array.from(draws.slice(4 * i, 4 * i + 4)));
      const clusters = rows.map((_, i) => (i === 7 ? 4 : i % 3)); // 3 is empty
      const got = await silhouette(rowsOf(rows), clusters, {cosine});
      pairs(cosine ? rows.map(unit) : rows, clusters).forEach((s, i) => expect(got[i]).toBeCloseTo(s, 10));
      expect(got[7]).toBe(0);
    }
  );

  test("is near 1 for clusters far apart, below 0 where two are exchanged, and does not mind a scale", async () => {
    const rows = [[0, 0], [0, 1], [50, 0], [50, 1]]; // prettier-ignore
    const right = await silhouette(rowsOf(rows), [0, 0, 1, 1]);
    expect(Math.min(...right)).toBeGreaterThan(0.999);
    const wrong = await silhouette(rowsOf(rows), [0, 1, 1, 0]);
    expect(Math.max(...wrong)).toBeLessThan(0);
    const scaled = await silhouette(rowsOf(rows.map((row) => row.map((x) => 3 * x))), [0, 0, 1, 1]);
    scaled.forEach((s, i) => expect(s).toBeCloseTo(right[i], 12));
  });

  test("by hand: 0, 1 and 3, 4 on a line", async () => {
    const got = await silhouette(rowsOf([[0], [1], [3], [4]]), [0, 0, 1, 1]);
    expect(Array.from(got)).toEqual(
      [11.5 / 12.5, 5.5 / 6.5, 5.5 / 6.5, 11.5 / 12.5].map((x) => expect.closeTo(x, 12) as number)
    );
  });

  test("one cluster has no next one", async () => {
    await expect(silhouette(rowsOf([[0], [1]]), [0, 0])).rejects.toThrow(
      "silhouette: expected at least two clusters with points"
    );
    await expect(silhouette(rowsOf([[0], [1]]), [0])).rejects.toThrow("silhouette: expected 2 clusters, got 1");
  });
});
