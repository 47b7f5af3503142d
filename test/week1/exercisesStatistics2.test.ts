import {describe, expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {gamma, beta} from "../../src/components/math/distributions/gammaFamily.js";
import {drawExponential} from "../../src/components/math/draws.js";
import {density} from "../../src/components/math/distribution.js";
import {chapter7, dkw, influences} from "../../src/week1/exercisesStatistics/chapter7.js";
import {chapter8} from "../../src/week1/exercisesStatistics/chapter8.js";
import {chapter11} from "../../src/week1/exercisesStatistics/chapter11.js";
import {
  bandOf,
  bootstrapOf,
  coinOf,
  farthest,
  gammaTwo,
  statistics
} from "../../src/week1/exercisesStatistics/pictures.js";

const all = {...chapter7, ...chapter8, ...chapter11};
const answer = (id: string): number => {
  const verify = all[`ex-${id}`];
  if (verify?.kind !== "number") throw new Error(`expected a number for ${id}`);
  return verify.expected;
};
const cases = (id: string) => {
  const verify = all[`ex-${id}`];
  if (verify?.kind !== "code") throw new Error(`expected code for ${id}`);
  return verify.cases;
};
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, x) => all + x, 0);
const average = (values: ArrayLike<number>) => sum(values) / values.length;
const spread = (values: number[]) => {
  const centre = average(values);
  return Math.sqrt(average(values.map((x) => (x - centre) ** 2)));
};
/** Midpoint rule. */
const integral = (f: (x: number) => number, low: number, high: number, n = 20_000) =>
  (sum(Array.from({length: n}, (_, i) => f(low + ((high - low) * (i + 0.5)) / n))) * (high - low)) / n;
/** A share of seeded trials, to four standard errors. */
function expectShare(
  expected: number,
  trial: (u: Float32Array | Float64Array, i: number) => boolean,
  draws: number,
  trials = 20_000
) {
  const stream = rng(17);
  let hits = 0;
  for (let i = 0; i < trials; ++i) if (trial(stream.uniform(draws), i)) ++hits;
  expect(Math.abs(hits / trials - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / trials) + 1e-12);
}

test("there are twelve of each chapter", () => {
  for (const [chapter, answers] of [
    [7, chapter7],
    [8, chapter8],
    [11, chapter11]
  ] as const)
    // prettier-ignore
    expect(Object.keys(answers)).toEqual(Array.from({length: 12}, (_, i) => `ex-${chapter}-${i + 1}`));
});

