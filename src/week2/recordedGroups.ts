import type {RunRecord} from "../components/data/runRecord.js";
import {validated} from "./resnetConfig.js";

/** Runs of one recipe that differ in their seeds alone. */
export interface Group {
  /** `ResNet-18, width 64`. */
  label: string;
  width: number;
  /** By seed. */
  runs: RunRecord[];
  /** Test accuracies by seed. */
  accuracies: number[];
  epochs: number;
  /** Means over the runs: operations in units of 10¹⁵, and minutes. */
  petaflop: number;
  minutes: number;
  /** What to know of the data, each note once. */
  notes: string[];
}

/**
 * The runs on CIFAR-10 that report a test accuracy, grouped by recipe: the widest network first. Runs measured on held-out
 * training images are left out: they served to choose a recipe, and prove nothing about it.
 */
export function groupsOf(records: RunRecord[]): Group[] {
  const counted = records.filter(
    ({data, final, recipe}) =>
      recipe.config.data === "cifar10" && data.evaluated.split === "test" && typeof final.testAccuracy === "number"
  );
  const groups = new Map<string, RunRecord[]>();
  for (const record of counted) {
    const key = JSON.stringify(record.recipe);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()].map(groupOf).sort((a, b) => b.width - a.width || b.petaflop - a.petaflop);
}

function groupOf(runs: RunRecord[]): Group {
  const [{recipe}] = runs;
  const {depth, width, shortcuts} = validated(recipe.config);
  const bySeed = runs.toSorted((a, b) => a.seed - b.seed);
  return {
    label: `${shortcuts === "on" ? "ResNet" : "Plain"}-${depth}, width ${width}`,
    width,
    runs: bySeed,
    accuracies: bySeed.map(({final}) => final.testAccuracy as number),
    epochs: recipe.epochs,
    petaflop: meanOf(runs.map(({flops}) => flops)) / 1e15,
    minutes: meanOf(runs.map(({seconds}) => seconds)) / 60,
    notes: [...new Set(runs.map(({data}) => data.note).filter(Boolean))]
  };
}

const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
