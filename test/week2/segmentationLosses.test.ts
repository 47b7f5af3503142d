import {describe, expect, test} from "vitest";
import {scenes} from "../../src/components/data/scenes.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {iouOfClasses, maskImages, pixelCalibration} from "../../src/week2/segmentationLosses/drawings.js";
import {answers} from "../../src/week2/segmentationLossesAnswers.js";
import segmentationLossesTask, {sides} from "../../src/week2/segmentationLossesTask.js";

/** Ways to the answers that share no code with the page. */
const independent: Record<string, number> = {
  "ex-dice": 3.4 / 3.8,
  "ex-iou": 1.7 / 2.1,
  "ex-convert": 2 / 3,
  "ex-share": 1 - 0.02,
  "ex-all": 4 / 102,
  "ex-miss": 1 / 2,
  "ex-empty": 5 / 6,
  "ex-batch": 100 / 101 - 0.5
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
