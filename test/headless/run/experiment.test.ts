import {expect, test} from "vitest";
import {experiment, specOf} from "../../../headless/run/experiment.js";
import type {Recipe} from "../../../headless/recipe.js";
import {recipes} from "../../../headless/recipes/index.js";

const recipe: Recipe = {
  about: "a test",
  module: {default: () => undefined, data: () => undefined} as never,
  path: "week2/none",
  config: {width: 64, data: "scenes"},
  epochs: 3,
  batch: 10,
  schedule: {kind: "one-cycle", rate: 0.1},
  hours: 1
};
const changed = (...changes: string[]) => experiment("none", recipe, {set: changes});

test("without changes an experiment is its recipe, under its name and the first seed", () => {
  expect(experiment("none", recipe)).toEqual({name: "none-seed-1", recipe: "none", constants: recipe, seed: 1});
  expect(specOf(experiment("none", recipe, {seed: 4}))).toEqual({
    ...{module: "week2/none", config: recipe.config, seed: 4, epochs: 3, batch: 10, schedule: recipe.schedule}
  });
});

test("changes reach their constants, other constants stay, and the recipe is left as it was", () => {
  const before = structuredClone({...recipe, module: null});
  const {constants, name} = experiment("none", recipe, {epochs: 1, batch: 5, width: 16, set: ["schedule.rate=0.2"]});
  expect(constants).toEqual({
    ...recipe,
    ...{epochs: 1, batch: 5, config: {width: 16, data: "scenes"}, schedule: {kind: "one-cycle", rate: 0.2}}
  });
  expect(name).toBe("none-width-16-seed-1");
  expect({...recipe, module: null}).toEqual(before);
});

test("what is set is JSON or a text; a configuration and the optional constants may gain one", () => {
  const {constants} = changed("config.data=cifar10", "config.smoothing=0.2", "schedule.warmup=0.3", "evaluateEvery=2");
  expect(constants.config).toEqual({width: 64, data: "cifar10", smoothing: 0.2});
  expect(constants.schedule).toEqual({kind: "one-cycle", rate: 0.1, warmup: 0.3});
  expect(constants.evaluateEvery).toBe(2);
  const stages = changed('stages=[{"until":1,"config":{"size":16}}]').constants.stages;
  expect(stages).toEqual([{until: 1, config: {size: 16}}]);
});

const choices = "train: expected one of epochs, batch, evaluateEvery, sharpness, stages, config.…, schedule.…";

test.each([
  [() => changed("epochs"), "train: expected --set path=value, got epochs"],
  [() => changed("epochs=many"), 'train: expected a number as epochs, got "many"'],
  [() => changed("stages=1"), "train: expected a list as stages, got 1"],
  [() => changed("config=3"), `${choices}, got config`],
  [() => changed("epochs.more=3"), `${choices}, got epochs.more`],
  [() => changed("module=3"), `${choices}, got module`],
  [() => changed("schedule.rate.more=3"), `${choices}, got schedule.rate.more`],
  [() => experiment("none", recipe, {seed: 1.5}), "train: expected a seed ≥ 0, got 1.5"],
  [
    () => experiment("none", recipe, {name: "../up"}),
    "train: expected a name of letters a … z, digits, . and -, got ../up"
  ]
])("a change that cannot be is refused in one sentence: %#", (make, message) => {
  expect(make).toThrow(new RangeError(message));
});

test("every recipe's configuration is one that its module takes, and so are its stages'", () => {
  for (const {module, config, stages = [], hours} of Object.values(recipes)) {
    expect(() => module.default(config)).not.toThrow();
    for (const stage of stages) expect(() => module.default({...config, ...stage.config})).not.toThrow();
    expect(hours).toBeGreaterThan(0);
  }
});
