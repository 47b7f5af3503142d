import {describe, expect, test} from "vitest";
import * as tf from "@tensorflow/tfjs";
import {rng} from "../../src/components/math/random.js";
import {information} from "../../src/components/ssl/information.js";
import {projected} from "../../src/components/ssl/projected.js";
import {upload} from "../../src/components/train/arrays.js";
import {begin} from "../../src/components/train/begin.js";
import {judge} from "../../src/components/ui/verify.js";
import {standing, stood} from "../../src/week3/dino/ablation.js";
import {eight} from "../../src/week3/dino/eight.js";
import {matched} from "../../src/week3/dino/matched.js";
import {entropy, meanOf, momentumAfter, recentred, sharpened, told} from "../../src/week3/dino/teacher.js";
import {answers, table} from "../../src/week3/dinoAnswers.js";
import {validated, type DinoConfig} from "../../src/week3/dinoConfig.js";
import {clustered, told as toldOf} from "../../src/week3/dinoLook.js";
import dinoTask, {encoderOf, headOf} from "../../src/week3/dinoTask.js";
import {scenesOf} from "../../src/week3/viewsConfig.js";
import {value} from "../gradients.js";

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

test("information of tensors is that of loops, rows that do not count left out, and 0 at both collapses", () => {
  const rows = Array.from({length: 5}, (_, i) => sharpened(Array.from(rng(i).normal(4)), [0, 0, 0, 0], 0.5));
  const of = (said: number[][], mask: number[]) => value(information(tf.tensor2d(said), tf.tensor1d(mask)));
  expect(of(rows, [1, 1, 1, 1, 1])).toBeCloseTo(told(rows), 5);
  expect(of(rows, [1, 1, 1, 0, 0])).toBeCloseTo(told(rows.slice(0, 3)), 5);
  const every = (p: number[]) => of(Array<number[]>(5).fill(p), [1, 1, 1, 1, 1]);
  expect(every([0.25, 0.25, 0.25, 0.25])).toBeCloseTo(0, 6);
  expect(every([0, 1, 0, 0])).toBeCloseTo(0, 6);
  expect(of([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], [1, 1, 1, 1])).toBeCloseTo(Math.log(4), 6); // prettier-ignore
});

test("an evaluation tells I of what the teacher says of both views, for a batch, with padding, and for records", () => {
  const network = {data: "scenes", depth: 10, width: 1, size: 16, prototypes: 6, hidden: 5, bottleneck: 4} as const;
  const config: Partial<DinoConfig> = {...network, teacherTemperature: 0.2, firstTeacherTemperature: 0.2};
  const [task, full] = [dinoTask(config), validated(config)];
  const state = begin(task, 3) as never as {teacher: Parameters<typeof model.apply>[0]; stats: {centre: tf.Tensor}};
  const centre = [1, 0, -0.5, 0.2, 0, 0.4];
  const moved = {...state, stats: {centre: tf.tensor1d(centre)}};
  const records = scenesOf("test", 6);
  const rows = Uint32Array.from({length: 6}, (_, i) => i);
  const at = (size: number) => upload(task.view(records, rows, size));

  const model = projected(encoderOf(full), headOf(full) as never);
  const {first, second} = at(6);
  const [one, two] = [first, second].map((view) => model.apply(state.teacher, view)[0].arraySync() as number[][]);
  const said = one.map((g, i) => meanOf([sharpened(g, centre, 0.2), sharpened(two[i], centre, 0.2)]));
  expect(told(said)).toBeGreaterThan(1e-3);
  for (const size of [6, 9]) {
    const {information: sum, count} = task.evaluate(moved as never, at(size) as never);
    expect([value(count), value(sum) / 6]).toEqual([6, expect.closeTo(told(said), 4)]);
  }
  const uncentred = one.map((g, i) =>
    meanOf([g, two[i]].map((scores) => sharpened(scores, Array<number>(6).fill(0), 0.2)))
  );
  expect(value(toldOf(config, 3, records) as tf.Scalar)).toBeCloseTo(told(uncentred), 4); // a centre begins at 0
});

test("H and I name the collapse: nothing told, and all prototypes alike, one for all, or one distribution for all", () => {
  const at = (part: number, information: number) => standing({entropy: part * Math.log(32), information}, 32);
  expect([at(0.99, 0.01), at(0.01, 0.01), at(0.6, 0.01)]).toEqual(["uniform", "one", "same"]);
  expect([at(0.99, 0.2), at(0.01, 0.2), at(0.6, 0.2)]).toEqual(["told", "told", "told"]);
});

test("a run's standing is the mean entropy of its last epoch's steps and what was told after it", () => {
  const points = [0.5, 1, 1.5, 2].map((epoch, i) => ({step: i + 1, epoch, metrics: {entropy: i}}));
  const epochs = [1, 2].map((epoch) => ({epoch, train: {}, test: {information: epoch / 10}, rate: 0, imagesPerSecond: 1, seconds: 1})); // prettier-ignore
  expect(stood({points, epochs})).toEqual({entropy: 2.5, information: 0.2});
});

test("of eight images a cold teacher fills two columns uncentred; centred, it tells them apart only if it is cold", () => {
  const columns = eight({own: 0.3, common: 0.6, tau: 0.02, centred: 0}).map((p) => 1 + p.indexOf(Math.max(...p)));
  expect(columns).toEqual([2, 2, 2, 6, 2, 6, 2, 2]);
  const centred = (tau: number, own = 1) => eight({own, common: 1, tau, centred: 60});
  expect(told(centred(1))).toBeCloseTo(0.08, 2);
  expect(told(centred(0.02))).toBeCloseTo(1.7, 2);
  expect(entropy(meanOf(centred(0.02, 0)))).toBeCloseTo(Math.log(8), 3);
  expect(told(centred(0.02, 0))).toBeCloseTo(0, 12);
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
