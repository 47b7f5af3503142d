import {stepTimes} from "../architectures/measured.js";
import {comparedRuns} from "../architectures/recorded.js";
import {algorithms} from "../optimizerBenchmark/config.js";
import {countByStage, total} from "../resnetCount.js";
import {ablations, architectures, optimizer, resnets, type Configuration} from "./configurations.js";

/** A trick as a comparison of runs with it and without. */
export interface Trick {
  on: Configuration;
  off: Configuration;
  /** The side that no other row of its table has: the row says what is missing of it. */
  own: Configuration;
  /** Operations of a run with it over those without, by count. */
  operations: number;
  /** The time of a training step over that without, where it was measured by itself. */
  stepTime?: number;
}

const macs = (width: number, shortcuts = true) => total(countByStage(18, width, {shortcuts}), "macs");

/** The trick is part of the recorded recipe, and was taken out. */
const taken = (off: Configuration, operations = 1): Trick => ({on: resnets[16], off, own: off, operations});

/** Operations of the recipe's epochs, in epochs of whole images: 6 at 16 × 16, 7 at 24 × 24, 5 at 32 × 32. */
export const growingEpochs = 6 / 4 + (7 * 9) / 16 + 5;

const wider = (width: 32 | 64): Trick => ({
  ...{on: resnets[width], off: resnets[16], own: resnets[width]},
  operations: macs(width) / macs(16)
});

const [sgd, rmsprop, adam, adamw, sam] = algorithms.map(optimizer);
const instead = (on: Configuration, off: Configuration, operations = 1): Trick => ({on, off, own: on, operations});

type Network = (typeof stepTimes)[number]["network"];

const costs = comparedRuns([]);
const macsOf = (network: Network) => costs.find((each) => each.network === network)!.macs;
const stepOf = (network: Network) => stepTimes.find((each) => each.network === network)!.milliseconds;

const network = (name: "convnext" | "efficientnet"): Trick => ({
  ...instead(architectures[name], architectures.resnet, macsOf(name) / macsOf("resnet")),
  stepTime: stepOf(name) / stepOf("resnet")
});

/** Every trick of the summary. */
export const tricks = {
  augment: taken(ablations.augment),
  smoothing: taken(ablations.smoothing),
  growing: taken(ablations.fullSize, growingEpochs / 10.44),
  cycle: taken(ablations.constant),
  nesterov: taken(ablations.heavyBall),
  shortcuts: taken(ablations.plain, macs(16) / macs(16, false)),
  gamma: {on: ablations.gamma, off: resnets[16], own: ablations.gamma, operations: 1},
  wider: wider(32),
  widest: wider(64),
  rmsprop: instead(rmsprop, sgd),
  adam: instead(adam, sgd),
  adamw: instead(adamw, adam),
  sam: instead(sam, sgd, 2), // two gradients a step
  convnext: network("convnext"),
  efficientnet: network("efficientnet")
} satisfies Record<string, Trick>;

/** What the other rows of each table are compared with. */
export const baselines = {recipe: resnets[16], benchmark: sgd, budget: architectures.resnet};
