import {describe, expect, test} from "vitest";
import {scenes} from "../../src/components/data/scenes.js";
import {sigmoid} from "../../src/components/math/activations.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {rng} from "../../src/components/math/random.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {iouOfClasses, maskImages, pixelCalibration} from "../../src/week2/segmentationLosses/drawings.js";
import {averaged, landscape, lowest} from "../../src/week2/segmentationLosses/doubt.js";
import {
  backgroundPart,
  bce,
  constant,
  dice,
  iou,
  iouGradient,
  pulls
} from "../../src/week2/segmentationLosses/formulas.js";
import {boundary, boundaryF1, lovasz, type Mask} from "../../src/week2/segmentationLosses/masks.js";
import {answers} from "../../src/week2/segmentationLossesAnswers.js";
import segmentationLossesTask, {sides} from "../../src/week2/segmentationLossesTask.js";

/** Ways to the answers that share no code with the page: the formulas' own arithmetic, and counts of pixels in sets. */
const pixels = (from: number, to: number) => new Set(Array.from({length: to - from}, (_, i) => from + i));
const diceOfSets = (a: Set<number>, b: Set<number>) => (2 * [...a].filter((x) => b.has(x)).length) / (a.size + b.size);
const independent: Record<string, number> = {
  "ex-dice": 3.4 / 3.8,
  "ex-iou": 1.7 / 2.1,
  "ex-convert": diceOfSets(pixels(0, 3), pixels(1, 4)), // two of four pixels in common
  "ex-share": 1 - 0.02,
  "ex-all": diceOfSets(pixels(0, 100), pixels(0, 2)),
  "ex-miss": 1 / 2,
  "ex-empty": 5 / 6,
  "ex-batch": diceOfSets(pixels(0, 50), pixels(0, 51)) - (1 + 0) / 2
};

describe("answers", () => {
  test.each(Object.entries(independent))("%s by another way", (id, other) => {
    expect(judge(answers[id] as never, String(other))).toMatchObject({passed: true});
    expect(judge(answers[id] as never, String(other * 1.02))).toMatchObject({passed: false});
  });

  test("the code exercise expects central differences", () => {
    const {cases} = answers["ex-code"] as Extract<Verify, {kind: "code"}>;
    for (const {args, expected} of cases) {
      const [p, g] = args as [number[], number[]];
      const index = (x: number[]) =>
        (2 * x.reduce((s, xi, j) => s + xi * g[j], 0)) / x.reduce((s, xi, j) => s + xi * xi + g[j], 0);
      numericGradient(index, p).forEach((slope, j) => expect((expected as number[])[j]).toBeCloseTo(slope, 7));
    }
  });

  test("the Lovász exercise expects the mean IoU loss of the mistakes above a threshold that is drawn uniformly", () => {
    const {cases} = answers["ex-lovasz"] as Extract<Verify, {kind: "code"}>;
    for (const {args, expected} of cases) expect(byThresholds(...(args as [number[], number[]]))).toBeCloseTo(expected as number, 9); // prettier-ignore
  });

  test("the boundary exercise expects what masks grown by the tolerance cover", () => {
    const {cases} = answers["ex-boundary"] as Extract<Verify, {kind: "code"}>;
    for (const {args, expected} of cases) expect(byGrowing(...(args as [Mask, Mask, number]))).toBeCloseTo(expected as number, 9); // prettier-ignore
    const values = cases.map(({expected}) => expected as number);
    expect(values.some((value) => value > 0 && value < 1)).toBe(true);
  });
});

/** ∫ Δ({j: eⱼ ≥ t}) dt over t from 0 to 1, Δ the IoU loss of a mask with these mistakes. */
function byThresholds(p: number[], g: number[]): number {
  const errors = p.map((pj, j) => Math.abs(pj - g[j]));
  const steps = [...new Set([0, ...errors])].sort((a, b) => a - b);
  return steps.slice(1).reduce((sum, t, i) => {
    const said = g.map((gj, j) => (errors[j] >= t ? 1 - gj : gj));
    const both = said.filter((x, j) => x && g[j]).length;
    const either = said.filter((x, j) => x || g[j]).length;
    return sum + (t - steps[i]) * (1 - both / either);
  }, 0);
}

