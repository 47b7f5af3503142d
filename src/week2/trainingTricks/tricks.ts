import {comparedRuns} from "../architectures/recorded.js";
import type {Algorithm} from "../optimizerBenchmark/config.js";
import {countByStage, total} from "../resnetCount.js";
import {stepTime} from "../stepTime.js";
import {ablations, architectures, optimizer, resnets, type Configuration} from "./configurations.js";

/** A trick as a comparison of runs with it and without. */
export interface Trick {
  on: Configuration;
  off: Configuration;
  /** The side that no other row of its table has: the row says what is missing of it. */
  own: Configuration;
  /** Operations of a run with it over those without, by count. */
  operations: number;
  /** The time of a training with it over that without, by the times of their steps; null where the steps are the same. */
  time: number | null;
}

const macs = (width: number, shortcuts = true) => total(countByStage(18, width, {shortcuts}), "macs");

/** The recipe's epochs at each side of the images. */
const growth = [
  {epochs: 6, side: 16},
  {epochs: 7, side: 24},
  {epochs: 5, side: 32}
];

/** Operations of the recipe's epochs, in epochs of whole images. */
export const growingEpochs = growth.reduce((sum, {epochs, side}) => sum + epochs * (side / 32) ** 2, 0);

/** Of whole images alone, for as many operations. */
const wholeEpochs = 10.44;

/** Milliseconds of the recipe's epochs of one step each, with some constants changed. */
const recipeTime = (...set: string[]): number =>
  growth.reduce((sum, {epochs, side}) => sum + epochs * stepTime("resnet-from-scratch", set, side), 0);

const narrow = "config.width=16";

/** The trick is part of the recorded recipe, and was taken out: by a constant on which the step depends, if any. */
const taken = (off: Configuration, constant?: string, operations = 1): Trick => ({
  ...{on: resnets[16], off, own: off, operations},
  time: constant === undefined ? null : recipeTime(narrow) / recipeTime(narrow, constant)
});

const growing: Trick = {
  ...taken(ablations.fullSize),
  operations: growingEpochs / wholeEpochs,
  time: recipeTime(narrow) / (wholeEpochs * stepTime("resnet-from-scratch", [narrow]))
};

const wider = (width: 32 | 64, ...set: string[]): Trick => ({
  ...{on: resnets[width], off: resnets[16], own: resnets[width]},
  operations: macs(width) / macs(16),
  time: recipeTime(...set) / recipeTime(narrow)
});

const instead = (name: Algorithm, other: Algorithm, operations = 1): Trick => {
  const [on, off] = [name, other].map((algorithm) => ({
    run: optimizer(algorithm),
    step: stepTime("optimizer-benchmarks", [`config.algorithm=${algorithm}`])
  }));
  return {on: on.run, off: off.run, own: on.run, operations, time: on.step / off.step};
};

const network = (name: "convnext" | "efficientnet"): Trick => {
  const [on, off] = [name, "resnet"].map((each) => comparedRuns([]).find(({network}) => network === each)!);
  return {
    ...{on: architectures[name], off: architectures.resnet, own: architectures[name]},
    ...{operations: on.macs / off.macs, time: on.milliseconds / off.milliseconds}
  };
};

/** Every trick of the summary. */
export const tricks = {
  augment: taken(ablations.augment),
  smoothing: taken(ablations.smoothing),
  growing,
  cycle: taken(ablations.constant),
  nesterov: taken(ablations.heavyBall, "config.nesterov=off"),
  shortcuts: taken(ablations.plain, "config.shortcuts=off", macs(16) / macs(16, false)),
  gamma: {on: ablations.gamma, off: resnets[16], own: ablations.gamma, operations: 1, time: null},
  wider: wider(32, "config.width=32"),
  widest: wider(64),
  rmsprop: instead("rmsprop", "sgd"),
  adam: instead("adam", "sgd"),
  adamw: instead("adamw", "adam"),
  sam: instead("sam", "sgd", 2), // two gradients a step
  convnext: network("convnext"),
  efficientnet: network("efficientnet")
} satisfies Record<string, Trick>;

/** What the other rows of each table are compared with. */
export const baselines = {recipe: resnets[16], benchmark: optimizer("sgd"), budget: architectures.resnet};
