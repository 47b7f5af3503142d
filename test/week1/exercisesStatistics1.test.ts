import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {density} from "../../src/components/math/distribution.js";
import {exponential, normal, uniform} from "../../src/components/math/distributions/continuous.js";
import {binomial, poisson} from "../../src/components/math/distributions/discrete.js";
import {drawExponential, drawNormal} from "../../src/components/math/draws.js";
import {normalCdf} from "../../src/components/math/errorFunction.js";
import {integrate} from "../../src/components/math/quadrature.js";
import {rng} from "../../src/components/math/random.js";
import {correlation} from "../../src/components/math/statistics.js";
import {type Case, functionName, outcome} from "../../src/components/ui/codeRun.js";
import {type Answer, judge} from "../../src/components/ui/verify.js";
import {answers} from "../../src/week1/exercisesStatisticsAnswers.js";

const range = (n: number) => Array.from({length: n}, (_, i) => i);
const sum = (x: number[]) => x.reduce((a, b) => a + b, 0);
const bits = (mask: number): number => (mask ? (mask & 1) + bits(mask >> 1) : 0);

/** Σ over the subsets of n things of the probability that exactly they happen, where `counts` says so. */
const overSubsets = (n: number, p: number, counts: (happened: number) => boolean) =>
  sum(range(2 ** n).map((mask) => (counts(bits(mask)) ? p ** bits(mask) * (1 - p) ** (n - bits(mask)) : 0)));

const permutations = (n: number): number[][] =>
  n ? permutations(n - 1).flatMap((p) => range(n).map((i) => [...p.slice(0, i), n - 1, ...p.slice(i)])) : [[]];

/** The probabilities of 0, 1, … different classes among n draws, one draw after another. */
function seenClasses(n: number, classes: number): number[] {
  let p = [1, ...Array<number>(classes).fill(0)];
  for (let t = 0; t < n; ++t)
    p = p.map((stay, k) => (stay * k) / classes + (k ? (p[k - 1] * (classes - k + 1)) / classes : 0));
  return p;
}

/** The chances of 10 before 0, by repeated averaging over the next round. */
function tenBeforeNothing(): number {
  const h = [...Array<number>(10).fill(0), 1];
  for (let sweep = 0; sweep < 2000; ++sweep) for (let k = 1; k < 10; ++k) h[k] = 0.45 * h[k + 1] + 0.55 * h[k - 1];
  return h[3];
}

const square = (x: number, y: number) => (6 / 5) * (x * x + 2 * x * y);
const slice = (x: number, top: number) => integrate((y) => square(x, y), 0, top);
const byNormal = (f: (z: number) => number) => integrate((z) => f(z) * density(normal(0, 1), z), 0, 12);

