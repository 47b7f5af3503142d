import type {RunRecord} from "../../src/components/data/runRecord.js";

/** Which of a record's results is meant, and the constants of the recipe's configuration that a run must have to count. */
export interface Asked {
  /** `testAccuracy`, or `kmeans.accuracy` where a result has parts. */
  metric: string;
  of?: Record<string, string | number>;
}

/** A result of a run; undefined where it has none of that name. */
export function resultOf({final}: RunRecord, metric: string): number | undefined {
  const [name, part] = metric.split(".");
  const value = final[name];
  return typeof value === "object" ? value[part] : value;
}

/** The results that a number is the mean of: of runs measured on the test split, by a recipe of those constants. */
export function counted({metric, of = {}}: Asked, runs: RunRecord[]): {run: RunRecord; value: number}[] {
  const same = ({recipe}: RunRecord) => Object.entries(of).every(([name, value]) => recipe.config[name] === value);
  return runs
    .filter((run) => same(run) && run.data.evaluated.split === "test")
    .flatMap((run) => {
      const value = resultOf(run, metric);
      return value === undefined ? [] : [{run, value}];
    });
}
