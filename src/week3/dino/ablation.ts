import type {Turn} from "../../components/train/inTurn.js";
import type {RunSpec} from "../../components/train/protocol.js";
import type {DinoConfig} from "../dinoConfig.js";

/** What the four runs of the ablation have in common. */
export const ablated = {prototypes: 32, epochs: 15, temperature: 0.1, cold: 0.04};

/** Centring × sharpening: four runs of a tiny network, by name, from one seed. @param module URL of `dinoTask`. */
export function ablation(module: string): Record<string, RunSpec & {config: Partial<DinoConfig>}> {
  const {prototypes, epochs, temperature, cold} = ablated;
  const run = (centring: "on" | "off", teacher: number): RunSpec & {config: Partial<DinoConfig>} => ({
    ...{module, seed: 1, epochs, batch: 32, schedule: {kind: "cosine", rate: 0.2, warmup: 0.1}},
    config: {
      ...{data: "scenes", depth: 10, width: 4, size: 16, images: 256, testImages: 96}, // three whole batches of 32
      ...{prototypes, hidden: 32, bottleneck: 16, headNorm: "on", momentum: 0.9, epochs, temperature, centring},
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

/** Where a run stands, in nats: the teacher's entropy H, and what its prototypes tell about the image, I. */
export interface Standing {
  entropy: number;
  information: number;
}

/** A part of ln K below which I, and H, are called nothing; and H above all but it, everything. */
export const little = 0.03;

/** Whether it is one of the two collapses, or another, by H and I: nothing is told when I is less than 3 % of ln K. */
export function standing({entropy, information}: Standing, prototypes: number): "uniform" | "one" | "same" | "told" {
  const all = Math.log(prototypes);
  if (information >= little * all) return "told";
  if (entropy > (1 - little) * all) return "uniform";
  return entropy < little * all ? "one" : "same";
}

/** H of a run's last epoch of training, and I of the held-out images after it. */
export function stood({points, epochs}: Pick<Turn<never>, "points" | "epochs">): Standing {
  const [last] = epochs.slice(-1);
  const late = points.filter(({epoch}) => epoch > last.epoch - 1);
  return {
    entropy: late.reduce((sum, {metrics}) => sum + metrics.entropy, 0) / late.length,
    information: last.test.information
  };
}