/** By enumeration, quadrature or recursion; none uses the answer's formula. */
const independent: Record<string, () => number> = {
  "ex-1-1": () => 0.85 - 0.5 + (0.85 - 0.7),
  "ex-1-2": () => range(1e4).filter((i) => new Set(String(i).padStart(4, "0")).size === 4).length / 1e4,
  "ex-1-3": () => overSubsets(3, 0.8, (right) => right >= 2),
  "ex-1-4": () => 12 / (12 + 15 + 12),
  "ex-1-6": () => permutations(6).filter((p) => p.every((x, i) => x !== i)).length / 720,
  "ex-1-7": () => overSubsets(8, 0.5, (kept) => kept === 2) / overSubsets(8, 0.5, (kept) => kept >= 2),
  "ex-1-8": () => sum(range(200).map((round) => (0.7 * 0.6) ** round * 0.3)),
  "ex-1-10": () => sum([0.4 * 0.95, 0.6 * 0.6]) - sum([0.4 * 0.9, 0.6 * 0.5]),
  "ex-1-11": () => seenClasses(20, 5)[5],
  "ex-1-12": tenBeforeNothing,
  "ex-2-1": () => integrate((x) => x / 4, 1, 2) + (3 / 4 - 4 / 8),
  "ex-2-2": () => integrate((x) => x ** -3, 1, 2) / integrate((x) => x ** -3, 1, 4),
  "ex-2-3": () => integrate((x) => density(normal(3, 2), x), 1, 6),
  "ex-2-4": () => sum(range(80).map((k) => density(poisson(6), k + 2) * density(binomial(k + 2, 0.25), 2))),
  "ex-2-6": () => {
    const cdf = (y: number) => uniform(-1, 2).cdf(Math.sqrt(y)) - uniform(-1, 2).cdf(-Math.sqrt(y));
    return (cdf(0.25 + 1e-4) - cdf(0.25 - 1e-4)) / 2e-4;
  },
  "ex-2-7": () => integrate((x) => slice(x, x), 0, 1),
  "ex-2-8": () => slice(0.5, 0.5) / slice(0.5, 1),
  "ex-2-12": () => byNormal((x) => normalCdf((0.6 * x) / 0.8)),
  "ex-3-1": () => {
    const moment = (k: number) => 0.7 * integrate((x) => x ** k * density(exponential(0.5), x), 0, 120);
    return moment(2) - moment(1) ** 2;
  },
  "ex-3-2": () => (2 * 2 - 3 * 0.5) ** 2 + (3 * Math.sqrt(0.75)) ** 2, // X = 2A, Y = A/2 + √¾ B
  "ex-3-3": () => integrate((x) => x ** 3 / 3, 0, 3),
  "ex-3-4": () => byNormal((z) => z * z) - byNormal((z) => z) ** 2,
  "ex-3-5": () => sum(range(80).map((n) => density(poisson(4), n) * (3 * n + (2 * n) ** 2))) - 8 ** 2,
  "ex-3-6": () => sum(seenClasses(20, 10).map((p, k) => k * p)),
  "ex-3-7": () => {
    const [small, large] = [
      range(148).map((i) => (i < 64 ? 1 / 64 : 0)),
      range(148).map((i) => (i < 48 ? 0 : 1 / 100))
    ];
    return sum(small.map((w, i) => w * large[i])) / (Math.hypot(...small) * Math.hypot(...large));
  },
  "ex-3-10": () => integrate((t) => 1 - (1 - Math.exp(-t)) * (1 - Math.exp(-2 * t)), 0, 40),
  "ex-3-11": () => {
    const along = (f: (x: number) => number) => integrate((x) => x ** 3 * f(x), 0, 1); // onto Legendre's polynomials
    return along((x) => x ** 3) - along(() => 1) ** 2 - along((x) => Math.sqrt(3) * (2 * x - 1)) ** 2;
  },
  "ex-3-12": () => overSubsets(20, 0.5, (k) => 1.5 ** k * 0.6 ** (20 - k) > 1)
};

