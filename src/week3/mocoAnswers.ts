import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {calm, collapse, halfLife} from "./moco/momentum.js";

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-half-life": number("steps", halfLife(0.999), 1),
  "ex-collapse": number("loss (nats)", collapse(4096), 1e-3),
  "ex-age": number("steps", (4096 / 256 + 1) / 2, 1e-6),
  "ex-noise": number("part of the deviation", Math.sqrt(calm(0.99)), 5e-4),
  "ex-choose": number("m", 0.5 ** (1 / 50), 2e-4),
  "ex-zero": choice(
    "At m = 0 the queue's keys",
    1,
    "are the same as at m = 0.99, only newer",
    "come from a different network for every batch, so that a key's age can be told from it",
    "get gradients"
  ),
  "ex-batchnorm": choice(
    "The training loss falls fast, evaluation does not follow. The likeliest cause is",
    2,
    "a queue that is too long",
    "a temperature that is too high",
    "statistics of normalisation shared by query and key in small groups"
  ),
  "ex-shuffle": choice(
    "Shuffling the keys helps because",
    0,
    "a query and its key are normalised among other images, so that their company no longer names the pair",
    "the order of the batch is learnt otherwise",
    "the queue becomes longer"
  ),
  "ex-queue": {
    kind: "code",
    ask: "First in, first out",
    start:
      "// queue and keys: arrays of keys, the newest first. The queue after the keys have come, as long as before.\nfunction enqueue(queue, keys) {\n  return queue;\n}",
    cases: [
      {args: [[1, 2, 3, 4], [8, 9]], expected: [8, 9, 1, 2]}, // prettier-ignore
      {args: [[1, 2], [7, 8, 9]], expected: [7, 8]}, // prettier-ignore
      {args: [[[1, 0], [0, 1]], [[1, 1]]], expected: [[1, 1], [1, 0]]} // prettier-ignore
    ]
  }
};
