import {describe, expect, test} from "vitest";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {rng} from "../../src/components/math/random.js";
import {judge} from "../../src/components/ui/verify.js";
import {answers} from "../../src/week1/informationTheoryAnswers.js";
import {batchLoss, correlationFor, drawPairs, trueScores} from "../../src/week1/informationTheory/correlated.js";
import {bestEstimate, critic, criticGradient, trainCritic} from "../../src/week1/informationTheory/critic.js";
import {differentialEntropy, unitVariance} from "../../src/week1/informationTheory/differential.js";
import {huffman, meanLength} from "../../src/week1/informationTheory/huffman.js";
import {lens, venn} from "../../src/week1/informationTheory/venn.js";

/** Ways to the answers that share no code with the page. */
const bits = (p: number[]) => -p.reduce((sum, x) => sum + x * Math.log2(x), 0);
const independent: Record<string, number> = {
  "ex-die": bits(Array(6).fill(1 / 6)),
  "ex-code-length": 0.5 * 1 + 0.25 * 2 + 0.125 * 3 + 0.125 * 3,
  "ex-weather": [[0.2, 0.3, 0.25], [0.1, 0.3, 0.75], [0.05, 0.7, 0.25], [0.65, 0.7, 0.75]].reduce((sum, [p, x, y]) => sum + p * Math.log(p / (x * y)), 0), // prettier-ignore
  "ex-parity": 1,
  "ex-repeat": 1 - bits([0.18, 0.82]),
  "ex-waiting": Math.log(2 * Math.E),
  "ex-correlation": Math.sqrt(1 - Math.exp(-4)),
  "ex-negatives": 2981,
  "ex-uniform-loss": 8 * Math.LN2
};

describe("answers", () => {
  test.each(Object.entries(independent))("%s by another way", (id, other) => {
    expect(judge(answers[id] as never, String(other))).toMatchObject({passed: true});
    expect(judge(answers[id] as never, String(other * 1.02))).toMatchObject({passed: false});
  });
});

test("Huffman's code has no word that begins another, and is as short as the best of all codes of four words", () => {
  const p = [0.4, 0.3, 0.2, 0.1];
  const code = huffman(p);
  for (const a of code) for (const b of code) if (a !== b) expect(b.startsWith(a)).toBe(false);
  const lengths = [[1, 2, 3, 3], [2, 2, 2, 2]]; // prettier-ignore
  const best = Math.min(...lengths.map((l) => p.reduce((sum, x, i) => sum + x * l[i], 0)));
  expect(meanLength(p, code)).toBeCloseTo(best, 12);
  expect(() => huffman([1])).toThrow("huffman: expected at least two symbols, got 1");
});

test("the circles of a Venn diagram have the areas asked for, also when one lies in the other or beside it", () => {
  for (const [a, b, common] of [
    [1, 0.6, 0.25],
    [0.5, 0.5, 0.49],
    [1, 0.3, 0.3],
    [1, 1, 0]
  ]) {
    const {first, second, distance} = venn(a, b, common);
    expect(Math.PI * first ** 2).toBeCloseTo(a, 12);
    expect(lens(first, second, distance)).toBeCloseTo(common, 9);
  }
  expect(lens(1, 1, 0)).toBeCloseTo(Math.PI, 12);
});

test("of all densities of variance 1 the normal has the most entropy, 1.418939 nats", () => {
  const [most, ...others] = unitVariance.map(({make}) => differentialEntropy(make()));
  expect(most).toBeCloseTo(1.4189385332, 9);
  for (const other of others) expect(other).toBeLessThan(most);
  for (const {make} of unitVariance) expect(make().variance).toBeCloseTo(1, 12);
});

test("pairs have the correlation that gives them their information, and the true scores estimate it with many strangers", () => {
  const rho = correlationFor(2, 4);
  expect(-2 * Math.log(1 - rho * rho)).toBeCloseTo(2, 12);
  const {x, c} = drawPairs(rng(3), 4000, 4, rho);
  const product = x.reduce((sum, value, i) => sum + value * c[i], 0) / x.length;
  expect(product).toBeCloseTo(rho, 1);
  const {loss} = batchLoss(trueScores(drawPairs(rng(4), 800, 1, correlationFor(1, 1)), correlationFor(1, 1)), 800);
  expect(Math.log(800) - loss).toBeGreaterThan(0.9);
  expect(Math.log(800) - loss).toBeLessThan(1.1);
});

test("InfoNCE is ln n for equal scores, whatever is added to a row, and never negative", () => {
  expect(batchLoss(new Float64Array(25), 5).loss).toBeCloseTo(Math.log(5), 12);
  const scores = Float64Array.from(rng(2).normal(25));
  const moved = scores.map((s, k) => s + 100 * Math.floor(k / 5));
  expect(batchLoss(moved, 5).loss).toBeCloseTo(batchLoss(scores, 5).loss, 10);
  const sure = Float64Array.from({length: 9}, (_, k) => (k % 4 === 0 ? 1000 : 0));
  expect(batchLoss(sure, 3).loss).toBe(0);
});

test("the critic's gradient by hand is that of central differences, in both encoders", () => {
  const model = critic(rng(1), 2);
  const pairs = drawPairs(rng(2), 6, 2, 0.7);
  const gradients = criticGradient(model, pairs);
  for (const name of ["ofX", "ofC"] as const) {
    const {parameters} = model[name];
    const at = [0, 37, 2 * 48 + 5, 2 * 48 + 48 + 3, parameters.length - 1];
    const f = (values: number[]) => {
      const moved = Float64Array.from(parameters);
      at.forEach((k, i) => (moved[k] = values[i]));
      return criticGradient({...model, [name]: {...model[name], parameters: moved}}, pairs).loss;
    };
    const slopes = numericGradient(f, at.map((k) => parameters[k])); // prettier-ignore
    at.forEach((k, i) => expect(gradients[name][k]).toBeCloseTo(slopes[i], 8));
  }
});

test("a trained critic rises from nothing and stays below I and below ln N", () => {
  const run = {information: 3, pairs: 16, dimensions: 4, steps: 200, seed: 1};
  const estimates = [...trainCritic(run)];
  expect(estimates.map(({step}) => step)).toEqual([0, 25, 50, 75, 100, 125, 150, 175, 200]);
  expect(estimates[0].estimate).toBeLessThan(0.3);
  const last = estimates[8].estimate;
  expect(last).toBeGreaterThan(1.2);
  expect(last).toBeLessThan(Math.log(16));
  expect(last).toBeLessThan(bestEstimate(run, 100) + 0.15);
});

test("the best critic saturates at ln N when the information is larger: 4.852 for 128", () => {
  const estimate = bestEstimate({information: 20, pairs: 128, dimensions: 10, seed: 1}, 4);
  expect(estimate).toBeLessThanOrEqual(Math.log(128));
  expect(estimate).toBeCloseTo(4.852, 2);
});
