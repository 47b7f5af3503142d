import * as dinoTask from "../../src/week3/dinoTask.js";
import type {DinoConfig} from "../../src/week3/dinoConfig.js";
import type {Recipe} from "../recipe.js";

/** DINO on CIFAR-10 for 100 epochs. The length of the run stands twice: `config.epochs` is that of the teacher's schedule. */
export const dino: Recipe<Partial<DinoConfig>> = {
  about: "DINO of a ResNet-18 of width 16 on two 24 × 24 crops of CIFAR-10, without labels",
  module: dinoTask,
  path: "week3/dinoTask",
  config: {
    ...{data: "cifar10", depth: 18, width: 16, size: 24, scale: 0.2, strength: 0.5, gray: 0.1, locals: 0},
    ...{prototypes: 1024, hidden: 512, bottleneck: 128, headNorm: "on", momentum: 0.99, epochs: 100, centring: "on"},
    ...{temperature: 0.1, firstTeacherTemperature: 0.04, teacherTemperature: 0.04, warmup: 0},
    ...{images: 50_000, testImages: 10_000}
  },
  epochs: 100,
  batch: 128,
  schedule: {kind: "cosine", rate: 0.06, warmup: 0.05},
  evaluateEvery: 10,
  features: true,
  hours: 3.5
};
