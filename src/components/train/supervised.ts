import * as tf from "@tensorflow/tfjs";
import {normalise as standardise, type Geometry} from "../data/augment.js";
import {gather} from "../data/batches.js";
import {resize} from "../data/resize.js";
import {crossEntropies, crossEntropy} from "../losses/crossEntropy.js";
import type {Rng} from "../math/random.js";
import type {Model, Noise} from "../models/model.js";
import {mean, sum} from "../ops/mean.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import type {Differentiate} from "../optimizers/sam.js";
import {valueAndGrad} from "../tensor/grad.js";
import {shapes} from "../tensor/shape.js";
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
  /** How the loss is differentiated: `valueAndGrad` unless told, for example `sam(0.05)`. */
  differentiate?: Differentiate;
  /** Changes bytes of training images, for example `cropFlip`; images stay as they are without it. */
  augment?: (rng: Rng, images: Uint8Array, geometry: Geometry) => Uint8Array;
  /** Side of the training images, made smaller after augmentation; as they are without it. Views keep their size. */
  size?: number;
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
  differentiate = valueAndGrad,
  augment,
  size,
  smoothing = 0,
  normalise
}: Options<P, S, O>): Task<SupervisedState<P, S, O>, SupervisedBatch> {
  /** The batch of the given images, followed by `padding` black ones. */
  const batchOf = (
    {height, width, channels}: Geometry,
    images: Uint8Array,
    labels: Uint8Array,
    padding = 0
  ): SupervisedBatch => {
    const count = labels.length + padding;
    const padded = new Uint8Array(count * height * width * channels);
    padded.set(images);
    const pixels = standardise(padded, normalise.mean, normalise.deviation);
    return {
      images: {data: pixels, shape: [count, height, width, channels]},
      labels: {data: Int32Array.from({length: count}, (_, i) => labels[i] ?? 0), shape: [count]},
      mask: {data: Float32Array.from({length: count}, (_, i) => (i < labels.length ? 1 : 0)), shape: [count]}
    };
  };
  const logitsOf = ({params, stats}: {params: P; stats: S}, images: tf.Tensor) => {
    const [logits] = model.apply(params, stats, images);
    shapes("supervised", {logits: [logits, `B ${classes}`]});
    return logits;
  };

  return {
    init(rng) {
      const {params, stats} = model.init(rng);
      return {params, stats, optimizer: optimizer.init(params)};
    },
    sample(rng, records, rows) {
      const {images, labels} = gather(records, rows);
      const seen = augment ? augment(rng.fork("augment"), images, records) : images;
      const side = {height: size ?? records.height, width: size ?? records.width};
      const resized = size === undefined ? seen : resize(seen, records, side);
      const noise = Object.entries(model.noise?.(rng.fork("noise"), rows.length) ?? {});
      return {
        ...batchOf({...side, channels: records.channels}, resized, labels),
        ...Object.fromEntries(noise.map(([name, mask]) => [noisePrefix + name, mask]))
      };
    },
    step(state, batch, rate) {
      const noise = noiseOf(batch);
      const [loss, grads, {stats, logits}] = differentiate((params: P) => {
        const [logits, stats] = model.apply(params, state.stats, batch.images, {training: true, noise});
        return [crossEntropy(logits, batch.labels, {smoothing}), {stats, logits}];
      })(state.params);
      const [params, remembered] = optimizer.update(state.params, grads, state.optimizer, rate);
      return [
        {params, stats, optimizer: remembered},
        {loss, accuracy: mean(correct(logits, batch.labels))}
      ];
    },
    view(records, rows, size) {
      if (rows.length > size) throw new RangeError(`supervised: expected at most ${size} rows, got ${rows.length}`);
      const {images, labels} = gather(records, rows);
      return batchOf(records, images, labels, size - rows.length);
    },
    evaluate(state, {images, labels, mask}) {
      const logits = logitsOf(state, images);
      return {
        count: sum(mask),
        loss: sum(tf.mul(crossEntropies(logits, labels), mask)),
        correct: sum(tf.mul(correct(logits, labels), mask))
      };
    },
    predict: (state, {images}) => logitsOf(state, images),
    features({params, stats}, {images}) {
      const {features} = model.apply(params, stats, images)[2];
      if (!features) throw new Error("supervised: expected a model that hands out its encoder's features, got none");
      return features.rank === 4 ? mean(features, [1, 2]) : features;
    }
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
