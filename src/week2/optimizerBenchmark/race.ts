import type {Compute} from "../../components/train/compute.js";
import type {CellCode} from "../../components/train/cellCode.js";
import type {EpochRecord, RunEvent, RunSpec, StepRecord} from "../../components/train/protocol.js";
import type {BenchmarkConfig} from "./config.js";

/** Who runs: an algorithm of ours at a rate, or the reader's own code. */
export interface Entrant {
  name: string;
  rate: number;
  config: Partial<BenchmarkConfig> & {optimizer?: CellCode};
}

/** An entrant as far as it has come. */
export interface Lane extends Entrant {
  points: StepRecord[];
  epochs: EpochRecord[];
  /** What is going on, in a few words. */
  state: string;
}

/**
 * Trains the same network from the same seed on the same batches under one algorithm after another. Yields about twice a
 * second. Ending the generator stops the run; no checkpoint is kept.
 */
export async function* race(
  compute: Pick<Compute, "train" | "forget">,
  spec: Omit<RunSpec, "schedule">,
  entrants: Entrant[]
): AsyncGenerator<Lane[]> {
  const lanes = entrants.map((entrant): Lane => ({...entrant, points: [], epochs: [], state: "waiting"}));
  for (const lane of lanes) {
    let end: RunEvent | null = null;
    const own: RunSpec = {
      ...spec,
      config: {...spec.config, ...lane.config},
      schedule: {kind: "cosine", rate: lane.rate, warmup: 0.05}
    };
    const run = compute.train(own, (event) => note(lane, event));
    const finished = run.finished.then((last) => (end = last));
    try {
      while (!end) {
        yield lanes.map((each) => ({...each}));
        await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 500))]);
      }
    } finally {
      run.stop();
      const {key} = await run.finished;
      if (key !== null) await compute.forget(key);
    }
  }
  yield lanes;
}

function note(lane: Lane, event: RunEvent): void {
  if (event.type === "loading") lane.state = "loading";
  if (event.type === "progress") {
    lane.points.push(...event.points);
    lane.state = `epoch ${event.epoch.toFixed(1)}, ${Math.ceil(event.remaining)} s left`;
  }
  if (event.type === "epoch") lane.epochs.push(event.record);
  if (event.type === "done") lane.state = "done";
  if (event.type === "stopped") lane.state = "stopped";
  if (event.type === "failed") lane.state = event.message;
}

/** What a lane comes to, in the columns of the benchmark; NaN where there is nothing yet. */
export function resultOf({epochs}: Pick<Lane, "epochs">, wanted: number) {
  const last = epochs.at(-1);
  const reached = epochs.findIndex(({test}) => test.accuracy >= wanted);
  const spent = epochs.slice(0, reached + 1).reduce((sum, {seconds}) => sum + seconds, 0);
  return {
    trainLoss: last?.train.loss ?? NaN,
    accuracy: last?.test.accuracy ?? NaN,
    gap: last ? last.test.loss - last.train.loss : NaN,
    secondsToAccuracy: reached < 0 ? NaN : spent,
    secondsAnEpoch: epochs.length ? epochs.reduce((sum, {seconds}) => sum + seconds, 0) / epochs.length : NaN
  };
}
