import {expect, test} from "vitest";
import {undisturbedSeconds} from "../../src/components/data/pace.js";
import {recordedRun} from "./recordedRun.js";

const run = (...paces: number[]) => {
  const {epochs, ...record} = recordedRun();
  const all = paces.map((imagesPerSecond, i) => ({...epochs[0], epoch: i + 1, imagesPerSecond}));
  return {...record, epochs: all, recipe: {...record.recipe, stages: [{until: 2, config: {size: 16}}]}};
};

test("each stage goes at the pace of its fastest epoch: two of 50,000 images at 1,000 a second, two at 250", () => {
  expect(undisturbedSeconds([run(1000, 400, 250, 25)])).toBeCloseTo(2 * 50 + 2 * 200, 9);
});

test("another seed's epoch counts where it was faster, and one stage's pace not for another", () => {
  expect(undisturbedSeconds([run(1000, 400, 100, 25), run(10, 10, 10, 500)])).toBeCloseTo(2 * 50 + 2 * 100, 9);
});

test("a last epoch that is a fraction counts as one; without stages all epochs are of one kind", () => {
  const {recipe, epochs, data} = run(100, 100);
  const cut = [epochs[0], {...epochs[1], epoch: 1.5}];
  expect(undisturbedSeconds([{data, recipe: {...recipe, stages: undefined}, epochs: cut}])).toBeCloseTo(750, 9);
});

test("no run has no pace", () => {
  expect(() => undisturbedSeconds([])).toThrow("undisturbedSeconds: expected at least one run, got none");
});
