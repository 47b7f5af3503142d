import {expect, test} from "vitest";
import {clusteringAccuracy} from "../../src/components/evaluate/clusteringAccuracy.js";
import {kMeans, nearestCentre} from "../../src/components/evaluate/kMeans.js";
import {kMeansPlusPlus} from "../../src/components/evaluate/kMeansPlusPlus.js";
import {lloyd} from "../../src/components/evaluate/lloyd.js";
import {plainProducts as products} from "../../src/components/evaluate/products.js";
import {normalised, type Rows} from "../../src/components/evaluate/rows.js";
import {rng} from "../../src/components/math/random.js";
import {blobs, normalRows, rowsOf} from "./rowsOf.js";

const square = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0);
const row = ({data, shape}: Rows, i: number) => Array.from(data.slice(i * shape[1], (i + 1) * shape[1]));

/** The least inertia over all ways to put the points into K clusters. */
function optimum(points: Rows, clusters: number): number {
  const [count, columns] = points.shape;
  let least = Infinity;
  for (let code = 0; code < clusters ** count; ++code) {
    const of = Array.from({length: count}, (_, n) => Math.floor(code / clusters ** n) % clusters);
    let inertia = 0;
    for (let k = 0; k < clusters; ++k) {
      const members = of.flatMap((cluster, n) => (cluster === k ? [row(points, n)] : []));
      const mean = Array.from({length: columns}, (_, j) => members.reduce((sum, x) => sum + x[j], 0) / members.length);
      inertia += members.reduce((sum, x) => sum + square(x, mean), 0);
    }
    least = Math.min(least, inertia);
  }
  return least;
}

test("with restarts it reaches the optimum of tiny sets, found by trying everything", async () => {
  for (let seed = 0; seed < 5; ++seed) {
    const points = normalRows(seed, 8, 2);
    const {inertia} = await kMeans(points, 3, {seed});
    expect(inertia).toBeCloseTo(optimum(points, 3), 10);
  }
});

test("inertia never rises, with squared distances and with cosines", async () => {
  for (const cosine of [false, true])
    for (let seed = 0; seed < 10; ++seed) {
      const {course, inertia} = await kMeans(normalRows(seed, 200, 3), 7, {seed, restarts: 1, cosine});
      expect(course.length).toBeGreaterThan(2);
      for (let i = 1; i < course.length; ++i) expect(course[i]).toBeLessThanOrEqual(course[i - 1] * (1 + 1e-12));
      expect(course.at(-1)).toBe(inertia);
    }
});

test("points lie with their nearest centre and centres are means: a fixed point of both halves", async () => {
  const points = normalRows(4, 120, 3);
  const {centres, clusters, inertia} = await kMeans(points, 5, {seed: 1});
  let sum = 0;
  for (let n = 0; n < 120; ++n) {
    const distances = Array.from({length: 5}, (_, k) => square(row(points, n), row(centres, k)));
    expect(distances[clusters[n]]).toBeCloseTo(Math.min(...distances), 12);
    sum += distances[clusters[n]];
  }
  expect(inertia).toBeCloseTo(sum, 9);
  const mean = Array.from({length: 3}, (_, j) => {
    const members = Array.from(clusters.keys()).filter((n) => clusters[n] === 2);
    return members.reduce((sum, n) => sum + row(points, n)[j], 0) / members.length;
  });
  expect(square(mean, row(centres, 2))).toBeLessThan(1e-6);
  expect(await nearestCentre(points, centres)).toEqual(clusters);
});

test("a centre that has lost its points moves to the farthest point, two of them to two points", async () => {
  const points = rowsOf([[0], [1], [10], [20]]);
  const [run] = await lloyd(points, [rowsOf([[0.5], [100], [200]])], {products, spherical: false});
  expect(new Set(run.clusters).size).toBe(3);
  expect(run.inertia).toBeCloseTo(0.5, 12);
  const [apart] = await lloyd(points, [rowsOf([[0], [100], [200], [300]])], {products, spherical: false});
  expect([apart.inertia, [...apart.clusters].sort()]).toEqual([0, [0, 1, 2, 3]]);
});

test("equal points for several centres: no NaN, inertia 0", async () => {
  const {centres, inertia} = await kMeans({data: new Float64Array(10).fill(3), shape: [5, 2]}, 3, {restarts: 2});
  expect(inertia).toBe(0);
  expect([...centres.data].every(Number.isFinite)).toBe(true);
});

test("the cosine option sees directions alone, and its centres have length 1", async () => {
  const points = blobs(3, {noise: 0.5}).features;
  const scaled = {data: points.data.map((x, i) => x * (1 + (Math.floor(i / 4) % 5))), shape: points.shape};
  const [a, b] = [await kMeans(points, 3, {cosine: true}), await kMeans(scaled, 3, {cosine: true})];
  expect(b.clusters).toEqual(a.clusters);
  for (let k = 0; k < 3; ++k) expect(Math.hypot(...row(a.centres, k))).toBeCloseTo(1, 12);
  const unit = normalised(points);
  const expected = Array.from(a.clusters).reduce((sum, k, n) => sum + square(row(unit, n), row(a.centres, k)), 0);
  expect(a.inertia).toBeCloseTo(expected, 10);
});

test("opposite directions in one cluster have no mean direction; the centre stays", async () => {
  const points = rowsOf([[1, 0], [-1, 0]]); // prettier-ignore
  const [run] = await lloyd(points, [rowsOf([[0, 1]])], {products, spherical: true});
  expect([[...run.centres.data], run.inertia]).toEqual([[0, 1], 4]);
});

test("k-means++ draws the far point with the probability of its squared distance", async () => {
  const points = rowsOf([[0], [1], [3]]);
  const streams = Array.from({length: 3000}, (_, i) => rng(7).fork(i));
  const drawn = await kMeansPlusPlus(points, 2, streams, products);
  const fromFirst = drawn.filter(([first]) => first === 0);
  const far = fromFirst.filter(([, second]) => second === 2).length / fromFirst.length;
  expect(Math.abs(fromFirst.length / 3000 - 1 / 3)).toBeLessThan(0.035);
  expect(Math.abs(far - 0.9)).toBeLessThan(0.04); // 9 / (1 + 9), four deviations of 1,000 draws
  expect(drawn.every(([first, second]) => first !== second)).toBe(true);
});

test("clear groups are found, and the same seed finds the same", async () => {
  const {features, labels} = blobs(5, {classes: 4});
  const [a, b] = [await kMeans(features, 4, {seed: 3}), await kMeans(features, 4, {seed: 3})];
  expect(clusteringAccuracy(a.clusters, labels).accuracy).toBe(1);
  expect(b).toEqual(a);
});

test("more clusters than points are refused", async () => {
  await expect(kMeans(rowsOf([[1], [2]]), 3)).rejects.toThrow("kMeans: expected 1 to 2 clusters for 2 points, got 3");
  await expect(kMeans(rowsOf([[1]]), 1, {restarts: 0})).rejects.toThrow("kMeans: expected restarts ≥ 1, got 0");
});
