import {readdirSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {experiment} from "../../headless/run/experiment.js";
import {recipes} from "../../headless/recipes/index.js";
import type {RunRecord} from "../../src/components/data/runRecord.js";
import {rateAt} from "../../src/components/optimizers/schedule.js";
import {ablations, optimizer, resnets, type Planned} from "../../src/week2/trainingTricks/configurations.js";
import {accuracyText, effectOf, effectText, operationsText, outstanding, timeText} from "../../src/week2/trainingTricks/effect.js"; // prettier-ignore
import {baselines, growingEpochs, tricks} from "../../src/week2/trainingTricks/tricks.js";
import {gained, tuning} from "../../src/week2/resnetTuning.js";
import {stepTime} from "../../src/week2/stepTime.js";
import {recordedRun} from "../data/recordedRun.js";

const queue = readFileSync("headless/queue.md", "utf8");
const rows = new Map(
  [...queue.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|/gm)].map(([, name, command]) => [name, command])
);
const typed = ({template, value, trial}: Planned) => template.replace(trial ? /\bR\b/g : /\bN\b/g, String(value));
const every = [...Object.values(tricks).flatMap(({on, off}) => [on, off]), ...Object.values(baselines)];

const recorded = readdirSync("src/data/runs")
  .filter((file) => file.startsWith("optimizer-benchmarks"))
  .map((file) => JSON.parse(readFileSync(`src/data/runs/${file}`, "utf8")) as RunRecord);

test("every command that the summary says is the queue's, for the run of that name", () => {
  const text = queue.replace(/\s+/g, " ");
  for (const run of every.flatMap((configuration) => configuration.runs(recorded))) {
    if (rows.has(run.name)) expect(rows.get(run.name)).toBe(typed(run));
    else {
      const [, algorithm] = /^optimizer-benchmarks-(\w+)-seed/.exec(run.name) ?? [];
      expect(text).toContain(run.template.replaceAll(`=${algorithm}`, "=A").replaceAll(`-${algorithm}-`, "-A-"));
    }
  }
});

/** The constants that a command's recipe has otherwise than the recipe of width 16. */
function changed(command: string): string[] {
  const words = command.replaceAll("'", "").split(" ");
  const after = (flag: string) => words.flatMap((word, i) => (word === flag ? [words[i + 1]] : []));
  const [epochs] = after("--epochs").map(Number);
  const recipe = recipes["resnet-from-scratch"];
  const other = experiment("resnet-from-scratch", recipe, {width: 16, epochs, set: after("--set")}).constants;
  const base = experiment("resnet-from-scratch", recipe, {width: 16}).constants;
  const flat = (constants: typeof base) =>
    Object.entries({...constants, ...constants.config, ...constants.schedule, module: "", config: "", schedule: ""});
  const was = Object.fromEntries(flat(base));
  return flat(other)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]))
    .map(([name]) => name);
}

test("a trick's other side changes what the row says and nothing else", () => {
  const of = Object.fromEntries(
    Object.entries(ablations).map(([name, {runs}]) => [name, changed(runs([])[0].template).sort()])
  );
  expect(of).toEqual({
    augment: ["augment"],
    smoothing: ["smoothing"],
    fullSize: ["epochs", "stages"],
    constant: ["kind", "rate"],
    heavyBall: ["nesterov"],
    plain: ["shortcuts"],
    gamma: ["gamma"]
  });
});

test("growing images costs what the epochs of whole images cost that it is compared with", () => {
  const {epochs, stages} = recipes["resnet-from-scratch"];
  const side = (epoch: number) => (stages!.find(({until}) => epoch < until)?.config.size as number) ?? 32;
  const whole = Array.from({length: epochs}, (_, epoch) => (side(epoch) / 32) ** 2).reduce((sum, part) => sum + part);
  expect(growingEpochs).toBeCloseTo(whole, 12);
  expect(tricks.growing.operations).toBeCloseTo(1, 3);
});

test("the constant rate is the mean of one cycle", () => {
  const rate = rateAt(recipes["resnet-from-scratch"].schedule, 10_000);
  const mean = Array.from({length: 10_000}, (_, step) => rate(step)).reduce((sum, value) => sum + value / 10_000, 0);
  expect(mean).toBeCloseTo(0.101, 3);
});

test("operations by count: width goes with w², SAM has two gradients, smoothing costs nothing", () => {
  expect(tricks.wider.operations).toBeGreaterThan(3.9);
  expect(tricks.widest.operations).toBeLessThan(16);
  expect([tricks.sam, tricks.smoothing].map(({operations}) => operations)).toEqual([2, 1]);
});

