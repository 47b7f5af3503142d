import type {RunRecord} from "./runRecord.js";

/**
 * Seconds that a training takes on a machine that does nothing else, evaluations left out: each stage at the pace of its
 * fastest epoch. Other work makes an epoch slower and never faster, so the fastest of several runs is the nearest to the truth.
 *
 * @param runs of one recipe on one number of threads; their seeds may differ.
 * @throws RangeError if there is none.
 */
export function undisturbedSeconds(runs: Pick<RunRecord, "recipe" | "data" | "epochs">[]): number {
  if (!runs.length) throw new RangeError("undisturbedSeconds: expected at least one run, got none");
  const [{recipe, data, epochs}] = runs;
  const stageOf = (epoch: number) => (recipe.stages ?? []).filter(({until}) => until < epoch).length;
  const fastest: number[] = [];
  for (const {epoch, imagesPerSecond} of runs.flatMap(({epochs}) => epochs))
    fastest[stageOf(epoch)] = Math.max(fastest[stageOf(epoch)] ?? 0, imagesPerSecond);
  const lengths = epochs.map(({epoch}, i) => epoch - (i ? epochs[i - 1].epoch : 0));
  return lengths.reduce((sum, length, i) => sum + (length * data.train) / fastest[stageOf(epochs[i].epoch)], 0);
}