describe("chapter 7", () => {
  test("counts and quantiles, by counting", () => {
    expect(answer("7-1")).toBe(5 / 8);
    const data = [1, 2, 3, 4, 6, 7, 8, 9];
    expect(answer("7-4")).toBe(data.find((x) => data.filter((y) => y <= x).length >= 6));
  });

  test("7.2 and 7.7: spread and covariance of two points of the curve, by summing over the multinomial", () => {
    const deviation = (n: number, p: number) => {
      const choose = (k: number): number => (k === 0 ? 1 : (choose(k - 1) * (n - k + 1)) / k);
      const weights = Array.from({length: n + 1}, (_, k) => choose(k) * p ** k * (1 - p) ** (n - k));
      return Math.sqrt(sum(weights.map((w, k) => w * (k / n - p) ** 2)));
    };
    expect(answer("7-2")).toBeCloseTo(deviation(50, 0.3), 9);
    // Var(F̂(y) − F̂(x)) = Var F̂(x) + Var F̂(y) − 2 Cov, and the difference is a share of probability 0.4.
    const [x, y, between] = [0.2, 0.6, 0.4].map((p) => deviation(10, p) ** 2);
    expect(answer("7-7")).toBeCloseTo((x + y - between) / 2, 9);
  });

  test("7.3, 7.8, 7.12: functionals of the empirical distribution as sums over pairs or triples", () => {
    const pairs = (data: number[]) => data.flatMap((a) => data.map((b) => [a, b]));
    expect(answer("7-3")).toBeCloseTo(average(pairs([1, 3, 5, 11]).map(([a, b]) => (a - b) ** 2 / 2)), 9);
    // E (X − μ)³ = E (a − b)² (a − c) for independent a, b, c, because E (b − μ)² (a − c) is 0 and so is E (a − μ)(b − μ)(…)
    const triples = pairs([0, 0, 0, 4]).flatMap(([a, b]) => [0, 0, 0, 4].map((c) => (a - b) ** 2 * (a - c)));
    expect(answer("7-8")).toBeCloseTo(average(triples) / 3 ** 1.5, 9);
    expect(answer("7-12")).toBeCloseTo(average(pairs([1, 2, 4]).map(([a, b]) => Math.max(a, b))), 9);
  });

  test("7.5 and 7.6: the bound is reached exactly, and one observation fewer does not do", () => {
    expect(2 * Math.exp(-2 * 200 * answer("7-5") ** 2)).toBeCloseTo(0.05, 9);
    const n = answer("7-6");
    expect(dkw(n, 0.05)).toBeLessThanOrEqual(0.01);
    expect(dkw(n - 1, 0.05)).toBeGreaterThan(0.01);
  });

  test("7.9: the standard error of the difference, by simulation", () => {
    const stream = rng(5);
    const share = (p: number, n: number) => stream.uniform(n).filter((u) => u < p).length / n;
    const error = spread(Array.from({length: 6000}, () => share(0.64, 100) - share(0.5, 150)));
    expect((0.14 - answer("7-9")) / 1.96).toBeCloseTo(error, 2);
    expect(answer("7-9")).toBeCloseTo(0.016494, 6);
  });

  test("7.10: the cases, on a fine grid of both sides of every point", () => {
    for (const {args, expected} of cases("7-10")) {
      const data = args[0] as number[];
      const grid = Array.from({length: 100_001}, (_, i) => i / 100_000).flatMap((x) => [x - 1e-9, x]);
      const distance = Math.max(...[grid.map((x) => Math.abs(data.filter((y) => y <= x).length / data.length - x)).reduce((a, b) => Math.max(a, b))]); // prettier-ignore
      expect(distance).toBeCloseTo(expected as number, 4);
    }
  });

  test("7.11: the influence is the slope of the functional towards a point", () => {
    const data = [1, 3, 5, 11];
    const varianceOf = (weights: number[]) => sum(data.map((x, i) => weights[i] * x * x)) - sum(data.map((x, i) => weights[i] * x)) ** 2; // prettier-ignore
    const slopes = data.map((_, j) => {
      const towards = (t: number) => varianceOf(data.map((_, i) => (1 - t) / 4 + (i === j ? t : 0)));
      return (towards(1e-6) - towards(-1e-6)) / 2e-6;
    });
    influences(data).forEach((l, i) => expect(l).toBeCloseTo(slopes[i], 4));
    expect(answer("7-11")).toBeCloseTo(Math.sqrt(sum(slopes.map((l) => l * l))) / 4, 4);
  });
});

