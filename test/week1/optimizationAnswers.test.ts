import {expect, test} from "vitest";
import {eigen} from "../../src/components/math/eigen.js";
import {rng} from "../../src/components/math/random.js";
import {softmaxJacobian} from "../../src/components/math/softmax.js";
import {outcome, workerScript, type Case} from "../../src/components/ui/codeRun.js";
import type {Verify} from "../../src/components/ui/verify.js";
import {answers as ofAlgorithms} from "../../src/week1/optimizationAlgorithmsAnswers.js";
import {answers as ofTheory} from "../../src/week1/optimizationTheoryAnswers.js";

const all: Record<string, Verify> = {...ofTheory, ...ofAlgorithms};
const number = (id: string) => (all[id] as Extract<Verify, {kind: "number"}>).expected;
const code = (id: string) => all[id] as Extract<Verify, {kind: "code"}>;

/** How many cases a source passes, run as the page runs it. */
function passes(id: string, source: string): [passed: number, of: number] {
  const {cases} = code(id);
  const name = /function (\w+)/.exec(source)![1];
  const call = new Function(`let onmessage; ${workerScript(source, name).replace('"use strict";', "")} return ${name};`)() as (...args: unknown[]) => unknown; // prettier-ignore
  const passed = cases.filter((each: Case) => outcome({value: call(...each.args)}, each).passed);
  return [passed.length, cases.length];
}

test("log-sum-exp bends by at most ½, and two equal entries reach it", () => {
  const top = (z: number[]) => eigen(softmaxJacobian(z)).values[0];
  const drawn = Array.from({length: 200}, (_, k) => top(Array.from(rng(k).normal(2 + (k % 5), 0, 2))));
  expect(Math.max(...drawn)).toBeLessThanOrEqual(number("ex-lse"));
  expect(top([1, 1])).toBeCloseTo(number("ex-lse"), 12);
});

test("the chosen function alone is convex by its second differences", () => {
  const functions: ((x: number) => number)[] = [(x) => x ** 3, (x) => Math.log1p(Math.exp(x)) - x / 2, (x) => Math.sqrt(Math.abs(x)), (x) => x * x - Math.cos(2 * x)]; // prettier-ignore
  const convex = functions.map((f) =>
    Array.from({length: 81}, (_, i) => -4 + i / 10).every((x) => f(x + 0.3) + f(x - 0.3) - 2 * f(x) >= -1e-12)
  );
  expect(convex.indexOf(true)).toBe((all["ex-which"] as Extract<Verify, {kind: "choice"}>).correct);
  expect(convex.filter(Boolean)).toHaveLength(1);
});

test("numbers by counting steps instead of logarithms", () => {
  const count = (factor: number, to: number) => {
    let [k, left] = [0, 1];
    while (left > to) [k, left] = [k + 1, left * factor];
    return k;
  };
  expect(count(99 / 101, 1e-6)).toBe(number("ex-steps"));
  expect(count(0.999, 0.01)).toBe(number("ex-warm"));
  expect(count(9999 / 10001, 1e-6) / count(99 / 101, 1e-6)).toBeCloseTo(number("ex-ratio"), 2);
});

test("numbers by running what they speak of", () => {
  let x = 1; // Huber's function with δ = 1/21
  for (let k = 0; k < 10; ++k) x -= Math.min(x, 1 / 21);
  expect(x / 21 - 0.5 / 441).toBeCloseTo(number("ex-slowest"), 12);
  expect([0.9, 0.6, -0.2].reduce((sum, v) => sum + Math.max(0, v - number("ex-theta")), 0)).toBeCloseTo(1, 12);
  const weights = [1, 2, 3, 4, 5, 6].map((k) => Math.exp(number("ex-die") * k));
  expect(weights.reduce((sum, w, i) => sum + w * (i + 1), 0) / weights.reduce((a, b) => a + b)).toBeCloseTo(4.5, 9);
  expect((40 / 49) ** 0.5).toBeCloseTo(number("ex-batch"), 12);
  const eta = number("ex-floor");
  let square = 5; // E x² with a = 2, σ = 1
  for (let k = 0; k < 1000; ++k) square = (1 - 2 * eta) ** 2 * square + eta * eta;
  expect(square).toBeCloseTo(0.01, 9);
  let [v, y] = [0, 0];
  for (let t = 0; t < 200; ++t) [v, y] = [0.9 * v + 1, t];
  expect(v).toBeCloseTo(number("ex-terminal"), 6);
  expect(y).toBe(199);
  expect(1 / Math.sqrt(0.01 * 1)).toBeCloseTo(number("ex-rms"), 12);
});