/** Boundary F1 from maps: a mask less its eroded self, and discs painted around every pixel of a boundary. */
function byGrowing(said: Mask, wanted: Mask, tolerance: number): number {
  const at = (mask: Mask, i: number, j: number) => mask[i]?.[j] ?? 0;
  const edge = (mask: Mask) => mask.map((row, i) => row.map((x, j) => (x && !(at(mask, i - 1, j) && at(mask, i + 1, j) && at(mask, i, j - 1) && at(mask, i, j + 1)) ? 1 : 0))); // prettier-ignore
  const grown = (mask: Mask) => mask.map((row, i) => row.map((_, j) => (mask.some((other, k) => other.some((x, l) => x && (i - k) ** 2 + (j - l) ** 2 <= tolerance ** 2 + 1e-12)) ? 1 : 0))); // prettier-ignore
  const count = (mask: Mask) => mask.flat().reduce((a, b) => a + b, 0);
  const covered = (a: Mask, b: Mask) => count(a.map((row, i) => row.map((x, j) => x * b[i][j])));
  const [p, g] = [edge(said), edge(wanted)];
  if (!count(p) || !count(g)) return count(p) === count(g) ? 1 : 0;
  const [hits, found] = [covered(p, grown(g)), covered(g, grown(p))];
  return hits + found ? 2 / (count(p) / hits + count(g) / found) : 0;
}

test("Lovász's extension is the IoU loss at the corners, and convex in the errors", () => {
  const stream = rng(3);
  const bits = (n: number) => Array.from(stream.integers(n, 2));
  for (let i = 0; i < 20; ++i) {
    const [p, g] = [bits(9), [1, ...bits(8)]];
    expect(lovasz(p, g)).toBeCloseTo(1 - iou(p, g), 12);
    const [a, b] = [stream.uniform(9), stream.uniform(9)].map((x) => Array.from(x));
    const mean = a.map((x, j) => (x + b[j]) / 2);
    expect(lovasz(mean, g)).toBeLessThanOrEqual((lovasz(a, g) + lovasz(b, g)) / 2 + 1e-12);
    expect(lovasz(a, g)).toBeCloseTo(byThresholds(a, g), 12);
  }
});

test("a square one pixel too large on every side: IoU .907, boundary F1 0, and nearly 1 with a tolerance of one pixel", () => {
  const square = (low: number, high: number) => Array.from({length: 44}, (_, i) => Array.from({length: 44}, (_, j) => Number(Math.min(i, j) >= low && Math.max(i, j) <= high))); // prettier-ignore
  const [wanted, said] = [square(2, 41), square(1, 42)];
  expect(iou(said.flat(), wanted.flat())).toBeCloseTo(1600 / 1764, 12);
  expect(boundary(said).length).toBe(4 * 41);
  expect(boundaryF1(said, wanted, 0)).toBe(0);
  expect(boundaryF1(said, wanted, 1)).toBeCloseTo((2 * (160 / 164)) / (160 / 164 + 1), 12); // its corners are √2 away
  expect(boundaryF1(said, wanted, 1.5)).toBe(1);
});

test("the pulls are the slopes of the losses by the logits, downhill", () => {
  const stream = rng(4);
  const [z, g] = [Array.from(stream.normal(8)), [1, 0, 1, 0, 0, 1, 0, 0]];
  const index = {"cross-entropy": (p: number[]) => -bce(p, g), Dice: (p: number[]) => dice(p, g), "Dice, squares": (p: number[]) => dice(p, g, {squared: true}), IoU: (p: number[]) => iou(p, g)}; // prettier-ignore
  for (const [name, of] of Object.entries(index)) {
    const slopes = numericGradient((x) => of(x.map(sigmoid)), z);
    pulls[name](z.map(sigmoid), g).forEach((pull, j) => expect(pull).toBeCloseTo(slopes[j], 8));
  }
});

test("IoU's gradient with smoothing is that of central differences", () => {
  const [p, g] = [[0.3, 0.9, 0.2, 0.6], [1, 1, 0, 0]]; // prettier-ignore
  const slopes = numericGradient((x) => iou(x, g, 0.7), p);
  iouGradient(p, g, 0.7).forEach((slope, j) => expect(slope).toBeCloseTo(slopes[j], 8));
});