describe("chapter 8", () => {
  const every = (data: number[]): number[][] => {
    const n = data.length;
    return Array.from({length: n ** n}, (_, k) => data.map((_, i) => data[Math.floor(k / n ** i) % n]));
  };

  test("8.1, 8.3 and 8.12: by all 256 samples of four", () => {
    const samples = every([1, 3, 5, 11]);
    expect(answer("8-1")).toBe(new Set(samples.map((s) => [...s].sort((a, b) => a - b).join())).size);
    expect(answer("8-3")).toBeCloseTo(spread(samples.map(average)), 9);
    const expected = average(samples.map((s) => spread(s) ** 2));
    expect(answer("8-12")).toBeCloseTo(14 - (expected - 14), 9);
  });

  test("8.2, 8.7 and 8.8: who is left out, by simulation", () => {
    expectShare(answer("8-2"), (u) => u.every((x) => x >= 0.1), 10);
    const seen = Array.from({length: 4000}, (_, i) => new Set(rng(i).integers(20, 20)).size);
    expect(Math.abs(average(seen) - answer("8-7"))).toBeLessThan((4 * spread(seen)) / Math.sqrt(4000));
    expect(1 - (1 - 1e-7) ** 1e7).toBeCloseTo(answer("8-8"), 6);
  });

  test("8.4, 8.5: by hand", () => {
    expect(answer("8-4")).toBeCloseTo(0.460435, 6);
    expect(answer("8-5")).toBe(7);
  });

  test("8.6: for a sample skewed to the right the percentile interval reaches up, the pivotal one down", () => {
    const {estimate, percentile, pivotal, values} = bootstrapOf("mean", 15, 3);
    const centre = average(values);
    expect(average(Array.from(values, (x) => (x - centre) ** 3))).toBeGreaterThan(0);
    expect(percentile[1] - estimate).toBeGreaterThan(estimate - percentile[0]);
    expect(estimate - pivotal[0]).toBeGreaterThan(pivotal[1] - estimate);
    expect(pivotal[0] + pivotal[1] + percentile[0] + percentile[1]).toBeCloseTo(4 * estimate, 9);
    expect(all["ex-8-6"]).toMatchObject({kind: "choice", correct: 1});
  });

  test("8.9 and 8.11: medians by the probabilities 7, 13 and 7 of 27", () => {
    expect(answer("8-9")).toBeCloseTo(13 / 27, 12);
    for (const {args, expected} of cases("8-11")) {
      const [a, b, c] = [...(args[0] as number[])].sort((x, y) => x - y);
      const mean = (f: (x: number) => number) => (7 * f(a) + 13 * f(b) + 7 * f(c)) / 27;
      expect(expected).toBeCloseTo(mean((x) => x * x) - mean((x) => x) ** 2, 9);
    }
    expect(cases("8-11")[0].expected).toBeCloseTo(3.802469, 6);
  });

  test("8.10: the relative spread of standard errors from so many normal draws is 2 %", () => {
    const stream = rng(9);
    const errors = Array.from({length: 1500}, () => spread(Array.from(stream.normal(answer("8-10")))));
    expect(spread(errors) / average(errors)).toBeCloseTo(0.02, 2);
    expect(Math.abs(spread(errors) / average(errors) - 0.02)).toBeLessThan(4 * 0.02 / Math.sqrt(3000)); // prettier-ignore
  });
});

describe("chapter 11", () => {
  /** Posterior expectation of f by quadrature of prior × likelihood. */
  const posterior = (weight: (p: number) => number, low: number, high: number) => (f: (p: number) => number) =>
    integral((p) => f(p) * weight(p), low, high) / integral(weight, low, high);

  test("11.1, 11.5, 11.7, 11.8: posterior means by quadrature", () => {
    expect(answer("11-1")).toBeCloseTo(
      posterior((p) => p ** 8 * (1 - p) ** 4, 0, 1)((p) => p),
      6
    );
    expect(answer("11-5")).toBeCloseTo(
      posterior((p) => (1 - p) ** 8, 0, 1)((p) => p),
      6
    );
    const rate = posterior((l) => l ** 2 * Math.exp(-2 * l) * l ** 15 * Math.exp(-3 * l), 0, 40);
    expect(answer("11-7")).toBeCloseTo(
      rate((l) => l),
      6
    );
    // p = sin² φ takes Jeffreys' prior to a flat one in φ.
    const jeffreys = posterior((phi) => Math.sin(phi) ** 6, 0, Math.PI / 2);
    expect(answer("11-8")).toBeCloseTo(
      jeffreys((phi) => Math.sin(phi) ** 2),
      6
    );
  });

  test("11.2 and 11.3: the normal posterior by quadrature", () => {
    const theta = posterior((t) => Math.exp(-(t ** 2) / 8 - 2 * (t - 2) ** 2), -10, 10);
    const mean = theta((t) => t);
    expect(answer("11-2")).toBeCloseTo(mean, 6);
    expect(answer("11-3")).toBeCloseTo(Math.sqrt(theta((t) => (t - mean) ** 2)), 6);
  });

  test("11.4: of coins that showed two heads, the share whose third toss is a head", () => {
    const stream = rng(21);
    let [two, three] = [0, 0];
    for (let i = 0; i < 60_000; ++i) {
      const u = stream.uniform(4);
      const p = [0.2, 0.5, 0.8][Math.floor(3 * u[0])];
      if (u[1] < p && u[2] < p) {
        ++two;
        if (u[3] < p) ++three;
      }
    }
    expect(Math.abs(three / two - answer("11-4"))).toBeLessThan(4 * Math.sqrt(0.22 / two));
  });

  test("11.6: the posterior mass below the bound is 95 %", () => {
    expect(integral((p) => 21 * (1 - p) ** 20, 0, answer("11-6"))).toBeCloseTo(0.95, 6);
    expect(answer("11-6")).toBeCloseTo(0.132946, 6);
  });

  test("11.9: the density of the log-odds by a difference of its distribution function", () => {
    const cdf = (psi: number) => 1 / (1 + Math.exp(-psi)); // P(logit p ≤ ψ) for a uniform p
    expect(answer("11-9")).toBeCloseTo((cdf(1e-5) - cdf(-1e-5)) / 2e-5, 8);
  });

  test("11.10: both hypotheses' evidence by enumeration and quadrature", () => {
    const heads = Array.from({length: 1024}, (_, i) => i.toString(2).replaceAll("0", "").length);
    const half = heads.filter((k) => k === 8).length / 1024;
    const uniform = integral((p) => 45 * p ** 8 * (1 - p) ** 2, 0, 1);
    expect(answer("11-10")).toBeCloseTo(half / (half + uniform), 6);
    expect(answer("11-10")).toBeCloseTo(0.325872, 6);
  });

  test("11.11: the cases by direct weights where nothing underflows, and by symmetry where it does", () => {
    for (const {args, expected} of cases("11-11")) {
      const [grid, prior, k, n] = args as [number[], number[], number, number];
      const weights = grid.map((p, i) => prior[i] * p ** k * (1 - p) ** (n - k));
      if (n < 100) expect(expected).toBeCloseTo(sum(grid.map((p, i) => p * weights[i])) / sum(weights), 9);
      else {
        expect(sum(weights)).toBe(0);
        expect([grid[0] + grid[1], 2 * k, expected]).toEqual([1, n, 0.5]);
      }
    }
  });

  test("11.12: no other capacity on a grid costs less", () => {
    const cost = (c: number) => integral((x) => (x < c ? c - x : 3 * (x - c)) * Math.exp(-x), 0, 40, 40_000);
    const best = cost(answer("11-12"));
    for (const c of [0.5, 1, 1.3, 1.45, 2, 3]) expect(cost(c)).toBeGreaterThan(best);
  });
});

