import type {RunRecord} from "../../components/data/runRecord.js";
import {ratesTried, type Algorithm} from "../optimizerBenchmark/config.js";
import {rowsOf} from "../optimizerBenchmark/recorded.js";

/** One run of `headless/queue.md`. */
export interface Planned {
  name: string;
  /** The command, with `N` for the seed or `R` for the rate that is `value`. */
  template: string;
  value: number;
  /** A rate tried on held-out images: it chooses and does not count. */
  trial?: boolean;
}

/** Constants of a recipe under several seeds. */
export interface Configuration {
  says: string;
  runs(records: RunRecord[]): Planned[];
}

interface Words {
  /** The recipe with its changes. */
  words: string;
  /** The runs' name before `-seed-N`. */
  stem: string;
  seeds: number;
  /** How many of the first seeds keep their weights; 0 unless told. */
  weights?: number;
  /** Whether the command says the name, which it need not where the recipe makes the same one. */
  named?: boolean;
}

const command = (words: string[]): string => ["npm run train --", ...words, "--out src/data"].join(" ");

function underSeeds({words, stem, seeds, weights = 0, named = true}: Words): Planned[] {
  return Array.from({length: seeds}, (_, i) => ({
    name: `${stem}-seed-${i + 1}`,
    template: command([
      `${words} --seed N`,
      ...(i < weights ? [] : ["--no-weights"]),
      ...(named ? [`--name ${stem}-seed-N`] : [])
    ]),
    value: i + 1
  }));
}

const fixed = (says: string, words: Words): Configuration => ({says, runs: () => underSeeds(words)});

const width = (width: number, flag: string, seeds: number): Configuration => {
  const stem = width === 64 ? "resnet-from-scratch" : `resnet-from-scratch-width-${width}`;
  return fixed(`ResNet-18, width ${width}`, {
    ...{words: `resnet-from-scratch${flag}`, stem, seeds},
    ...{weights: 1, named: false}
  });
};

/** The recorded recipe of the ResNet page. Every trick of the first table changes one constant of width 16. */
export const resnets = {16: width(16, " --width 16", 5), 32: width(32, " --width 32", 1), 64: width(64, "", 2)};

const without = (says: string, name: string, changes: string): Configuration =>
  fixed(says, {
    words: `resnet-from-scratch --width 16 ${changes}`,
    stem: `training-tricks-summary-${name}`,
    seeds: 3
  });

export const ablations = {
  augment: without("no crops and flips", "no-augmentation", "--set config.augment=off"),
  smoothing: without("no smoothing", "no-smoothing", "--set config.smoothing=0"),
  fullSize: without("32 × 32 throughout, for as many operations", "full-size", "--epochs 10.44 --set 'stages=[]'"),
  constant: without("a constant rate", "constant-rate", "--set schedule.kind=constant --set schedule.rate=0.1"),
  heavyBall: without("momentum without the look-ahead", "no-nesterov", "--set config.nesterov=off"),
  plain: without("no shortcuts", "plain", "--set config.shortcuts=off"),
  gamma: without("γ = 0 at first", "gamma-0", "--set config.gamma=0")
};

/** An algorithm of the optimizers' benchmark: its rates, then ten epochs at the best of them with three seeds. */
export function optimizer(algorithm: Algorithm): Configuration {
  const words = `optimizer-benchmarks --set config.algorithm=${algorithm} --set schedule.rate=`;
  const stem = `optimizer-benchmarks-${algorithm}`;
  const trials = ratesTried[algorithm].map((rate) => ({
    name: `${stem}-rate-${rate}`,
    template: command([`${words}R --validate --epochs 3 --seed 1 --no-weights --name ${stem}-rate-R`]),
    value: rate,
    trial: true
  }));
  return {
    says: algorithm,
    runs(records) {
      const {tried} = rowsOf(records).find((row) => row.algorithm === algorithm)!;
      const rate = tried.length === trials.length ? String(tried[0].rate) : "BEST";
      return [...trials, ...underSeeds({words: words + rate, stem, seeds: 3})];
    }
  };
}

const architecture = (says: string, network: string, changes: string): Configuration =>
  fixed(says, {
    ...{words: `cnn-architectures${changes}`, stem: `cnn-architectures-${network}`},
    ...{seeds: 3, weights: 1}
  });

export const architectures = {
  resnet: architecture("ResNet-18, width 16", "resnet", ""),
  convnext: architecture("ConvNeXt, width 48", "convnext", " --set config.network=convnext --set config.width=48"),
  efficientnet: architecture("EfficientNet-B0, width 16", "efficientnet", " --set config.network=efficientnet --set config.width=16") // prettier-ignore
};
