import type {Course} from "./course.js";
import type {Numbers, RunEvent, StepRecord} from "./protocol.js";
import {meansOf, type Totals} from "./totals.js";

type Activity = "train" | "other" | "pause";

/** Turns steps into events: the curve in full, but not more often than the reader can see. */
export function reporter(on: (event: RunEvent) => void, {steps, perEpoch, batch, from}: Course) {
  const seconds: Record<Activity, number> = {train: 0, other: 0, pause: 0};
  let lastLap = performance.now();
  let lastReport = -Infinity;
  let epochBegan = {...seconds, step: from};
  let points: StepRecord[] = [];
  let step = from;
  const rate = (since: {train: number; step: number}) => {
    const time = seconds.train - since.train;
    return time > 0 ? ((step - since.step) * batch) / time : 0;
  };
  return {
    /** The time since the last lap was spent on this. */
    lap(activity: Activity): void {
      const now = performance.now();
      seconds[activity] += (now - lastLap) / 1000;
      lastLap = now;
    },
    point(record: {step: number; metrics: Numbers}): void {
      step = record.step;
      points.push({...record, epoch: step / perEpoch});
    },
    /** Sends the points that wait, at most every 100 ms unless `now`. */
    progress(memory: () => {numTensors: number; numBytes: number}, now = false): void {
      if (!points.length || (!now && performance.now() - lastReport < 100)) return;
      lastReport = performance.now();
      const elapsed = seconds.train + seconds.other;
      const remaining = step > from ? (elapsed / (step - from)) * (steps - step) : 0;
      const {numTensors: tensors, numBytes: bytes} = memory();
      const imagesPerSecond = rate({train: 0, step: from});
      on({type: "progress", points, step, epoch: step / perEpoch, elapsed, remaining, imagesPerSecond, tensors, bytes});
      points = [];
    },
    epoch(totals: Totals, test: Numbers): void {
      const train = meansOf(totals);
      const spent = seconds.train + seconds.other - epochBegan.train - epochBegan.other;
      const imagesPerSecond = rate(epochBegan);
      on({type: "epoch", record: {epoch: step / perEpoch, train, test, imagesPerSecond, seconds: spent}});
      epochBegan = {...seconds, step};
    }
  };
}
