import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {ntXent as library} from "../../src/components/losses/ntXent.js";
import {rng} from "../../src/components/math/random.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {likeness} from "../../src/week2/sslLosses/drawings.js";
import {compared} from "../../src/week2/sslLosses/blocks.js";
import {debiased, infoNce, ntXent, ntXentGradient, simplex, states} from "../../src/week2/sslLosses/formulas.js";
import {cosines, expectedLosses, foundAmong, information} from "../../src/week2/sslLosses/sphere.js";
import {answers} from "../../src/week2/sslLossesAnswers.js";
import sslLossesTask from "../../src/week2/sslLossesTask.js";
import {value, values} from "../gradients.js";

/** Ways to the answers that share no code with the page. */
const independent: Record<string, number> = {
  "ex-first": Math.log(255),
  "ex-queue": 10 * Math.LN2 + Math.log1p(1 / 1024),
  "ex-two": Math.log(1 + Math.exp(-3)),
  "ex-ratio": Math.E ** 3,
  "ex-pull": -5 / (1 + Math.exp(3)),
  "ex-floor": Math.log(1 + 2 * Math.exp(-4)),
  "ex-length": Math.sqrt(0.07 * Math.log((2 - 2 ** -23) * 2 ** 127))
};

describe("answers", () => {
  test.each(Object.entries(independent))("%s by another way", (id, other) => {
    expect(judge(answers[id] as never, String(other))).toMatchObject({passed: true});
    expect(judge(answers[id] as never, String(other * 1.02))).toMatchObject({passed: false});
  });

  test("the code exercise expects the equation's loops", () => {
    const {cases} = answers["ex-code"] as Extract<Verify, {kind: "code"}>;
    for (const {args, expected} of cases) {
      const [s, tau] = args as [number[][], number];
      const n = s.length;
      let total = 0;
      for (let i = 0; i < n; ++i) {
        let below = 0;
        for (let k = 0; k < n; ++k) if (k !== i) below += Math.exp(s[i][k] / tau);
        total -= Math.log(Math.exp(s[i][(i + n / 2) % n] / tau) / below) / n;
      }
      expect(total).toBeCloseTo(expected as number, 9);
    }
  });

  test("decoupled: the loops without the partner below the line; below 0 where all is told apart", () => {
    const {cases} = answers["ex-decoupled"] as Extract<Verify, {kind: "code"}>;
    for (const {args, expected} of cases) {
      const [s, tau] = args as [number[][], number];
      let total = 0;
      for (const [i, row] of s.entries()) {
        const j = (i + s.length / 2) % s.length;
        let below = 0;
        for (const [k, x] of row.entries()) if (k !== i && k !== j) below += Math.exp(x / tau);
        total -= Math.log(Math.exp(row[j] / tau) / below);
      }
      expect(total / s.length).toBeCloseTo(expected as number, 12);
    }
    expect(cases[1].expected).toBeCloseTo(Math.LN2 - 2, 12);
  });

  test("debiased: where a share ρ of the strangers is as near as the partner, it is InfoNCE with the others alone", () => {
    const others = [0.3, 0.2, 0, -0.1, -0.4, 0.5, 0.1, 0.25, -0.3];
    const powers = others.map((s) => Math.exp(s / 0.2));
    const mean = powers.reduce((a, b) => a + b) / 9;
    const own = Math.exp(0.9 / 0.2);
    expect(debiased([0.9, 0.9, ...others], 0.2, 0.1)).toBeCloseTo(Math.log(1 + (10 * mean) / own), 12);
    expect(debiased([0.9, ...others], 0.2, 0)).toBeCloseTo(infoNce([0.9, ...others], 0.2), 12);
    expect(debiased([0.9, -0.5, -0.6], 0.1, 0.2)).toBeCloseTo(Math.log1p(2 * Math.exp(-1 / 0.1 - 0.9 / 0.1)), 12);
    const {cases} = answers["ex-false-negatives"] as Extract<Verify, {kind: "code"}>;
    expect(cases[0].expected).toBeCloseTo(infoNce(cases[0].args[0] as number[], 0.5), 12);
  });

  test("the code of the hunt is right in its first case alone, and NaN or infinite in the others", () => {
    const {start, cases} = answers["ex-nan"] as Extract<Verify, {kind: "code"}>;
    const fragile = new Function(`${start}; return ntXent;`)() as (z: number[][], tau: number) => number;
    const got = cases.map(({args}) => fragile(...(args as [number[][], number])));
    expect(got[0]).toBeCloseTo(cases[0].expected as number, 4);
    for (const wrong of got.slice(1)) expect(Number.isFinite(wrong)).toBe(false);
    expect(cases[1].expected).toBeCloseTo(cases[0].expected as number, 9); // only directions count
  });
});

