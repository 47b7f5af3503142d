import {describe, expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {judge} from "../../src/components/ui/verify.js";
import {matched} from "../../src/week3/dino/matched.js";
import {entropy, momentumAfter, recentred, sharpened, told} from "../../src/week3/dino/teacher.js";
import {answers, table} from "../../src/week3/dinoAnswers.js";
import {clustered} from "../../src/week3/dinoLook.js";

const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]; // prettier-ignore

/** Ways to the answers that share no code with the page. */
const independent: Record<string, number> = {
  "ex-uniform": 10 * Math.LN2,
  "ex-terms": Array.from({length: 2}, (_, t) => Array.from({length: 8}, (_, s) => (s === t ? 0 : 1)))
    .flat()
    .reduce((a: number, b) => a + b, 0),
  "ex-schedule": 0.998,
  "ex-centre": (() => {
    let [left, steps] = [1, 0];
    for (; left > 0.01; ++steps) left *= 0.9;
    return steps;
  })(),
  "ex-spherical": [
    [1, 0],
    [0, 1]
  ].reduce((sum, [x, y]) => sum + (x - Math.SQRT1_2) ** 2 + (y - Math.SQRT1_2) ** 2, 0),
  "ex-silhouette": 11 / 13,
  "ex-matching": Math.max(...orders.map((order) => order.reduce((sum, label, c) => sum + table[c][label], 0))) / 20
};

describe("answers", () => {
  test.each(Object.entries(independent))("%s by another way", (id, other) => {
    expect(judge(answers[id] as never, String(other))).toMatchObject({passed: true});
    expect(judge(answers[id] as never, String(other * 1.02))).toMatchObject({passed: false});
  });
});

test("both collapses tell nothing, and one prototype an image tells ln K", () => {
  const oneHot = (k: number) => Array.from({length: 4}, (_, j) => (j === k ? 1 : 0));
  expect(told([0, 1, 2, 3].map(() => [0.25, 0.25, 0.25, 0.25]))).toBeCloseTo(0, 12);
  expect(told([0, 1, 2, 3].map(() => oneHot(2)))).toBeCloseTo(0, 12);
  expect(told([0, 1, 2, 3].map(oneHot))).toBeCloseTo(Math.log(4), 12);
});

test("a shift of all scores by one vector is gone when the centre has followed it", () => {
  const outputs = Array.from({length: 6}, (_, i) => Array.from(rng(i).normal(5)));
  const settled = (rows: number[][]) => {
    let centre = Array(5).fill(0) as number[];
    for (let t = 0; t < 500; ++t) centre = recentred(centre, rows, 0.9);
    return rows.map((g) => sharpened(g, centre, 0.5));
  };
  const moved = outputs.map((g) => g.map((x, k) => x + 3 * k));
  settled(moved).forEach((p, i) => p.forEach((x, k) => expect(x).toBeCloseTo(settled(outputs)[i][k], 10)));
});

test("the teacher's momentum rises from its first value to 1", () => {
  expect([0, 1].map((part) => momentumAfter(part, 0.99))).toEqual([0.99, 1]);
  expect(entropy([0.5, 0.5, 0])).toBeCloseTo(Math.LN2, 12);
});

test("renamed clusters are matched without loss, and what is wrong stands beside the diagonal", () => {
  const labels = [0, 0, 1, 1, 2, 2];
  const renamed = [2, 2, 0, 0, 1, 1];
  expect(matched(renamed, labels, 3)).toEqual({
    accuracy: 1,
    counts: [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 2]
    ],
    cluster: [2, 0, 1]
  });
  const {counts, accuracy} = matched([2, 0, 0, 0, 1, 1], labels, 3);
  expect(accuracy).toBeCloseTo(5 / 6, 12);
  expect(counts[0]).toEqual([1, 1, 0]);
});

test("three clouds apart are found by k-means from every seed, with members of their own in the middle", async () => {
  const labels = Uint8Array.from({length: 60}, (_, i) => i % 3);
  const noise = rng(1).normal(180, 0, 0.05);
  const data = noise.map((x, at) => x + (at % 3 === labels[Math.floor(at / 3)] ? 1 : 0));
  const {runs, of, central} = await clustered({data, shape: [60, 3]}, labels, 3, 4);
  for (const run of runs) expect(run).toEqual({accuracy: 1, nmi: expect.closeTo(1, 9) as number, ari: 1});
  for (let c = 0; c < 3; ++c) for (const row of central.slice(4 * c, 4 * c + 4)) expect(of[row]).toBe(c);
});
