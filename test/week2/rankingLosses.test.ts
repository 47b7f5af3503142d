import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {glyphs} from "../../src/components/data/glyphs.js";
import {contrastive} from "../../src/components/losses/contrastive.js";
import {minedTriplet, triplet} from "../../src/components/losses/triplet.js";
import {rng} from "../../src/components/math/random.js";
import {upload} from "../../src/components/train/arrays.js";
import {judge as judgeAnswer, type Verify} from "../../src/components/ui/verify.js";
import {embeddingPanel, seen, spherePanel} from "../../src/week2/rankingLosses/embeddings.js";
import {
  chance,
  kindOf,
  nearCollapse,
  principal,
  semiHard,
  tripletCount
} from "../../src/week2/rankingLosses/formulas.js";
import {judge, noiseRecall, recallAt} from "../../src/week2/rankingLosses/judge.js";
import {answers} from "../../src/week2/rankingLossesAnswers.js";
import rankingLossesTask from "../../src/week2/rankingLossesTask.js";
import {seeded, value, values} from "../gradients.js";

const row = (x: number) => tf.tensor2d([[x, 0]]);
const labelled = Array.from({length: 800}, (_, i) => Math.floor(i / 20));

/** Ways to the answers that share no code with the page: the library's losses on such points, a count, a search. */
const independent: Record<string, number> = {
  "ex-hinge": value(triplet(row(0), row(Math.sqrt(0.3)), row(Math.sqrt(0.4)), {margin: 0.2})),
  "ex-angle": (2 * Math.asin(Math.sqrt(0.2) / 2) * 180) / Math.PI,
  "ex-count": 64 * 3 * 60,
  "ex-collapsed": value(minedTriplet(tf.ones([8, 3]), tf.tensor1d([0, 0, 0, 0, 1, 1, 1, 1], "int32"), {margin: 0.2, mining: "hard"})), // prettier-ignore
  "ex-chance": labelled.slice(1).filter((label) => label === labelled[0]).length / labelled.slice(1).length,
  "ex-contrastive": value(contrastive(row(0), row(0.2), tf.tensor1d([0]), {margin: 1})),
  "ex-long": Array.from({length: 500}, (_, i) => i / 100).find((c) => c > 0 && 0.8 / c ** 2 <= 0.2)!
};

describe("answers", () => {
  test.each(Object.entries(independent))("%s by another way", (id, other) => {
    expect(judgeAnswer(answers[id] as never, String(other))).toMatchObject({passed: true});
    expect(judgeAnswer(answers[id] as never, String(other * 1.02))).toMatchObject({passed: false});
  });

  test("the code exercise expects the mean over anchors of the largest hinge of all their triplets", () => {
    const {cases} = answers["ex-mining"] as Extract<Verify, {kind: "code"}>;
    for (const {args, expected} of cases) {
      const [d, labels, margin] = args as [number[][], number[], number];
      const hinges = d.flatMap((row, a) => {
        const all = row.flatMap((dp, p) =>
          row.flatMap((dn, n) =>
            p !== a && labels[p] === labels[a] && labels[n] !== labels[a] ? [Math.max(0, dp - dn + margin)] : []
          )
        );
        return all.length ? [Math.max(...all)] : [];
      });
      expect(hinges.reduce((x, y) => x + y) / hinges.length).toBeCloseTo(expected as number, 12);
    }
  });

  test("the multi-similarity exercise expects soft maxima of the pairs of a row and of 0, over their sharpness", () => {
    const softMaximum = (x: number[], sharpness: number) => {
      const most = Math.max(0, ...x);
      return most + Math.log([0, ...x].reduce((sum, xi) => sum + Math.exp(sharpness * (xi - most)), 0)) / sharpness;
    };
    for (const {args, expected} of (answers["ex-own"] as Extract<Verify, {kind: "code"}>).cases) {
      const [S, labels, alpha, beta, lambda] = args as [number[][], number[], number, number, number];
      let sum = 0;
      for (let i = 0; i < S.length; ++i) {
        const near: number[] = [];
        const far: number[] = [];
        for (let k = 0; k < S.length; ++k)
          if (k !== i) (labels[k] === labels[i] ? near : far).push(labels[k] === labels[i] ? lambda - S[i][k] : S[i][k] - lambda); // prettier-ignore
        sum += softMaximum(near, alpha) + softMaximum(far, beta);
      }
      expect(sum / S.length).toBeCloseTo(expected as number, 9);
    }
  });
});

