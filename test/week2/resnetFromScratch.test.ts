import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {groupNorm} from "../../src/components/layers/groupNorm.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {seenBy} from "../../src/week2/architectures/byHand.js";
import {smoothedLoss, smoothedTarget} from "../../src/week2/byHand.js";
import {petaflop} from "../../src/week2/ledger.js";
import {validated} from "../../src/week2/resnetConfig.js";
import {countByStage, total} from "../../src/week2/resnetCount.js";
import {answers} from "../../src/week2/resnetFromScratchAnswers.js";
import {seeded} from "../gradients.js";

const right = (id: string, value: number | string) =>
  expect(judge(answers[id] as Exclude<Verify, {kind: "code"}>, String(value)).passed, id).toBe(true);
const wrong = (id: string, value: number | string) =>
  expect(judge(answers[id] as Exclude<Verify, {kind: "code"}>, String(value)).passed, id).toBe(false);

test("the answers are what counting, walking and differentiating give", () => {
  const filters = [[1, 256, 64], [3, 64, 64], [1, 64, 256]]; // prettier-ignore
  right("ex-bottleneck", filters.reduce((sum, [k, C, O]) => sum + k * k * C * O + 2 * O, 0)); // prettier-ignore
  const three = {kernel: 3, stride: 1};
  right("ex-field", seenBy([three, three, three, three, three, {kernel: 3, stride: 2}, three]));
  right("ex-odd", Array.from({length: 15}, (_, i) => 2 * i - 1).filter((from) => from + 3 <= 16).length);
  right("ex-start", smoothedLoss(new Array<number>(100).fill(0), smoothedTarget(7, 100, 0.2)));
  const z = [0.7, 0.2, 0.1].map(Math.log);
  const slopes = numericGradient((v) => smoothedLoss(v, smoothedTarget(0, 3, 0.3)), z);
  right("ex-smoothed", slopes.map((value) => value.toFixed(6)).join(", "));
  right("ex-smoothed", "(−0.1; 0.1; 0)");
  for (const text of ["0.1, -0.1, 0", "-0.1, 0.1", "-0.1, 0.1,"]) wrong("ex-smoothed", text);
  const paths = Array.from({length: 2 ** 8}, (_, path) => path).filter((path) => path === 2 ** 8 - 1);
  right("ex-paths", paths.length);
  const whole = Array.from({length: 162}, (_, view) => [view % 9, Math.floor(view / 9) % 9]);
  right("ex-views", whole.filter(([row, column]) => row === 4 && column === 4).length / 162);
  right("ex-budget", 0.002 / petaflop(validated({width: 16, depth: 18, images: 2000}), 1));
});

test("a mean of group normalisation is over as many numbers as the answer says: change one of them, and those move", () => {
  const shape: [number, number, number, number] = [2, 4, 4, 32];
  const layer = groupNorm(32, {groups: 8});
  const x = seeded(4).normal(shape);
  const bump = tf.buffer(shape);
  bump.set(3, 1, 2, 3, 5);
  const [before, after] = [x, tf.add(x, bump.toTensor())].map((image) => layer.apply(layer.init(), image).dataSync());
  right("ex-group", before.filter((value, i) => value !== after[i]).length);
});

test("the cases of the block's gradient are central differences, and the solution passes them", () => {
  const {cases} = answers["ex-block-code"] as Extract<Verify, {kind: "code"}>;
  const solution = new Function("x", "dy", "W1", "W2", "const z = W1.map((row) => row.reduce((sum, w, j) => sum + w * x[j], 0)); const h = z.map((value, i) => (value > 0 ? W2.reduce((sum, row, k) => sum + row[i] * dy[k], 0) : 0)); return dy.map((value, j) => value + W1.reduce((sum, row, i) => sum + row[j] * h[i], 0));"); // prettier-ignore
  for (const {args, expected} of cases) {
    const [x, dy, W1, W2] = args as [number[], number[], number[][], number[][]];
    const along = (v: number[]) => {
      const h = W1.map((row) => Math.max(0, row.reduce((sum, w, j) => sum + w * v[j], 0))); // prettier-ignore
      return dy.reduce((sum, d, k) => sum + d * (v[k] + W2[k].reduce((total, w, i) => total + w * h[i], 0)), 0);
    };
    const numeric = numericGradient(along, x);
    const got = solution(...args) as number[];
    (expected as number[]).forEach((value, i) => {
      expect(numeric[i]).toBeCloseTo(value, 6);
      expect(got[i]).toBeCloseTo(value, 9);
    });
  }
});

test("a basic block at 256 channels has the parameters that the solution says", () => {
  const stage = countByStage(34, 64)[3]; // six blocks of 256 channels, the first from 128 with a projection
  const other = total([stage], "parameters") - (3 * 3 * 128 * 256 + 128 * 256 + 3 * 3 * 256 * 256 + 6 * 256);
  expect(other / 5).toBe(1_180_672);
});
