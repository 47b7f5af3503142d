import {describe, expect, test} from "vitest";
import {ari} from "../../src/components/evaluate/ari.js";
import {clusteringAccuracy} from "../../src/components/evaluate/clusteringAccuracy.js";
import {hungarian} from "../../src/components/evaluate/hungarian.js";
import {nmi} from "../../src/components/evaluate/nmi.js";
import {rng} from "../../src/components/math/random.js";

/** Every ordering of the given numbers. */
const orderings = (items: number[]): number[][] =>
  items.length ? items.flatMap((x) => orderings(items.filter((y) => y !== x)).map((rest) => [x, ...rest])) : [[]];

describe("hungarian", () => {
  const total = (cost: number[][], columns: number[]) => columns.reduce((sum, j, i) => sum + cost[i][j], 0);

  test("has the least cost of all assignments, square and with columns to spare", () => {
    for (let seed = 0; seed < 60; ++seed) {
      const [m, n] = [1 + (seed % 5), 1 + (seed % 5) + (seed % 3)];
      const draws = seed % 2 ? rng(seed).normal(m * n) : rng(seed).integers(m * n, 4); // ties, and costs below 0
      const cost = Array.from({length: m}, (_, i) => Array.from(draws.slice(i * n, (i + 1) * n)));
      const least = Math.min(...orderings([...Array(n).keys()]).map((order) => total(cost, order.slice(0, m))));
      const found = hungarian(cost);
      expect(new Set(found).size).toBe(m);
      expect(total(cost, found)).toBeCloseTo(least, 10);
    }
  });

  test("what cannot be assigned is refused", () => {
    expect(() => hungarian([[1], [2]])).toThrow("hungarian: expected at most as many rows as columns, got 2 × 1");
    expect(() => hungarian([[1, NaN]])).toThrow("hungarian: expected finite costs, got NaN");
    expect(() => hungarian([[1, 2], [3]])).toThrow("hungarian: expected rows of 2 costs, got 1");
  });
});

// Two clusters and two classes: cluster 0 holds 3 of class 0 and 1 of class 1, cluster 1 holds 1 and 3.
const clusters = [0, 0, 0, 0, 1, 1, 1, 1];
const labels = [0, 0, 0, 1, 0, 1, 1, 1];

test("golden values by hand: accuracy 6/8, NMI 1 − H(1/4) / log 2, ARI 1/7·…", () => {
  expect(clusteringAccuracy(clusters, labels)).toEqual({accuracy: 0.75, matching: [0, 1]});
  const h = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
  expect(nmi(clusters, labels)).toBeCloseTo(1 - h / Math.LN2, 12);
  // pairs within cells 3 + 0 + 0 + 3 = 6; within clusters 12, within classes 12, of all 28: E = 144 / 28
  expect(ari(clusters, labels)).toBeCloseTo((6 - 144 / 28) / (12 - 144 / 28), 12);
  // cells 2, 1, 1, 2 of three clusters: Σ C = 2; P = 3, Q = 1 + 1 + 3 …: [0,0,1,1,2,2] against [0,0,1,2,2,2]
  expect(ari([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2])).toBeCloseTo((2 - 12 / 15) / (3.5 - 12 / 15), 12);
});

test("equal labellings score 1 whatever the labels are called", () => {
  const truth = Array.from(rng(1).integers(300, 6));
  const renamed = truth.map((label) => [4, 2, 0, 5, 1, 3][label]);
  expect(clusteringAccuracy(renamed, truth)).toEqual({accuracy: 1, matching: [2, 4, 1, 5, 0, 3]});
  expect(nmi(renamed, truth)).toBeCloseTo(1, 12);
  expect(ari(renamed, truth)).toBe(1);
});

test("renaming either side changes nothing, and NMI and ARI are symmetric", () => {
  const [a, b] = [Array.from(rng(1).integers(200, 4)), Array.from(rng(2).integers(200, 5))];
  const renamed = a.map((label) => (label + 1) % 4);
  for (const score of [nmi, ari]) {
    expect(score(renamed, b)).toBeCloseTo(score(a, b), 12);
    expect(score(b, a)).toBeCloseTo(score(a, b), 12);
  }
  expect(clusteringAccuracy(renamed, b).accuracy).toBe(clusteringAccuracy(a, b).accuracy);
});

test("random labellings have ARI 0 in the mean, NMI near 0, and accuracy above 1/K by the matching alone", () => {
  const scores = Array.from({length: 200}, (_, i) => {
    const [a, b] = [rng(i).fork("a").integers(100, 4), rng(i).fork("b").integers(100, 4)];
    return {ari: ari(a, b), nmi: nmi(a, b), accuracy: clusteringAccuracy(a, b).accuracy};
  });
  const mean = (name: "ari" | "nmi" | "accuracy") => scores.reduce((sum, s) => sum + s[name], 0) / 200;
  expect(Math.abs(mean("ari"))).toBeLessThan(0.004);
  expect(mean("nmi")).toBeGreaterThan(0);
  expect(mean("nmi")).toBeLessThan(0.06);
  expect(mean("accuracy")).toBeGreaterThan(0.25);
  expect(Math.min(...scores.map((s) => s.ari))).toBeLessThan(0);
});

test("independent labellings have NMI 0; one cluster for all says nothing", () => {
  expect(nmi([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(0, 12);
  expect([nmi([0, 0, 0, 0], labels.slice(0, 4)), ari([0, 0, 0, 0], [0, 1, 0, 1])]).toEqual([0, 0]);
  expect([nmi([0, 0], [0, 0]), ari([0, 0], [0, 0]), ari([0, 1], [0, 1])]).toEqual([1, 1, 1]);
  expect(clusteringAccuracy([0, 0, 0, 0], [0, 1, 2, 2])).toEqual({accuracy: 0.5, matching: [2]});
});

test("a cluster too many matches no class", () => {
  const {accuracy, matching} = clusteringAccuracy([0, 0, 1, 2, 2], [0, 0, 0, 1, 1]);
  expect([accuracy, matching]).toEqual([0.8, [0, -1, 1]]);
});

test("labellings of different records are refused", () => {
  expect(() => ari([0], [0, 1])).toThrow("ari: expected two labellings of the same records, got 1 and 2");
  expect(() => nmi([0, -1], [0, 1])).toThrow("nmi: expected whole labels ≥ 0, got -1 in row 1");
  expect(() => clusteringAccuracy([], [])).toThrow("clusteringAccuracy: expected two labellings");
});