test("a negative is hard, semi-hard or easy by its squared distance", () => {
  const at = (n: number) => kindOf({a: [0], p: [1], n: [n]}, 1);
  expect([0.5, 1, 1.2, 1.41, 1.42].map(at)).toEqual(["hard", "hard", "semi-hard", "semi-hard", "easy"]);
  expect(tripletCount(16, 4)).toBe(11_520);
});

test("the two directions of a drawing hold the variance of points that lie in a plane", () => {
  const stream = rng(1);
  const rows = Array.from({length: 50}, () => {
    const [u, v] = stream.normal(2);
    return [u + v, u - v, 2 * u, 0];
  });
  const flat = principal(rows);
  const apart = (a: number[], b: number[]) => Math.hypot(...a.map((x, i) => x - b[i]));
  expect(apart(flat[0], flat[1])).toBeCloseTo(apart(rows[0], rows[1]), 6);
});

test("semi-hard mining in float64 is the library's, and near collapse m, but in one point 0", () => {
  const x = seeded(3).normal([9, 4]);
  const labels = seeded(4).labels(9, 3);
  const rows = x.arraySync() as number[][];
  for (const margin of [0.2, 3])
    expect(semiHard(rows, values(labels), margin)).toBeCloseTo(value(minedTriplet(x, labels, {margin})), 4);
  expect(nearCollapse(0.01, 0.2)).toBeCloseTo(0.2, 3);
  expect(nearCollapse(1, 0.2)).toBeLessThan(0.19);
  expect(nearCollapse(0, 0.2)).toBe(0);
});

const blocks = Uint8Array.from({length: 400}, (_, i) => i % 20);
const noise = {outputs: {data: Float32Array.from(rng(1).normal(400 * 3)), shape: [400, 3]}, labels: blocks};

test("an embedding of noise is judged as chance says, one of the labels as perfect", async () => {
  const nothing = await judge(noise);
  nothing.recall.forEach((share, i) => expect(Math.abs(share - chance(20, 20, [1, 2, 4, 8][i]))).toBeLessThan(0.07));
  expect(nothing.recall).toEqual([...nothing.recall].sort((a, b) => a - b));
  expect(nothing.area).toBeCloseTo(0.5, 1);
  expect(nothing.nmi).toBeLessThan(0.4);
  expect(nothing.wrong.length).toBe(Math.round(400 * (1 - nothing.recall[0])));
  const perfect = {outputs: {data: Float32Array.from(blocks), shape: [400, 1]}, labels: blocks};
  expect(await judge(perfect)).toMatchObject({recall: [1, 1, 1, 1], area: 1, nmi: 1, wrong: []});
});

test("recall@k looks at the k nearest others, never at the row itself, and k beyond all others finds every pair", () => {
  const line = {outputs: {data: Float32Array.from([0, 1, 3, 7]), shape: [4, 1]}, labels: Uint8Array.from([0, 1, 0, 1])};
  expect(recallAt(line, [1, 2, 3])).toEqual([0, 0.75, 1]); // 0: 1, 3 · 1: 0, 3, 7 · 3: 1, 0 · 7: 3, 1
  expect(recallAt(line, [9])).toEqual([1]);
});

test("points drawn at random reach chance at every k, within three deviations", async () => {
  const seeds = 20;
  const found = await noiseRecall({classes: 8, each: 10, dimensions: 2, seeds});
  found.forEach((share, i) => {
    const expected = chance(8, 10, [1, 2, 4, 8][i]);
    expect(Math.abs(share - expected)).toBeLessThan(3 * Math.sqrt((expected * (1 - expected)) / (80 * seeds)));
  });
});

