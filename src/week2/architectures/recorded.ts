import type {RunRecord} from "../../components/data/runRecord.js";
import {sumOf} from "../architectureCount.js";
import {finishedRuns, type Finished} from "../finishedRun.js";
import {stepTime} from "../stepTime.js";
import {validated, type ArchitectureConfig} from "./config.js";
import {layersOf} from "./plans.js";

/** The networks that are compared at about the same number of multiply-adds, with their widths. */
export const compared: Pick<ArchitectureConfig, "network" | "width">[] = [
  {network: "resnet", width: 16},
  {network: "efficientnet", width: 16},
  {network: "convnext", width: 48}
];

/** One network of the comparison: what it costs, and the runs there are. */
export interface Compared {
  network: ArchitectureConfig["network"];
  width: number;
  macs: number;
  parameters: number;
  /** Of a training step, on one thread. */
  milliseconds: number;
  /** By seed; none where nothing has been run. */
  runs: Finished[];
}

/** What the command changes of the recipe, which is the ResNet's. */
const changes = (network: string, width: number): string[] =>
  network === "resnet" ? [] : [`config.network=${network}`, `config.width=${width}`];

/** Every network of the comparison with its runs on CIFAR-10's test images; one without runs stays in the list. */
export function comparedRuns(records: RunRecord[]): Compared[] {
  return compared.map(({network, width}) => {
    const layers = layersOf(validated({network, width}));
    const own = records.filter(({recipe}) => {
      const known = recipe.config as Partial<ArchitectureConfig>;
      return known.network === network && known.width === width && known.data === "cifar10";
    });
    return {
      ...{network, width, macs: sumOf(layers, "macs"), parameters: sumOf(layers, "parameters")},
      milliseconds: stepTime("cnn-architectures", changes(network, width)),
      runs: finishedRuns(own)
    };
  });
}