const run = (name: string, seed: number, testAccuracy: number, changes: Partial<RunRecord> = {}) =>
  recordedRun({name: `${name}-seed-${seed}`, seed, final: {testAccuracy}, flops: 2e14, seconds: 100, ...changes});
const [on, off] = ["resnet-from-scratch-width-16", "training-tricks-summary-no-smoothing"];

test("an effect is the mean of the differences seed by seed, with their deviation; other seeds do not count", () => {
  const records = [
    ...[run(on, 1, 0.85), run(on, 2, 0.86), run(on, 3, 0.87), run(on, 4, 0.2)],
    ...[run(off, 1, 0.84), run(off, 2, 0.84), run(off, 3, 0.84, {flops: 1e14})]
  ];
  const effect = effectOf(tricks.smoothing, records)!;
  expect(effect.seeds).toEqual([1, 2, 3]);
  expect(effect.points).toEqual([1, 2, 3].map((points) => expect.closeTo(points, 9)));
  expect(effect.operations).toBeCloseTo(6 / 5, 9);
  expect(effectText(tricks.smoothing, records)).toBe("+2.00 ± 1.00, 3 seeds");
  expect(operationsText(tricks.smoothing, records)).toBe("× 1.00 (recorded × 1.20)");
});

test("time comes from steps: SAM's of two gradients, growing images from three sides, none where the step is the same", () => {
  const [whole, narrow] = [stepTime("resnet-from-scratch", ["config.width=16"]), ["config.width=16"]];
  const mixed = [6, 7, 5].reduce((sum, epochs, i) => sum + epochs * stepTime("resnet-from-scratch", narrow, [16, 24, 32][i]), 0); // prettier-ignore
  expect(tricks.growing.time).toBeCloseTo(mixed / (10.44 * whole), 12);
  expect(tricks.sam.time).toBeGreaterThan(1.5);
  expect([tricks.augment, tricks.smoothing, tricks.cycle, tricks.gamma].map(timeText)).toEqual(
    Array(4).fill("same step")
  );
  expect(timeText({time: 1.954})).toBe("× 1.95");
  expect(() => stepTime("resnet-from-scratch", [], 20)).toThrow("stepTime: expected a step that is measured, got resnet-from-scratch  20"); // prettier-ignore
});

test("one seed has no deviation; without a seed on both sides, and on held-out images, there is no effect", () => {
  const {data} = recordedRun();
  const held = {...data, evaluated: {split: "validation" as const, count: 5000}};
  expect(effectText(tricks.smoothing, [run(on, 1, 0.85), run(off, 1, 0.86)])).toBe("−1.00, 1 seed");
  expect(effectText(tricks.smoothing, [run(on, 1, 0.85), run(off, 2, 0.86)])).toBe("not recorded");
  expect(effectText(tricks.smoothing, [run(on, 1, 0.85), run(off, 1, 0.86, {data: held})])).toBe("not recorded");
});

test("what is recorded is no longer outstanding, and the best rate takes its place in the command", () => {
  expect(outstanding(resnets[16], [run(on, 1, 0.85)]).map(({values}) => values)).toEqual(["N = 2, 3, 4, 5"]);
  expect(accuracyText(resnets[16], [run(on, 1, 0.85), run(on, 2, 0.86)])).toBe("85.50 ± 0.71 %, 2 of 5 seeds");
  const {recipe, data, epochs} = recordedRun();
  const trials = optimizer("adam")
    .runs([])
    .filter(({trial}) => trial);
  const tried = trials.map(({name, value}) =>
    recordedRun({
      ...{name, data: {...data, evaluated: {split: "validation", count: 5000}}},
      recipe: {...recipe, config: {algorithm: "adam"}, schedule: {kind: "cosine", rate: value}},
      epochs: [{...epochs[0], test: {accuracy: value === 0.003 ? 0.7 : 0.6}}]
    })
  );
  const [left, ...none] = outstanding(optimizer("adam"), tried);
  expect(left.command).toContain("schedule.rate=0.003 --seed N");
  expect([left.values, none]).toEqual(["N = 1, 2, 3", []]);
  expect(outstanding(optimizer("adam"), tried.slice(1))).toHaveLength(2);
});

test("the held-out figures are whole images of 5,000, and differences go from one recipe to the next", () => {
  for (const {accuracy} of tuning) expect(accuracy * 5000).toBeCloseTo(Math.round(accuracy * 5000), 9);
  expect(gained("growing", "rate") + gained("rate", "higher")).toBeCloseTo(gained("growing", "higher"), 12);
});
