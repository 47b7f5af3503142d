import {describe, expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {judge} from "../../src/components/ui/verify.js";
import {scenes} from "../../src/components/data/scenes.js";
import {views} from "../../src/components/data/augment/views.js";
import {shares} from "../../src/components/plots/overlaid.js";
import {answers} from "../../src/week3/simclrAnswers.js";
import {
  collapse,
  cosines,
  effectiveNegatives,
  floor,
  ntXent,
  orthogonalFloor,
  simplex,
  wayDown
} from "../../src/week3/simclr/nce.js";
import {foundByColour} from "../../src/week3/simclr/shortcut.js";

/** Ways to the answers that share no code with the page. */
const independent: Record<string, number> = {
  "ex-first-loss": Math.log(2 * 256 - 1),
  "ex-floor": 4.2410644,
  "ex-hard": Math.exp(0.3 / 0.1) / Math.exp(0.1 / 0.1),
  "ex-batch": Math.log(1023 / 127)
};

describe("answers", () => {
  test.each(Object.entries(independent))("%s by another way", (id, other) => {
    expect(judge(answers[id] as never, String(other))).toMatchObject({passed: true});
    expect(judge(answers[id] as never, String(other * 1.02))).toMatchObject({passed: false});
  });

  test("1,491 images are the fewest whose loss of 0 is worth eight nats", () => {
    const enough = (n: number) => Math.log(2 * n - 1) >= 8;
    expect([enough(1490), enough(1491)]).toEqual([false, true]);
    expect(judge(answers["ex-information"] as never, "1,491")).toMatchObject({passed: true});
    for (const other of ["1490", "1492", "1490.5"])
      expect(judge(answers["ex-information"] as never, other)).toMatchObject({passed: false});
  });

  test("the cases of the exercise on NT-Xent are what the loss of such projections is", () => {
    const verify = answers["ex-write"];
    if (verify.kind !== "code") throw new Error("expected a code exercise");
    expect(verify.cases[0].expected).toBeCloseTo(ntXent(Array(4).fill([1, 2, 3]), 0.5), 12);
    expect(verify.cases[1].expected).toBeCloseTo(ntXent([[1, 0], [0, 1], [1, 0], [0, 1]], 0.5), 12); // prettier-ignore
    expect(verify.cases[1].expected).toBeCloseTo(orthogonalFloor(2, 0.5), 12);
  });
});

test("directions at right angles cost more than a simplex, less so the more there are", () => {
  const gaps = [4, 16, 256].map((n) => orthogonalFloor(n, 0.5) - floor(n, 0.5));
  expect(gaps.every((gap) => gap > 0)).toBe(true);
  expect(gaps).toEqual(gaps.toSorted((a, b) => b - a));
});

test("a loss has come no part of the way at collapse, all of it at the floor, and 4.5 nats depend on the batch", () => {
  for (const pairs of [2, 64, 1024]) {
    expect(wayDown(collapse(pairs), pairs, 0.5)).toBe(0);
    expect(wayDown(floor(pairs, 0.5), pairs, 0.5)).toBeCloseTo(1, 12);
  }
  expect(wayDown(4.5, 32, 0.5)).toBeLessThan(0);
  expect(wayDown(4.5, 256, 0.5)).toBeCloseTo(0.87, 2);
  expect(wayDown(4.5, 512, 0.5)).toBeGreaterThan(1);
});

test("with the diagonal left in, the loss falls from ln 2N to ln(2 + (2N − 2) e^(−(1 + 1/(N − 1))/τ)), as failure says", () => {
  const left = (z: number[][], temperature: number) => {
    const s = cosines(z);
    const half = z.length / 2;
    const each = s.map((row, i) => Math.log(row.reduce((sum, x) => sum + Math.exp((x - row[(i + half) % z.length]) / temperature), 0))); // prettier-ignore
    return each.reduce((a, b) => a + b) / z.length;
  };
  const least = (pairs: number, temperature: number) => Math.log(1 + Math.exp(floor(pairs, temperature)));
  const corners = simplex(6);
  for (const temperature of [0.1, 0.5]) {
    expect(left([...corners, ...corners], temperature)).toBeCloseTo(least(6, temperature), 10);
    for (let seed = 0; seed < 10; ++seed) {
      const z = Array.from({length: 12}, (_, i) => Array.from(rng(seed).fork(i).normal(6)));
      expect(left(z, temperature)).toBeGreaterThan(least(6, temperature));
    }
  }
  expect(left(Array<number[]>(12).fill([1, 2]), 0.5)).toBeCloseTo(Math.log(12), 12);
  expect([least(256, 0.5), least(256, 0.1), Math.log(512)].map((x) => Number(x.toFixed(3)))).toEqual([4.255, 0.704, 6.238]); // prettier-ignore
  expect([floor(256, 0.5), floor(256, 0.1)].map((x) => Number(x.toFixed(3)))).toEqual([4.241, 0.022]);
});

test("all negatives count at a high temperature, one at a low one", () => {
  const cosines = Array.from(rng(1).uniform(50, -1, 1));
  expect(effectiveNegatives(cosines, 1000)).toBeCloseTo(50, 3);
  expect(effectiveNegatives(cosines, 1e-4)).toBeCloseTo(1, 6);
});

test("colour finds every partner among equal views, and no more than chance among gray noise without texture", () => {
  const {images} = scenes({seed: 0, count: 40});
  expect(foundByColour(images, images, 40)).toBe(1);
  const gray = new Uint8Array(images.length).fill(100);
  expect(foundByColour(gray, gray, 40)).toBe(0); // all alike: none is nearer than the others
});

test("jitter takes from colour what crops leave it", () => {
  const records = scenes({seed: 0, count: 60});
  const found = (strength: number, gray: number) => {
    const [a, b] = views(rng(2), records.images, records, {size: 24, scale: [0.2, 1], strength, gray});
    return foundByColour(a, b, 60);
  };
  expect(found(0, 0)).toBeGreaterThan(2 * found(1, 0.2));
});

test("shares of a histogram add to 1, with what lies outside at the ends", () => {
  expect(shares([-2, 0.1, 0.9, 5], [0, 1], 2)).toEqual([0.5, 0.5]);
});