test("of a rare figure the background has nearly all of cross-entropy's pull, half of Dice's, two thirds with squares", () => {
  const [p, g] = constant(10_000, 0.002, 0.5);
  const part = (name: string) => backgroundPart(pulls[name](p, g), g);
  expect(part("cross-entropy")).toBeCloseTo(0.998, 6);
  expect(part("Dice")).toBeCloseTo(0.499, 6);
  expect(part("IoU")).toBeCloseTo(0.499, 6);
  expect(part("Dice, squares")).toBeCloseTo(0.665333, 6);
});

test("a doubtful pixel: cross-entropy and, of a large figure, Dice with squares ask for its probability, Dice and IoU for an answer", () => {
  for (const pi of [0.2, 0.3, 0.6, 0.85]) {
    const at = lowest(landscape(200, pi));
    expect(at["cross-entropy"]).toBeCloseTo(pi, 10);
    expect(Math.abs(at["1 − Dice, squares"] - pi)).toBeLessThan(0.0101);
    for (const name of ["1 − Dice", "1 − IoU"]) expect(at[name]).toBe(pi < 0.5 ? 0.01 : 0.99);
  }
});

test("where the slopes of E D balance, E D is smallest", () => {
  const rest = {p: [0.9, 0.2, 0.4], g: [1, 0, 1]}; // prettier-ignore
  const [S, a, pi] = [3.5, 1.3, 0.39]; // Σ p + Σ g and Σ p g of these
  // ((x + S + 1) / (x + S))² = π (S + 1 − a) / ((1 − π) a)
  const ratio = Math.sqrt((pi * (S + 1 - a)) / ((1 - pi) * a));
  const x = 1 / (ratio - 1) - S;
  expect(x).toBeGreaterThan(0);
  expect(x).toBeLessThan(1);
  const h = averaged((p, g) => dice(p, g), rest, pi);
  for (const away of [-0.2, -0.05, 0.05, 0.2]) expect(h(x + away)).toBeGreaterThan(h(x));
});

test("figures take the shares of the pixels that the page says", () => {
  const share = (name: keyof typeof sides) => {
    const {masks} = scenes({seed: 0, count: 60, ...(sides[name] && {sides: sides[name]})});
    return masks.reduce((a, b) => a + b, 0) / masks.length;
  };
  expect(share("large")).toBeCloseTo(0.17, 1);
  expect(share("medium")).toBeCloseTo(0.055, 2);
  expect(share("small")).toBeCloseTo(0.022, 2);
  expect(scenes({seed: 0, count: 1, sides: [4, 5]}).note).toBe("figures of sides 4 to 5");
  expect(() => scenes({seed: 0, count: 1, sides: [1, 5]})).toThrow("scenes: expected sides from 2 to 15.2, got 1 to 5");
});

test("a perfect and sure network has IoU 1 in every class and no calibration error; an empty one has IoU 0", () => {
  const records = scenes({seed: 0, count: 10});
  const logits = (of: (g: number) => number) => ({data: Float32Array.from(records.masks, of), shape: [10, 32, 32]});
  const perfect = logits((g) => (g ? 20 : -20));
  expect(iouOfClasses(perfect, records).every(({value}) => value === 1)).toBe(true);
  expect(pixelCalibration(perfect, records.masks)).toMatchObject({sure: 1});
  expect(pixelCalibration(perfect, records.masks).error).toBeLessThan(1e-6);
  expect(iouOfClasses(logits(() => -1), records).every(({value}) => value === 0)).toBe(true); // prettier-ignore
  const {data} = maskImages(records, perfect);
  expect(data.length).toBe(30 * 3 * 1024);
  expect(data[3 * 1024]).toBe(255 * records.masks[0]);
});

test("a loss that there is not is refused in words", () => {
  expect(() => segmentationLossesTask({loss: "Lovász" as never, figures: "small", width: 4, images: 8})).toThrow("segmentationLossesTask: expected loss BCE or Dice or"); // prettier-ignore
});
