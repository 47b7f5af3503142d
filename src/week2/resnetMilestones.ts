import type {EpochRecord, StepRecord} from "../components/train/protocol.js";
import type {ResnetConfig} from "./resnetConfig.js";

/** What a run of the panel is held to; `passed` is null before the run has come so far. */
export interface Milestone {
  label: string;
  passed: boolean | null;
  detail: string;
}

/** A run as far as it has come. */
export interface Course {
  config: ResnetConfig;
  /** Records in a batch, and the epochs that were asked for. */
  batch: number;
  planned: number;
  points: StepRecord[];
  epochs: EpochRecord[];
}

const enough = {images: 12_000, steps: 240}; // what the panel's first values make

/** Whether a run is like those that the later milestones were taken from: a network that ought to learn the scenes. */
export const isHeld = ({config, batch, planned}: Omit<Course, "points" | "epochs">): boolean =>
  config.data === "scenes" &&
  config.labels === "true" &&
  config.shortcuts === "on" &&
  config.gamma === 1 &&
  config.smoothing <= 0.1 &&
  config.images * planned >= enough.images &&
  planned * Math.floor(config.images / batch) >= enough.steps;

/**
 * The milestones of a run, in the order in which it passes them. All runs are held to the first loss, those that `isHeld` to
 * the rest. Of six epochs of 2,000 scenes at width 8, seeds 1 to 3: no loss above 2.44, 1.59 to 1.73 in the third epoch, 0.89
 * to 1.00 in the last, 85 to 92 % of the test images; at width 16, seed 1: 2.52, 1.40, 0.76 and 97 %.
 */
export function milestones({config, batch, planned, points, epochs}: Course): Milestone[] {
  const steps = planned * Math.floor(config.images / batch);
  const reached = points.at(-1)?.step ?? 0;
  const until = (label: string, seen: number | undefined, holds: (x: number) => boolean, detail: (x: number) => string) =>
    seen === undefined ? {label, passed: null, detail: "not there yet"} : {label, passed: holds(seen), detail: detail(seen)}; // prettier-ignore
  const first = until(
    "The first loss is within 0.2 of ln 10",
    points[0]?.metrics.loss,
    (loss) => Math.abs(loss - Math.LN10) <= 0.2,
    (loss) => `got ${loss.toFixed(3)}, ln 10 is 2.303`
  );
  if (!isHeld({config, batch, planned})) return [first];
  const [peak, half] = [Math.ceil(steps / 4), Math.ceil(planned / 2)];
  const largest = Math.max(...points.filter(({step}) => step <= peak).map(({metrics}) => metrics.loss));
  const inEpoch = (epoch: number) => epochs.find((each) => each.epoch === epoch);
  return [
    first,
    until(`No loss above 3 in the first ${peak} steps, while the rate rises`, reached >= peak ? largest : undefined, (loss) => loss <= 3, (loss) => `the largest was ${loss.toFixed(3)}`), // prettier-ignore
    until(`Training loss of epoch ${half} below 2.1: the network has left ln 10`, inEpoch(half)?.train.loss, (loss) => loss < 2.1, (loss) => `got ${loss.toFixed(3)}`), // prettier-ignore
    until(`Training loss of epoch ${planned}, the last, below 1.3`, inEpoch(planned)?.train.loss, (loss) => loss < 1.3, (loss) => `got ${loss.toFixed(3)}`), // prettier-ignore
    until("At least 75 % of the test images right at the end", inEpoch(planned)?.test.accuracy, (accuracy) => accuracy >= 0.75, (accuracy) => `got ${(100 * accuracy).toFixed(1)} %`) // prettier-ignore
  ];
}
