import {readFileSync} from "node:fs";
import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import type {Encoder} from "../../src/components/models/model.js";
import {rng} from "../../src/components/math/random.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {dino} from "../../src/components/ssl/dino.js";
import {moco} from "../../src/components/ssl/moco.js";
import {simclr} from "../../src/components/ssl/simclr.js";
import {entries, mapAt, type Tree} from "../../src/components/tensor/tree.js";
import type {Task} from "../../src/components/train/task.js";
import {value, values} from "../gradients.js";

interface Run {
  losses: number[];
  trained: Weights;
  average: Weights;
  queue: number[][];
  centre: number[];
}
type Weights = Record<"encoder" | "head", number[][]>;

const {torch, weights, views, queue, runs} = JSON.parse(
  readFileSync("test/fixtures/pytorch/selfSupervised.json", "utf8")
) as {
  torch: string;
  weights: Weights;
  views: number[][][][];
  queue: number[][];
  runs: Record<"simclr" | "moco" | "dino", Run>;
};

const layer = (matrix: number[][], of: (x: tf.Tensor) => tf.Tensor = (x) => x) =>
  ({
    features: matrix[0].length,
    init: () => ({params: {last: {weight: tf.tensor(matrix)}}, stats: {}}),
    apply: ({last}: {last: {weight: tf.Tensor2D}}, stats: object, x: tf.Tensor2D) => [of(tf.matMul(x, last.weight)), stats, {}] // prettier-ignore
  }) as unknown as Encoder;

const encoder = layer(weights.encoder, tf.tanh);
const head = layer(weights.head);
const optimizer = sgd({momentum: 0.9});
const drawn = {optimizer, encoder, projector: head, views: {size: 16}, normalise: {mean: [0], deviation: [1]}};
const schedule = {epochs: 3, momentum: 0.9, temperature: [0.04, 0.07] as const, warmup: 2};
const crops = {global: {size: 16, scale: [0.4, 1] as const}, local: {size: 8, scale: [0.1, 0.4] as const}, locals: 1};

// where each method keeps the network that is trained and its average
const methods: Record<keyof typeof runs, {task: Task; trained: string; average?: string}> = {
  simclr: {task: simclr({...drawn, temperature: 0.5}) as unknown as Task, trained: ""},
  moco: {
    task: moco({...drawn, queue: queue.length, momentum: 0.9, temperature: 0.2}) as unknown as Task,
    ...{trained: "query.", average: "key."}
  },
  dino: {
    task: dino({...drawn, head, crops, schedule}) as unknown as Task,
    ...{trained: "student.", average: "teacher."}
  }
};

/** The matrices of a network, by the names of selfSupervised.py. */
function network(state: Tree, prefix: string): Record<string, tf.Tensor> {
  const at = Object.fromEntries(entries(state));
  return {encoder: at[`${prefix}params.encoder.last.weight`], head: at[`${prefix}params.projector.last.weight`]};
}

const close = (tensor: tf.Tensor, expected: number[] | number[][]) =>
  values(tensor).forEach((x, i) => expect(x).toBeCloseTo(expected.flat()[i], 4));

describe(`six steps agree with PyTorch ${torch}`, () => {
  test.each(Object.keys(runs) as (keyof typeof runs)[])("%s", (name) => {
    const {task, trained, average} = methods[name];
    const expected = runs[name];
    let state = mapAt((path, leaf) => (path === "stats.queue" ? tf.tensor(queue) : leaf), task.init(rng(1)));
    views.forEach((crops, i) => {
      const [first, second, local] = crops.map((view) => tf.tensor(view));
      const [next, {loss}] = task.step(state, {first, second, "local.0": local, perEpoch: tf.scalar(2)}, tf.scalar(0.05)); // prettier-ignore
      expect(value(loss)).toBeCloseTo(expected.losses[i], 4);
      state = next;
    });
    for (const [which, prefix] of [
      ["trained", trained],
      ["average", average]
    ] as const)
      // prettier-ignore
      if (prefix !== undefined)
        for (const [part, matrix] of Object.entries(network(state, prefix)))
          close(matrix, expected[which][part as keyof Weights]);
    const at = Object.fromEntries(entries(state));
    if (name === "moco") close(at["stats.queue"], expected.queue);
    if (name === "dino") close(at["stats.centre"], expected.centre);
  });
});
