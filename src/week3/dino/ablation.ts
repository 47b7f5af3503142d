import type {RunSpec} from "../../components/train/protocol.js";
import type {DinoConfig} from "../dinoConfig.js";

/** What the four runs of the ablation have in common. */
export const ablated = {prototypes: 32, epochs: 10, temperature: 0.1, cold: 0.04};

/** Centring × sharpening: four runs of a tiny network, by name, from one seed. @param module URL of the task. */
export function ablation(module: string): Record<string, RunSpec & {config: Partial<DinoConfig>}> {
  const {prototypes, epochs, temperature, cold} = ablated;
  const run = (centring: "on" | "off", teacher: number): RunSpec & {config: Partial<DinoConfig>} => ({
    ...{module, seed: 1, epochs, batch: 32, schedule: {kind: "cosine", rate: 0.2, warmup: 0.1}},
    config: {
      ...{data: "scenes", depth: 10, width: 4, size: 16, images: 256, testImages: 100},
      ...{prototypes, hidden: 32, bottleneck: 16, headNorm: "off", momentum: 0.9, epochs, temperature, centring},
      ...{firstTeacherTemperature: teacher, teacherTemperature: teacher}
    }
  });
  return {
    both: run("on", cold),
    "centring alone": run("on", temperature),
    "sharpening alone": run("off", cold),
    neither: run("off", temperature)
  };
}
