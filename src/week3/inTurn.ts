import type {Compute} from "../components/train/compute.js";
import type {EpochRecord, RunEvent, RunSpec, StepRecord} from "../components/train/protocol.js";

/** One of several runs as far as it has come. */
export interface Side {
  name: string;
  points: StepRecord[];
  epochs: EpochRecord[];
  /** What was measured of its last checkpoint; null before. */
  measured: number | null;
  /** What is going on, in a few words. */
  state: string;
}

/** What to measure of a run's last checkpoint. */
export type Measure = (spec: RunSpec, key: string) => Promise<number>;

/**
 * Trains one run after another. Yields about twice a second. Ending the generator stops the run; no checkpoint is kept.
 *
 * @param runs by name.
 */
export async function* inTurn(
  compute: Pick<Compute, "train" | "forget">,
  runs: Record<string, RunSpec>,
  measure?: Measure
): AsyncGenerator<Side[]> {
  const sides = Object.keys(runs).map((name): Side => ({
    name,
    points: [],
    epochs: [],
    measured: null,
    state: "waiting"
  }));
  for (const side of sides) {
    let ended = false;
    const run = compute.train(runs[side.name], (event) => note(side, event));
    const finished = run.finished.then(() => (ended = true));
    try {
      while (!ended) {
        yield sides.map((each) => ({...each}));
        await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 500))]);
      }
      const {type, key} = await run.finished;
      if (measure && key !== null && type === "done") side.measured = await measure(runs[side.name], key);
    } finally {
      run.stop();
      const {key} = await run.finished;
      if (key !== null) await compute.forget(key);
    }
  }
  yield sides;
}

function note(side: Side, event: RunEvent): void {
  if (event.type === "loading") side.state = "loading";
  if (event.type === "progress") {
    side.points = [...side.points, ...event.points];
    side.state = `epoch ${event.epoch.toFixed(1)}, ${Math.ceil(event.remaining)} s left`;
  }
  if (event.type === "epoch") side.epochs = [...side.epochs, event.record];
  if (event.type === "done" || event.type === "stopped") side.state = event.type;
  if (event.type === "failed") side.state = event.message;
}

/** A metric of every step as a curve over epochs. */
export const stepsOf = ({points}: Pick<Side, "points">, metric: string): [number, number][] =>
  points.map(({epoch, metrics}): [number, number] => [epoch, metrics[metric]]);