test("the mean of 1,000 iterates of SGD has the variance that is said, for two rates", () => {
  for (const rate of [0.3, 1]) {
    const variances = Array.from({length: 400}, (_, c) => {
      const noise = rng(11).fork(c).normal(1000);
      let [x, sum] = [0, 0];
      for (const xi of noise) {
        x -= rate * (0.5 * x + 2 * xi);
        sum += x;
      }
      return (sum / 1000) ** 2;
    });
    const mean = variances.reduce((a, b) => a + b, 0) / variances.length;
    expect(Math.abs(mean / number("ex-average") - 1)).toBeLessThan(5 * Math.sqrt(2 / 400));
  }
});

test("at the cycle's rate the end is two points in turn; a little less converges, a little more diverges", () => {
  const far = (rate: number) => {
    let [x, y] = [1, 1];
    for (let k = 0; k < 501; ++k) [x, y] = [x - rate * x, y - rate * 25 * y];
    return Math.hypot(x, y);
  };
  expect(far(number("ex-cycle"))).toBeCloseTo(1, 9);
  expect(far(0.079)).toBeLessThan(1e-3);
  expect(far(0.081)).toBeGreaterThan(1e3);
});

test("Adam's drift by walking 100 turns", () => {
  let [v, x, before] = [0, 0, 0];
  for (let t = 0; t < 300; ++t) {
    if (t === 297) before = x;
    const g = t % 3 ? -1 : 3;
    v = 0.1 * v + 0.9 * g * g;
    x -= g / Math.sqrt(v);
  }
  expect(x - before).toBeCloseTo(number("ex-break"), 9);
});

const solutions: Record<string, string> = {
  "ex-backtracking": `function backtrack(a, x, c, s) {
    const f = (y) => y.reduce((sum, yi, i) => sum + 0.5 * a[i] * yi * yi, 0);
    const g = x.map((xi, i) => a[i] * xi);
    let t = 1;
    while (f(x.map((xi, i) => xi - t * g[i])) > f(x) - c * t * g.reduce((sum, gi) => sum + gi * gi, 0)) t *= s;
    return t;
  }`,
  // by bisection, not by sorting
  "ex-project": `function project(v) {
    let [low, high] = [Math.min(...v) - 1, Math.max(...v)];
    for (let k = 0; k < 200; ++k) {
      const middle = (low + high) / 2;
      if (v.reduce((sum, x) => sum + Math.max(0, x - middle), 0) > 1) low = middle;
      else high = middle;
    }
    return v.map((x) => Math.max(0, x - low));
  }`,
  // from the factor: β = r², η = (1 + r)² / L
  "ex-tune": `function tune(mu, L) {
    const k = Math.sqrt(L / mu);
    const r = (k - 1) / (k + 1);
    return [(1 + r) ** 2 / L, r * r];
  }`,
  "ex-adagrad": `function adagrad(gradients, rate, epsilon) {
    return gradients.map((_, k) => -gradients.slice(0, k + 1).reduce((sum, g, i) =>
      sum + (rate * g) / (Math.hypot(...gradients.slice(0, i + 1)) + epsilon), 0));
  }`,
  // m and v as weighted sums over all gradients
  "ex-nadam": `function nadam(gradients, rate, [b1, b2, epsilon]) {
    let x = 0;
    return gradients.map((g, k) => {
      const past = gradients.slice(0, k + 1);
      const m = past.reduce((sum, gi, i) => sum + (1 - b1) * b1 ** (k - i) * gi, 0);
      const v = past.reduce((sum, gi, i) => sum + (1 - b2) * b2 ** (k - i) * gi * gi, 0);
      const ahead = (b1 * m) / (1 - b1 ** (k + 2)) + ((1 - b1) * g) / (1 - b1 ** (k + 1));
      return (x -= (rate * ahead) / (Math.sqrt(v / (1 - b2 ** (k + 1))) + epsilon));
    });
  }`,
  "ex-amsgrad": `function amsgrad(gradients, rate, beta2) {
    let [v, x] = [0, 0];
    const all = [];
    return gradients.map((g) => {
      v = beta2 * v + (1 - beta2) * g * g;
      all.push(v);
      return (x -= (rate * g) / Math.sqrt(Math.max(...all)));
    });
  }`
};

test("every exercise in code accepts another way of computing the same, and not its own beginning", () => {
  const ids = Object.keys(all).filter((id) => all[id].kind === "code");
  expect(ids.sort()).toEqual(Object.keys(solutions).sort());
  for (const id of ids) {
    const [passed, of] = passes(id, solutions[id]);
    expect(passed, id).toBe(of);
    expect(passes(id, code(id).start)[0], `${id}, as it begins`).toBeLessThan(of);
  }
});
