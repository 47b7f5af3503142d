import * as simclrTask from "../../src/week3/simclrTask.js";
import type {SimclrConfig} from "../../src/week3/simclrTask.js";
import type {Recipe} from "../recipe.js";

/** SimCLR on CIFAR-10. Schedule and rate are those of short runs: for 60 epochs, not for the 1,000 of the paper. */
export const simclr: Recipe<Partial<SimclrConfig>> = {
  about: "SimCLR of a ResNet-18 of width 32 on 24 × 24 crops of CIFAR-10, without labels",
  module: simclrTask,
  path: "week3/simclrTask",
  config: {
    ...{data: "cifar10", depth: 18, width: 32, size: 24, scale: 0.2, strength: 0.5, gray: 0.1},
    ...{temperature: 0.5, hidden: 1024, outputs: 128, images: 50_000, testImages: 10_000}
  },
  epochs: 60,
  batch: 256,
  schedule: {kind: "trapezoid", rate: 0.12, warmup: 0.05, decay: 0.3}, // 60 epochs can be made 120 afterwards
  evaluateEvery: 5,
  features: true,
  hours: 4.3
};
