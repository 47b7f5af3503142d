import {expect, test} from "vitest";
import {groupsOf} from "../../src/week2/recordedGroups.js";
import {recordedRun} from "../data/recordedRun.js";
import type {RunRecord} from "../../src/components/data/runRecord.js";

const run = (width: number, seed: number, testAccuracy: number, changes: Partial<RunRecord> = {}) => {
  const {recipe} = recordedRun();
  const config = {...recipe.config, width};
  return recordedRun({seed, recipe: {...recipe, config}, final: {testAccuracy}, ...changes});
};

test("runs that differ in their seeds alone are one group, the widest first, each in the order of its seeds", () => {
  const groups = groupsOf([run(16, 1, 0.8), run(64, 2, 0.92), run(64, 1, 0.9)]);
  expect(groups.map(({label}) => label)).toEqual(["ResNet-18, width 64", "ResNet-18, width 16"]);
  expect(groups[0].runs.map(({seed}) => seed)).toEqual([1, 2]);
  expect(groups[0].accuracies).toEqual([0.9, 0.92]);
});

test("budgets are means over the runs", () => {
  const [{petaflop, minutes}] = groupsOf([
    run(64, 1, 0.9, {flops: 1e15, seconds: 6000}),
    run(64, 2, 0.9, {flops: 2e15, seconds: 6600})
  ]);
  expect([petaflop, minutes]).toEqual([1.5, 105]);
});

test("only test accuracies on CIFAR-10 count", () => {
  const {data, recipe} = recordedRun();
  const validation = run(64, 1, 0.9, {data: {...data, evaluated: {split: "validation", count: 5000}}});
  const scenes = recordedRun({recipe: {...recipe, config: {data: "scenes"}}});
  const other = run(64, 1, 0.9, {final: {linearProbe: 0.8}});
  expect(groupsOf([validation, scenes, other])).toEqual([]);
});