describe("the pictures", () => {
  test("the band holds F at least as often as it promises; F is that of Gamma(2, 1)", () => {
    for (const n of [5, 40, 300]) expect(bandOf(n, 2).held).toBeGreaterThanOrEqual(184);
    for (const x of [0.1, 1, 4]) expect(gammaTwo(x)).toBeCloseTo(gamma(2, 1).cdf(x), 10);
    expect(farthest(Float64Array.of(0.5), (x) => x)).toBe(0.5);
    const {steps, lower, upper, half} = bandOf(20, 1);
    steps.forEach(([x, y], i) => {
      expect([lower[i][0], upper[i][0]]).toEqual([x, x]);
      expect(upper[i][1] - y).toBeLessThanOrEqual(half + 1e-12);
    });
  });

  test.each(Object.keys(statistics))("the true value of the %s is what many samples have on average", (name) => {
    const {of, truth} = statistics[name];
    const stream = rng(31);
    const n = name === "maximum" ? 10 : 2000;
    const values = Array.from({length: 400}, () => of(Float64Array.from({length: n}, () => drawExponential(stream))));
    expect(Math.abs(average(values) - truth(n))).toBeLessThan(4 * spread(values) / 20 + 1e-3); // prettier-ignore
  });

  test("the bootstrap's standard error of a mean is that of exercise 8.3, up to its own noise", () => {
    const {error, values, estimate} = bootstrapOf("mean", 50, 4);
    expect(average(values)).toBeCloseTo(estimate, 1);
    expect(error).toBeGreaterThan(0.05);
    expect(error).toBeLessThan(0.3);
  });

  test("a credible interval holds 95 % of the coins that its prior makes; without tosses the posterior is the prior", () => {
    for (const prior of [
      {a: 2, b: 2},
      {a: 0.5, b: 10}
    ])
      // prettier-ignore
      for (const n of [0, 10, 200]) expect(Math.abs(coinOf({...prior, n}, 3).held - 190)).toBeLessThanOrEqual(13);
    const {prior, posterior} = coinOf({a: 3, b: 5, n: 0}, 1);
    expect(posterior).toEqual(prior);
    expect(prior[99][1]).toBeCloseTo(density(beta(3, 5), 0.5), 12);
  });
});
