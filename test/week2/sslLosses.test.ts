import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {ntXent as library} from "../../src/components/losses/ntXent.js";
import {rng} from "../../src/components/math/random.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {likeness} from "../../src/week2/sslLosses/drawings.js";
import {ntXent, ntXentGradient, simplex, states} from "../../src/week2/sslLosses/formulas.js";
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
  "ex-floor": Math.log(1 + 2 * Math.exp(-4))
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
});

test("derived numbers of the page", () => {
  expect([2, 128, 256, 512].map((n) => states.collapsed(n).toFixed(6))).toEqual(["1.098612", "5.541264", "6.236370", "6.930495"]); // prettier-ignore
  expect(states.orthogonal(2, 0.5)).toBeCloseTo(0.239545, 6);
  expect(states.orthogonal(256, 0.5)).toBeCloseTo(4.248795, 6);
  expect(states.orthogonal(256, 0.1)).toBeCloseTo(0.02289, 5);
  expect(states.orthogonal(512, 0.5)).toBeCloseTo(4.936721, 6);
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
