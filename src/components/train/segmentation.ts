import * as tf from "@tensorflow/tfjs";
import {normalise as standardise} from "../data/augment.js";
import {gatherAll} from "../data/batches.js";
import type {Records} from "../data/records.js";
import type {Model} from "../models/model.js";
import {mean, sum} from "../ops/mean.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import {valueAndGrad} from "../tensor/grad.js";
import {shapes} from "../tensor/shape.js";
import type {Tree} from "../tensor/tree.js";
import type {SupervisedState} from "./supervised.js";
import type {Batch, Block, Task} from "./task.js";

/** images (B, H, W, C), masks (B, H, W): 0 or 1, mask (B): 1 for a record, 0 for padding. */
export type SegmentationBatch = Batch & {images: Block; masks: Block; mask: Block};

interface Options<P extends Tree, S extends Tree, O extends Tree> {
  /** Images to one logit for every pixel, (B, H, W, 1). */
  model: Model<P, S>;
  /** Of logits and masks, both (B, H, W). */
  loss: (logits: tf.Tensor, masks: tf.Tensor) => tf.Scalar;
  optimizer: Optimizer<O>;
  normalise: {mean: readonly number[]; deviation: readonly number[]};
}

/**
 * Learning masks: a yes or no for every pixel. The records have `masks` (N, H, W), as `scenes` has.
 *
 * Metrics of a step: `loss`, and `accuracy`, the mean over the images of intersection over union at p > ½. Sums of an
 * evaluation: `count`, `correct` (that IoU), `dice` of the same masks, `pixels`, the share of pixels that are right.
 * `predict` gives the logits (B, H, W).
 */
export function segmentation<P extends Tree, S extends Tree, O extends Tree>(
  options: Options<P, S, O>
): Task<SupervisedState<P, S, O>, SegmentationBatch> {
  const {model, loss: lossOf, optimizer, normalise} = options;
  const view = (records: Records, rows: ArrayLike<number>, size: number): SegmentationBatch => {
    if (rows.length > size) throw new RangeError(`segmentation: expected at most ${size} rows, got ${rows.length}`);
    const {images, masks} = gatherAll(records, rows) as {images: Uint8Array; masks?: Uint8Array};
    if (!masks) throw new Error("segmentation: expected records with masks, got records without them");
    const {height, width, channels} = records;
    const bytes = new Uint8Array(size * height * width * channels);
    bytes.set(images);
    const wanted = new Float32Array(size * height * width);
    wanted.set(masks);
    return {
      images: {data: standardise(bytes, normalise.mean, normalise.deviation), shape: [size, height, width, channels]},
      masks: {data: wanted, shape: [size, height, width]},
      mask: {data: Float32Array.from({length: size}, (_, i) => (i < rows.length ? 1 : 0)), shape: [size]}
    };
  };
  const flat = (logits: tf.Tensor) => {
    const {B, H, W} = shapes("segmentation", {logits: [logits, "B H W 1"]});
    return tf.reshape(logits, [B, H, W]);
  };
  const logitsOf = ({params, stats}: {params: P; stats: S}, images: tf.Tensor) =>
    flat(model.apply(params, stats, images)[0]);
  return {
    init(rng) {
      const {params, stats} = model.init(rng);
      return {params, stats, optimizer: optimizer.init(params)};
    },
    sample: (_, records, rows) => view(records, rows, rows.length),
    step(state, {images, masks}, rate) {
      const [loss, grads, {stats, logits}] = valueAndGrad((params: P) => {
        const [out, stats] = model.apply(params, state.stats, images, {training: true});
        const logits = flat(out);
        return [lossOf(logits, masks), {stats, logits}];
      })(state.params);
      const [params, remembered] = optimizer.update(state.params, grads, state.optimizer, rate);
      return [
        {params, stats, optimizer: remembered},
        {loss, accuracy: mean<tf.Scalar>(overlaps(logits, masks).iou)}
      ];
    },
    view,
    evaluate(state, {images, masks, mask}) {
      const {iou, dice, pixels} = overlaps(logitsOf(state, images), masks);
      const over = (each: tf.Tensor) => sum<tf.Scalar>(tf.mul(each, mask));
      return {count: sum<tf.Scalar>(mask), correct: over(iou), dice: over(dice), pixels: over(pixels)};
    },
    predict: (state, {images}) => logitsOf(state, images)
  };
}

/** Of each image, (B): overlaps of the mask that the logits' signs say with the true one; two empty masks agree fully. */
function overlaps(logits: tf.Tensor, masks: tf.Tensor) {
  const rows = (x: tf.Tensor) => tf.reshape(x, [x.shape[0], -1]);
  const [said, true_] = [rows(tf.cast(tf.greater(logits, 0), "float32")), rows(masks)];
  const total = (x: tf.Tensor) => sum(x, [1]);
  const both = total(tf.mul(said, true_));
  const sizes = tf.add(total(said), total(true_));
  const least = 1e-6; // in pixels: 0 / 0 becomes 1
  return {
    iou: tf.div(tf.add(both, least), tf.add(tf.sub(sizes, both), least)),
    dice: tf.div(tf.add(tf.mul(both, 2), least), tf.add(sizes, least)),
    pixels: mean(tf.cast(tf.equal(said, true_), "float32"), [1])
  };
}
