import {describe, expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {judge as judgeAnswer, type Verify} from "../../src/components/ui/verify.js";
import {chance, confused, judge} from "../../src/week2/rankingLosses/drawings.js";
import {kindOf, principal, tripletCount} from "../../src/week2/rankingLosses/formulas.js";
import {answers} from "../../src/week2/rankingLossesAnswers.js";
import rankingLossesTask from "../../src/week2/rankingLossesTask.js";

/** Ways to the answers that share no code with the page. */
const independent: Record<string, number> = {
  "ex-hinge": 0.3 - 0.4 + 0.2,
  "ex-angle": (2 * Math.asin(Math.sqrt(0.2) / 2) * 180) / Math.PI,
  "ex-count": 64 * 3 * 60,
  "ex-collapsed": 0.2,
  "ex-chance": 19 / (40 * 20 - 1),
  "ex-contrastive": (1 - 0.2) ** 2 / 2,
  "ex-long": Math.sqrt(0.8 / 0.2)
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

test("an embedding of noise is judged as chance says, one of the labels as perfect", () => {
  const labels = Uint8Array.from({length: 400}, (_, i) => i % 20);
  const noise = {outputs: {data: rng(1).normal(400 * 3), shape: [400, 3]}, labels};
  expect(judge(noise).recall).toBeCloseTo(chance(20, 20), 1);
  expect(judge(noise).area).toBeCloseTo(0.5, 1);
  const perfect = {outputs: {data: Float32Array.from(labels), shape: [400, 1]}, labels};
  expect(judge(perfect)).toMatchObject({recall: 1, area: 1});
  expect(confused(perfect, 5)).toEqual([]);
  expect(confused(noise, 5).length).toBe(5);
});

test("a loss that there is not is refused in words", () => {
  expect(() => rankingLossesTask({data: "glyphs", loss: "quadruplet" as never, margin: 1, dimensions: 2, unit: "on", each: 4})).toThrow("rankingLossesTask: expected loss triplet, all or triplet, semi-hard or triplet, hard or contrastive, got quadruplet"); // prettier-ignore
});
