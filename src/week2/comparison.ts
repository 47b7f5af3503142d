import type {Compute} from "../components/train/compute.js";
import type {EpochRecord, RunEvent, RunSpec, StepRecord} from "../components/train/protocol.js";
import type {ResnetConfig} from "./resnetConfig.js";

/** The two networks of a comparison as far as they have come. */
export interface Side {
  shortcuts: "on" | "off";
  points: StepRecord[];
  epochs: EpochRecord[];
  /** What is going on, in a few words. */
  state: string;
}

/**
 * Trains the same network with and without shortcuts, one after the other, from the same seed on the same batches.
 * Yields about twice a second. Ending the generator stops the run; no checkpoint is kept.
 */
export async function* comparison(
  compute: Pick<Compute, "train" | "forget">,
  spec: RunSpec & {config: Partial<ResnetConfig>}
): AsyncGenerator<Side[]> {
  const sides: Side[] = (["on", "off"] as const).map((shortcuts) => ({
    shortcuts,
    points: [],
    epochs: [],
    state: "waiting"
  }));
  for (const side of sides) {
    let end: RunEvent | null = null;
    const run = compute.train({...spec, config: {...spec.config, shortcuts: side.shortcuts}}, (event) =>
      note(side, event)
    );
    const finished = run.finished.then((last) => (end = last));
    try {
      while (!end) {
        yield sides.map((each) => ({...each}));
        await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 500))]);
      }
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
    side.points.push(...event.points);
    side.state = `epoch ${event.epoch.toFixed(1)}, ${Math.ceil(event.remaining)} s left`;
  }
  if (event.type === "epoch") side.epochs.push(event.record);
  if (event.type === "done") side.state = "done";
  if (event.type === "stopped") side.state = "stopped";
  if (event.type === "failed") side.state = event.message;
}
