import type {ArchitectureConfig} from "../../src/week2/architectures/config.js";
import * as architectureTask from "../../src/week2/architectures/task.js";
import type {Recipe} from "../recipe.js";

/**
 * Three networks of about 34 million multiply-adds an image, trained alike: ResNet-18 of width 16 (35.0), EfficientNet-B0 of
 * half its width (35.8), ConvNeXt of 48 channels and 1, 4, 1 blocks (32.8). `--set config.network=… --set config.width=…`
 * chooses another than the first.
 */
export const cnnArchitectures: Recipe<Partial<ArchitectureConfig>> = {
  about: "ResNet-18, EfficientNet or ConvNeXt at about 34 million multiply-adds on CIFAR-10, with AdamW",
  module: architectureTask,
  path: "week2/architectures/task",
  config: {
    data: "cifar10",
    network: "resnet",
    width: 16,
    smoothing: 0.1,
    decay: 0.05,
    images: 50_000,
    testImages: 10_000
  },
  epochs: 10,
  batch: 128,
  schedule: {kind: "cosine", rate: 0.002, warmup: 0.1},
  evaluateEvery: 2,
  hours: 0.25
};
