import type {RunRecord} from "../../components/data/runRecord.js";
import {sumOf} from "../architectureCount.js";
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
  /** Test accuracies by seed; none where nothing has been run. */
  accuracies: number[];
  /** Hours of one run, their mean; NaN without runs. */
  hours: number;
}

/** Every network of the comparison with its runs on CIFAR-10's test images; one without runs stays in the list. */
export function comparedRuns(records: RunRecord[]): Compared[] {
  return compared.map(({network, width}) => {
    const config = validated({network, width});
    const layers = layersOf(config);
    const own = records.filter(({recipe, data, final}) => {
      const known = recipe.config as Partial<ArchitectureConfig>;
      const same = known.network === network && known.width === width && known.data === "cifar10";
      return same && data.evaluated.split === "test" && typeof final.testAccuracy === "number";
    });
    const ordered = own.toSorted((a, b) => a.seed - b.seed);
    return {
      ...{network, width, macs: sumOf(layers, "macs"), parameters: sumOf(layers, "parameters")},
      accuracies: ordered.map(({final}) => final.testAccuracy as number),
      hours: ordered.reduce((sum, {seconds}) => sum + seconds / 3600, 0) / ordered.length
    };
  });
}

/** `91.20 ± 0.15 %`, `91.20 %` of one run, or `not run`. */
export function accuracyOf({accuracies}: Pick<Compared, "accuracies">): string {
  if (!accuracies.length) return "not run";
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
  const squares = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (accuracies.length - 1));
  const percent = (fraction: number) => (100 * fraction).toFixed(2);
  return accuracies.length > 1 ? `${percent(mean)} ± ${percent(deviation)} %` : `${percent(mean)} %`;
}
