import type {Compute} from "./client.js";
import type {EpochRecord, RunEvent, RunSpec, StepRecord} from "./protocol.js";

/** One of several runs as far as it has come. */
export interface Turn<M> {
  name: string;
  points: StepRecord[];
  epochs: EpochRecord[];
  /** What was measured of its last checkpoint; null before, and of a run that was stopped or failed. */
  measured: M | null;
  /** What is going on, in a few words. */
  state: string;
}

/** What to measure of a run's last checkpoint, which is forgotten afterwards. */
export type Measure<M> = (spec: RunSpec, key: string) => Promise<M>;

/**
 * Trains one run after another. Yields about twice a second. Ending the generator stops the run; no checkpoint is kept.
 *
 * @param runs by name.
 */
export async function* inTurn<M = never>(
  compute: Pick<Compute, "train" | "forget">,
  runs: Record<string, RunSpec>,
  measure?: Measure<M>
): AsyncGenerator<Turn<M>[]> {
  const turns = Object.keys(runs).map((name): Turn<M> => ({
    name,
    points: [],
    epochs: [],
    measured: null,
    state: "waiting"
  }));
  for (const turn of turns) {
    let ended = false;
    const run = compute.train(runs[turn.name], (event) => note(turn, event));
    const finished = run.finished.then(() => (ended = true));
    try {
      while (!ended) {
        yield turns.map((each) => ({...each}));
        await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 500))]);
      }
      const {type, key} = await run.finished;
      if (measure && key !== null && type === "done") turn.measured = await measure(runs[turn.name], key);
    } finally {
      run.stop();
      const {key} = await run.finished;
      if (key !== null) await compute.forget(key);
    }
  }
  yield turns;
}

function note(turn: Turn<unknown>, event: RunEvent): void {
  if (event.type === "loading") turn.state = "loading";
  if (event.type === "progress") {
    turn.points = [...turn.points, ...event.points];
    turn.state = `epoch ${event.epoch.toFixed(1)}, ${Math.ceil(event.remaining)} s left`;
  }
  if (event.type === "epoch") turn.epochs = [...turn.epochs, event.record];
  if (event.type === "done" || event.type === "stopped") turn.state = event.type;
  if (event.type === "failed") turn.state = event.message;
}
