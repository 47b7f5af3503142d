import type {BenchmarkConfig} from "../../src/week2/optimizerBenchmark/config.js";
import * as benchmarkTask from "../../src/week2/optimizerBenchmark/task.js";
import type {Recipe} from "../recipe.js";

/**
 * Five optimizers on one network: ResNet-18 of width 16 on CIFAR-10. First `--validate --epochs 3` at each of five rates,
 * `--set config.algorithm=… --set schedule.rate=…`; then ten epochs with three seeds at the best.
 */
export const optimizerBenchmarks: Recipe<Partial<BenchmarkConfig>> = {
  about: "ResNet-18 of width 16 on CIFAR-10 under SGD-M, RMSProp, Adam, AdamW or SAM",
  module: benchmarkTask,
  path: "week2/optimizerBenchmark/task",
  config: {data: "cifar10", algorithm: "sgd", depth: 18, width: 16, images: 50_000, testImages: 10_000},
  epochs: 10,
  batch: 128,
  schedule: {kind: "cosine", rate: 0.1, warmup: 0.05},
  sharpness: 2000,
  hours: 0.2
};
