import * as tf from "@tensorflow/tfjs";
import {normalise as standardise, type Geometry} from "../data/augment.js";
import type {Records} from "../data/records.js";
import {crossEntropy} from "../losses/crossEntropy.js";
import type {Rng} from "../math/random.js";
import type {Model, Noise} from "../models/model.js";
import {mean, sum} from "../ops/mean.js";
import {softmaxCrossEntropy} from "../ops/softmaxCrossEntropy.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import {valueAndGrad} from "../tensor/grad.js";
import type {Tree} from "../tensor/tree.js";
import type {Batch, Block, Task} from "./task.js";

/** What is learnt, and what the optimizer remembers. */
export type SupervisedState<P extends Tree, S extends Tree, O extends Tree> = {params: P; stats: S; optimizer: O};

/** images (B, H, W, C), labels (B) int32, mask (B): 1 for a record, 0 for padding. Dropout masks stand beside them. */
export type SupervisedBatch = Batch & {images: Block; labels: Block; mask: Block};

interface Options<P extends Tree, S extends Tree, O extends Tree> {
  /** Images to logits (B, K). */
  model: Model<P, S>;
  /** K. */
  classes: number;
  optimizer: Optimizer<O>;
  /** Changes bytes of training images, for example `cropFlip`; images stay as they are without it. */
  augment?: (rng: Rng, images: Uint8Array, geometry: Geometry) => Uint8Array;
  /** ε of the training loss's label smoothing. */
  smoothing?: number;
  /** Per channel, of pixels on [0, 1]. */
  normalise: {mean: readonly number[]; deviation: readonly number[]};
}

/**
 * Learning classes from labelled images: cross-entropy of a model's logits, minimised by an optimizer.
 *
 * Metrics of a step: `loss`, with smoothing, and `accuracy`, both over the training batch before the update. Sums of an
 * evaluation: `count`, `loss` without smoothing, in nats, and `correct`; padded records count for nothing.
 */
export function supervised<P extends Tree, S extends Tree, O extends Tree>({
  model,
  classes,
  optimizer,
  augment,
  smoothing = 0,
  normalise
}: Options<P, S, O>): Task<SupervisedState<P, S, O>, SupervisedBatch> {
  const block = (records: Records, images: Uint8Array, rows: Uint32Array, size: number): SupervisedBatch => {
    const {height, width, channels} = records;
    return {
      images: {
        data: standardise(images, normalise.mean, normalise.deviation),
        shape: [size, height, width, channels]
      },
      labels: {data: Int32Array.from({length: size}, (_, i) => records.labels[rows[i]] ?? 0), shape: [size]},
      mask: {data: Float32Array.from({length: size}, (_, i) => (i < rows.length ? 1 : 0)), shape: [size]}
    };
  };
  const logitsOf = ({params, stats}: {params: P; stats: S}, images: tf.Tensor) => model.apply(params, stats, images)[0];

  return {
    init(rng) {
      const {params, stats} = model.init(rng);
      return {params, stats, optimizer: optimizer.init(params)};
    },
    sample(rng, records, rows) {
      const images = gather(records, rows, rows.length);
      const seen = augment ? augment(rng.fork("augment"), images, records) : images;
      const noise = Object.entries(model.noise?.(rng.fork("noise"), rows.length) ?? {});
      return {
        ...block(records, seen, rows, rows.length),
        ...Object.fromEntries(noise.map(([name, mask]) => [noisePrefix + name, mask]))
      };
    },
    step(state, batch, rate) {
      const noise = noiseOf(batch);
      const [loss, grads, {stats, logits}] = valueAndGrad((params: P) => {
        const [logits, stats] = model.apply(params, state.stats, batch.images, {training: true, noise});
        return [crossEntropy(logits, batch.labels, {smoothing}), {stats, logits}];
      })(state.params);
      const [params, remembered] = optimizer.update(state.params, grads, state.optimizer, rate);
      return [
        {params, stats, optimizer: remembered},
        {loss, accuracy: mean(correct(logits, batch.labels))}
      ];
    },
    view: (records, rows, size) => block(records, gather(records, rows, size), rows, size),
    evaluate(state, {images, labels, mask}) {
      const logits = logitsOf(state, images);
      const losses = softmaxCrossEntropy(logits, tf.oneHot(labels as tf.Tensor1D, classes, 1, 0, "float32"));
      return {
        count: sum(mask),
        loss: sum(tf.mul(losses, mask)),
        correct: sum(tf.mul(correct(logits, labels), mask))
      };
    },
    predict: (state, {images}) => logitsOf(state, images)
  };
}

const noisePrefix = "noise.";

const noiseOf = (batch: Record<string, tf.Tensor>): Noise =>
  Object.fromEntries(
    Object.entries(batch)
      .filter(([name]) => name.startsWith(noisePrefix))
      .map(([name, mask]) => [name.slice(noisePrefix.length), mask])
  );

/** 1 where the largest logit is the label's, (B). */
const correct = (logits: tf.Tensor, labels: tf.Tensor): tf.Tensor =>
  tf.cast(tf.equal(tf.argMax(logits, -1), labels), "float32");

/** The images of the given rows one after another, followed by black ones up to `size`. */
function gather({images, height, width, channels, count}: Records, rows: Uint32Array, size: number): Uint8Array {
  if (rows.length > size) throw new RangeError(`supervised: expected at most ${size} rows, got ${rows.length}`);
  const bytes = height * width * channels;
  const out = new Uint8Array(size * bytes);
  rows.forEach((row, i) => {
    if (!(row < count)) throw new RangeError(`supervised: expected rows below ${count}, got ${row}`);
    out.set(images.subarray(row * bytes, (row + 1) * bytes), i * bytes);
  });
  return out;
}
