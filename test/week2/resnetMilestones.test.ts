import {expect, test} from "vitest";
import type {EpochRecord, StepRecord} from "../../src/components/train/protocol.js";
import {validated} from "../../src/week2/resnetConfig.js";
import {isHeld, milestones, type Course} from "../../src/week2/resnetMilestones.js";

const config = validated({width: 8, images: 2000, testImages: 500});
const planned = {config, batch: 50, planned: 6};

/** A run of 40 steps an epoch whose losses are given, epoch by epoch; it has come to `steps`. */
function course(losses: number[], accuracy: number, steps = 240, first = 2.3): Course {
  const points = Array.from({length: steps}, (_, i): StepRecord => ({step: i + 1, epoch: (i + 1) / 40, metrics: {loss: i ? losses[Math.floor(i / 40)] : first}})); // prettier-ignore
  const epochs = losses.slice(0, Math.floor(steps / 40)).map((loss, i): EpochRecord => ({epoch: i + 1, train: {loss}, test: {accuracy}, imagesPerSecond: 1, seconds: 1})); // prettier-ignore
  return {...planned, points, epochs};
}
const passed = (run: Course) => milestones(run).map((each) => each.passed);
const measured = [2.294, 2.003, 1.592, 1.313, 1.108, 1.001]; // width 8, seed 1

test("a run passes its milestones one after another", () => {
  expect(passed({...planned, points: [], epochs: []})).toEqual([null, null, null, null, null]);
  expect(passed(course(measured, 0.854, 1))).toEqual([true, null, null, null, null]);
  expect(passed(course(measured, 0.854, 60))).toEqual([true, true, null, null, null]);
  expect(passed(course(measured, 0.854, 120))).toEqual([true, true, true, null, null]);
  expect(passed(course(measured, 0.854))).toEqual([true, true, true, true, true]);
});

test("each milestone can fail, and it alone", () => {
  const [stuck, slow] = [
    [2.3, 2.3, 2.2, 1.9, 1.5, 1.2],
    [2.3, 2.1, 1.9, 1.7, 1.5, 1.4]
  ];
  expect(passed(course(measured, 0.854, 240, 2.6))).toEqual([false, true, true, true, true]);
  expect(passed(course([3.2, ...measured.slice(1)], 0.854))).toEqual([true, false, true, true, true]);
  expect(passed(course(stuck, 0.8))).toEqual([true, true, false, true, true]);
  expect(passed(course(slow, 0.8))).toEqual([true, true, true, false, true]);
  expect(passed(course(measured, 0.5))).toEqual([true, true, true, true, false]);
  expect(passed(course(new Array<number>(6).fill(NaN), 0.1, 240, NaN))).toEqual([false, false, false, false, false]);
});

test("what cannot be expected to learn the scenes is held to its first loss alone", () => {
  expect(isHeld(planned)).toBe(true);
  for (const other of [
    {labels: "shuffled"},
    {shortcuts: "off"},
    {gamma: 0},
    {data: "cifar10"},
    {smoothing: 0.4},
    {images: 500}
  ] as const)
    // prettier-ignore
    expect(milestones({...course(measured, 0.8), config: validated({...config, ...other})})).toHaveLength(1);
  expect(isHeld({...planned, planned: 5})).toBe(false);
  expect(isHeld({...planned, batch: 100})).toBe(false);
});