describe("answers that are numbers", () => {
  test.each(Object.entries(independent))("%s by another way", (id, other) => {
    const found = other();
    expect((answers[id] as {expected: number}).expected).toBeCloseTo(found, 6);
    for (const [entered, passed] of [
      [found, true],
      [found.toPrecision(4), true],
      [found * 1.01, false]
    ])
      // prettier-ignore
      expect(judge(answers[id] as Answer, String(entered))).toMatchObject({passed});
  });
  test("the range of four and the largest of noisy logits, by 40,000 draws within 4 standard errors", () => {
    const stream = rng(11);
    const share = (id: string, happens: () => boolean) => {
      const {expected: p} = answers[id] as {expected: number};
      const n = 40_000;
      const found = sum(range(n).map(() => Number(happens()))) / n;
      expect(Math.abs(found - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
    };
    share("ex-2-10", () => {
      const four = Float64Array.from({length: 4}, () => stream.next());
      return Math.max(...four) - Math.min(...four) <= 0.5;
    });
    share("ex-2-11", () => {
      const [first, ...others] = [1, 0, 0].map((z) => z - Math.log(drawExponential(stream)));
      return first > Math.max(...others);
    });
  });
});

describe("answers that are chosen or written", () => {
  test("parity: every pair is independent, the three are not", () => {
    const outcomes = [0, 1, 2, 3].map((i) => [i & 1, i >> 1, (i & 1) ^ (i >> 1)]);
    const all = (...which: number[]) => outcomes.filter((o) => which.every((i) => o[i])).length / 4;
    expect([all(0, 1), all(0, 2), all(1, 2), all(0, 1, 2)]).toEqual([1 / 4, 1 / 4, 1 / 4, 0]);
    expect(answers["ex-1-5"]).toMatchObject({correct: 1});
  });
  test("a random sign: no correlation, the same size", () => {
    const stream = rng(5);
    const x = Float64Array.from({length: 20_000}, () => drawNormal(stream));
    const y = x.map((value) => (stream.next() < 0.5 ? value : -value));
    expect(Math.abs(correlation(x, y))).toBeLessThan(4 * Math.sqrt(3 / 20_000));
    expect(y.map(Math.abs)).toEqual(x.map(Math.abs));
    expect(answers["ex-3-8"]).toMatchObject({correct: 2});
  });
  test("minus a logarithm is exponential, whatever one calls it", () => {
    for (const u of [0.1, 0.5, 0.9]) expect(exponential(3).cdf(-Math.log(u) / 3)).toBeCloseTo(1 - u, 12);
    const says = (text: string) => judge(answers["ex-2-5"] as Answer, text).passed;
    for (const text of ["exponential", "Exp(3)", "an exponential", "the exponential family"])
      expect(says(text)).toBe(true);
    for (const text of ["normal", "uniform", "expected", "Laplace"]) expect(says(text)).toBe(false);
  });
});

const page = readFileSync(new URL("../../src/week1/exercises-statistics.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^:::: exercise (\S+) (\S+) "(.+)"\n([\s\S]+?)^::::$/gm)];

/** How many cases a body of the function passes; the reader's code is called as the page calls it. */
function passes(id: string, body?: string): [passed: number, of: number] {
  const {start, cases} = answers[id] as {start: string; cases: Case[]};
  const name = functionName(start);
  const source = body ? `${/function .*\{/.exec(start)![0]}${body}}` : start;
  const call = new Function(`"use strict";${source}\nreturn ${name};`)() as (...args: unknown[]) => unknown;
  return [cases.filter((one) => outcome({value: call(...one.args)}, one).passed).length, cases.length];
}

describe("code", () => {
  test.each(["ex-1-9", "ex-2-9", "ex-3-9"])("%s: the page's solution passes, the start does not", (id) => {
    const [, body] = /::: solution\n`(.+?)`/.exec(blocks.find((block) => block[1] === id)![4])!;
    const [passed, of] = passes(id, body);
    expect(passed).toBe(of);
    expect(passes(id)[0]).toBeLessThan(of);
  });
  test("products without logarithms and E XY − E X E Y fail as their hints say", () => {
    const product = "const w = prior.map((p, i) => observations.reduce((a, o) => a * o[i], p)); const s = w.reduce((a, b) => a + b); return w.map((x) => x / s);"; // prettier-ignore
    expect(passes("ex-1-9", product)).toEqual([3, 4]);
    const moments = "const m = (f) => p.reduce((all, row, i) => row.reduce((s, w, j) => s + w * f(i, j), all), 0); return m((i, j) => x[i] * y[j]) - m((i) => x[i]) * m((i, j) => y[j]);"; // prettier-ignore
    expect(passes("ex-3-9", moments)).toEqual([2, 3]);
  });
});

describe("the page", () => {
  test("has 12 exercises for each chapter, in the order of their grades, and no answer without one", () => {
    const ids = [1, 2, 3, 7, 8, 11].flatMap((chapter) => range(12).map((i) => `ex-${chapter}-${i + 1}`));
    expect(blocks.map(([, id]) => id)).toEqual(ids);
    expect(Object.keys(answers).sort()).toEqual([...ids].sort());
    for (const chapter of [1, 2, 3]) {
      const grades = blocks.filter(([, id]) => id.startsWith(`ex-${chapter}-`)).map(([, , grade]) => grade);
      expect([...new Set(grades)]).toEqual(["routine", "standard", "hard"]);
      expect(grades).toEqual([...grades].sort((a, b) => "rsh".indexOf(a[0]) - "rsh".indexOf(b[0])));
    }
  });
  test.each(blocks.map(([, id, , title, text]) => [id, title, text]))(
    "%s has three hints, then a solution",
    (...[id, title, text]) => {
      // prettier-ignore
      expect(title).toMatch(new RegExp(`^${id.slice(3).replace("-", "[.]")} `));
      expect([...text.matchAll(/^::: (\w+)/gm)].map(([, kind]) => kind)).toEqual(["hint", "hint", "hint", "solution"]);
    }
  );
});