test("a sphere is seen without being bent: turning keeps lengths and angles", () => {
  const [a, b] = [[0.6, 0, 0.8], [-0.28, 0.96, 0]]; // prettier-ignore
  const from = {turn: 35, tilt: -20};
  const whole = (x: number[]) => [...seen(x, from).at, seen(x, from).depth];
  const dot = (x: number[], y: number[]) => x.reduce((sum, xi, i) => sum + xi * y[i], 0);
  expect(dot(whole(a), whole(b))).toBeCloseTo(dot(a, b), 12);
  expect(dot(whole(a), whole(a))).toBeCloseTo(1, 12);
  expect(seen([1, 0, 0], {turn: 0, tilt: 0})).toEqual({at: [1, 0], depth: 0});
  expect(seen([0, 0, 1], {turn: 0, tilt: 0}).at).toEqual([0, 1]);
  expect(seen([0, 0, 1], {turn: 0, tilt: 90}).depth).toBeCloseTo(-1, 12); // from above its pole is the nearest point
});

test("D = 2 is drawn as it is, with its circle; D = 3 in front and behind; more on two directions", () => {
  const unit = (D: number) => {
    const data = rng(2).normal(40 * D);
    for (let i = 0; i < 40; ++i) {
      const length = Math.hypot(...data.subarray(i * D, (i + 1) * D));
      for (let d = i * D; d < (i + 1) * D; ++d) data[d] /= length;
    }
    return {outputs: {data: Float32Array.from(data), shape: [40, D]}, labels: Uint8Array.from({length: 40}, (_, i) => i % 4)}; // prettier-ignore
  };
  const dotsOf = (marks: ReturnType<ReturnType<typeof embeddingPanel>["draw"]>) =>
    marks.flatMap((mark) => (mark.kind === "dots" ? mark.points : []));
  const flat = embeddingPanel(unit(2)).draw([], {});
  expect(flat.filter(({kind}) => kind === "curve").length).toBe(1);
  for (const point of dotsOf(flat)) expect(Math.hypot(...point)).toBeCloseTo(1, 6);
  const ball = spherePanel(unit(3)).draw([], {turn: 30, tilt: 20});
  expect(dotsOf(ball).length).toBe(40);
  for (const point of dotsOf(ball)) expect(Math.hypot(...point)).toBeLessThanOrEqual(1 + 1e-6);
  expect(ball.filter((mark) => mark.kind === "curve" && mark.dashed).length).toBeGreaterThanOrEqual(3);
  expect(
    embeddingPanel(unit(5))
      .draw([], {})
      .some(({kind}) => kind === "curve")
  ).toBe(false);
});

describe("a step's active share", () => {
  const config = {data: "glyphs", margin: 0.2, dimensions: 4, unit: "on", each: 2} as const;
  const records = glyphs({seed: 0, classes: 2, each: 2});
  const stepOf = (loss: "triplet, hard" | "contrastive", margin: number) => {
    const task = rankingLossesTask({...config, loss, margin});
    const state = task.init(rng(1));
    const batch = upload(task.sample(rng(2), records, Uint32Array.from([0, 1, 2, 3])));
    const [after, metrics] = task.step(state, batch, tf.scalar(0.01));
    return {before: state, after, metrics};
  };

  test("is 1 where the margin is beyond every distance, and falls with it", () => {
    for (const loss of ["triplet, hard", "contrastive"] as const) {
      const [wide, narrow] = [5, 1e-3].map((margin) => value(stepOf(loss, margin).metrics.active));
      expect(wide).toBe(1);
      expect(narrow).toBeLessThan(0.9);
    }
  });

  test("leaves nothing of its own in the state", () => {
    const {before, after} = stepOf("triplet, hard", 0.2);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(Object.keys(after.stats)).toEqual(["stages"]);
  });
});

test("a loss that there is not is refused in words", () => {
  expect(() => rankingLossesTask({data: "glyphs", loss: "quadruplet" as never, margin: 1, dimensions: 2, unit: "on", each: 4})).toThrow("rankingLossesTask: expected loss triplet, all or triplet, semi-hard or triplet, hard or contrastive, got quadruplet"); // prettier-ignore
});
