import {batchesOf} from "../../headless/run/batches.js";
import {experiment} from "../../headless/run/experiment.js";
import {recipes} from "../../headless/recipes/index.js";
import type {Records} from "../../src/components/data/records.js";
import {rng} from "../../src/components/math/random.js";
import {median} from "./rounds.js";

const recipe = "resnet-from-scratch";
const count = 5000;

/** Milliseconds to draw and augment a batch of the recorded run's full-size stage: what a loader thread does while a step runs. */
export function drawing(rounds: number): number {
  const images = Uint8Array.from(rng(5).integers(count * 32 * 32 * 3, 256));
  const labels = new Uint8Array(count);
  const about = {height: 32, width: 32, channels: 3, classes: [], digest: "", note: ""};
  const records: Records = {images, labels, count, ...about};
  const run = experiment(recipe, {...recipes[recipe], stages: []});
  const batchAt = batchesOf(run, records);
  const times: number[] = [];
  for (let step = -3; step < 4 * rounds; ++step) {
    const start = performance.now();
    batchAt(step + 3);
    if (step >= 0) times.push(performance.now() - start);
  }
  return median(times);
}
