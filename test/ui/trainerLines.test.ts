import {expect, test} from "vitest";
import {epochRange, lossRange, trainerLines} from "../../src/components/ui/trainerLines.js";
import {initialState, type TrainerState} from "../../src/components/ui/trainerState.js";

const state = (part: Partial<TrainerState>): TrainerState => ({...initialState({}), ...part});
const at = (epoch: number, loss: number, accuracy: number) => ({
  epoch,
  train: {},
  test: {loss, accuracy},
  imagesPerSecond: 1,
  seconds: 1
});

test("recorded runs come first, so that they are drawn behind, and what was not measured is left out", () => {
  const points = [{step: 1, epoch: 0.5, metrics: {loss: 2}}];
  const recorded = [{label: "width 64", epochs: [{epoch: 1, train: {}, test: {accuracy: 0.9}}]}];
  const lines = trainerLines(state({points, epochs: [at(1, 1, 0.5)]}), recorded);
  expect(lines.map(({name}) => name)).toEqual([
    "width 64: test accuracy",
    "training loss",
    "test loss",
    "test accuracy"
  ]);
  expect(lines.map(({recorded}) => recorded)).toEqual([true, false, false, false]);
  expect(trainerLines(state({}), [])).toEqual([]);
});

test("the drawn training curve ends at the newest point and smooths a constant to itself", () => {
  const points = Array.from({length: 1000}, (_, i) => ({step: i + 1, epoch: (i + 1) / 100, metrics: {loss: 3}}));
  const [{points: drawn}] = trainerLines(state({points}), []);
  expect(drawn.length).toBeLessThanOrEqual(240);
  expect(drawn.at(-1)![0]).toBe(10);
  for (const [, y] of drawn) expect(y).toBeCloseTo(3, 12);
});

test("the loss axis reaches from zero to the largest loss, a negative loss lowers it, a blow-up is cut off", () => {
  const range = (...losses: number[]) =>
    lossRange(trainerLines(state({epochs: losses.map((loss, i) => at(i + 1, loss, 0))}), []));
  expect(range(2.3, 1)).toEqual([0, 2.3]);
  expect(range(2, 5)).toEqual([0, 5]);
  expect(range(2, 1e6)).toEqual([0, 6]);
  expect(range(-0.2, -0.9)[0]).toBe(-0.9);
});

test("the epoch axis leaves room for the whole run, or for the recorded ones before it", () => {
  const lines = trainerLines(state({}), [{label: "r", epochs: [at(30, 1, 0.5)]}]);
  expect(epochRange(lines, {spec: null})).toBe(30);
  expect(epochRange(lines, {spec: {epochs: 5} as TrainerState["spec"]})).toBe(5);
});