test("derived numbers of the page", () => {
  expect([2, 128, 256, 512].map((n) => states.collapsed(n).toFixed(6))).toEqual(["1.098612", "5.541264", "6.236370", "6.930495"]); // prettier-ignore
  expect(states.orthogonal(2, 0.5)).toBeCloseTo(0.239545, 6);
  expect(states.orthogonal(256, 0.5)).toBeCloseTo(4.248795, 6);
  expect(states.orthogonal(256, 0.1)).toBeCloseTo(0.02289, 5);
  expect(states.orthogonal(512, 0.5)).toBeCloseTo(4.936721, 6);
  expect(states.simplex(256, 0.5)).toBeCloseTo(4.2410644, 6);
  expect(states.simplex(512, 0.5)).toBeCloseTo(4.932835, 6);
  expect(ntXent(simplex(5), 0.4)).toBeCloseTo(states.simplex(5, 0.4), 12);
});

test("the page's loss and gradient are the library's", () => {
  const z = Array.from({length: 6}, (_, i) => Array.from(rng(i + 1).normal(4)));
  const [z1, z2] = [z.slice(0, 3), z.slice(3)].map((rows) => tf.tensor2d(rows));
  expect(value(library(z1, z2, {temperature: 0.3}))).toBeCloseTo(ntXent(z, 0.3), 5);
  const gradients = tf
    .grads((a, b) => library(a, b, {temperature: 0.3}))([z1, z2])
    .flatMap(values);
  ntXentGradient(z, 0.3).flat().forEach((g, k) => expect(gradients[k]).toBeCloseTo(g, 5)); // prettier-ignore
});

test("likeness sees directions, not lengths", () => {
  const labels = Uint8Array.from([0, 1, 0, 1]);
  const data = Float32Array.from([1, 0.1, 0.1, 1, 9, 0, 0, 7]);
  expect(likeness({outputs: {data, shape: [4, 2]}, labels})).toBe(1);
});

test("a loss that there is not is refused in words", () => {
  expect(() => sslLossesTask({loss: "BYOL" as never, temperature: 1, size: 16, images: 8})).toThrow("sslLossesTask: expected loss NT-Xent or InfoNCE, got BYOL"); // prettier-ignore
});

describe("views around a direction", () => {
  test("loss, accuracy and information are those of 20,000 drawn queries in three dimensions", () => {
    const [tau, strangers, draws, stream] = [0.1, 15, 20_000, rng(3)];
    const [partners, others] = [stream.uniform(draws), stream.uniform(draws * strangers, -1, 1)]; // Archimedes: s is uniform
    let [loss, found, shared] = [0, 0, 0];
    for (let i = 0; i < draws; ++i) {
      const s0 = 1 + tau * Math.log(partners[i] + (1 - partners[i]) * Math.exp(-2 / tau));
      const row = Array.from(others.slice(i * strangers, (i + 1) * strangers));
      loss += infoNce([s0, ...row], tau) / draws;
      found += (s0 > Math.max(...row) ? 1 : 0) / draws;
      shared += (s0 / tau - Math.log(tau * Math.sinh(1 / tau))) / draws;
    }
    const views = cosines(3, tau);
    expect(Math.abs(expectedLosses(views, [strangers])[0] - loss)).toBeLessThan(0.025); // four standard errors
    expect(Math.abs(foundAmong(views, strangers) - found)).toBeLessThan(0.014);
    expect(Math.abs(information(views) - shared)).toBeLessThan(0.03);
  });

  test("more strangers tell more, of ever less; a hot τ leaves ln(K + 1), chance and no information", () => {
    const counts = [1, 3, 7, 15, 31, 63, 127];
    const bounds = expectedLosses(cosines(32, 0.07), counts).map((loss, k) => Math.log(counts[k] + 1) - loss);
    bounds.slice(1).forEach((bound, k) => expect(bound).toBeGreaterThan(bounds[k]));
    const hot = cosines(8, 1e4);
    expect(information(hot)).toBeCloseTo(0, 6);
    expectedLosses(hot, counts).forEach((loss, k) => expect(loss).toBeCloseTo(Math.log(counts[k] + 1), 6));
    for (const strangers of counts) expect(foundAmong(hot, strangers)).toBeCloseTo(1 / (strangers + 1), 3);
  });

  test("the figures of the page", () => {
    const at = (tau: number, strangers: number) => {
      const views = cosines(32, tau);
      const bound = Math.log(strangers + 1) - expectedLosses(views, [strangers])[0];
      return [information(views), bound, foundAmong(views, strangers)].map((x) => x.toFixed(3));
    };
    expect(at(0.05, 63).slice(0, 2)).toEqual(["4.246", "3.249"]);
    expect(at(0.05, 4095)).toEqual(["4.246", "4.184", "0.213"]);
    expect(at(0.03, 4095).slice(0, 2)).toEqual(["8.142", "7.100"]);
  });
});

test("by blocks the loss and its gradient are those of the table, here as the page compares them", () => {
  const {whole, blocks, largest, difference} = compared({pairs: 20, size: 8, block: 16});
  expect(value(blocks)).toBeCloseTo(value(whole), 5);
  expect(value(difference)).toBeLessThan(1e-5 * value(largest));
});
