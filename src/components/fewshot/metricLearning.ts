import * as tf from "@tensorflow/tfjs";
import {normalise as standardise} from "../data/augment.js";
import {gather} from "../data/batches.js";
import type {Records} from "../data/records.js";
import type {Rng} from "../math/random.js";
import type {Encoder} from "../models/model.js";
import {matMul} from "../ops/matMul.js";
import {mean, sum} from "../ops/mean.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import {valueAndGrad} from "../tensor/grad.js";
import type {Tree} from "../tensor/tree.js";
import type {Batch, Block, Task} from "../train/task.js";
import {drawClasses} from "./classRows.js";

export type MetricState<P extends Tree, S extends Tree, O extends Tree> = {params: P; stats: S; optimizer: O};

/** images (B, H, W, C), labels (B) int32, mask (B): 1 for a record, 0 for padding. */
export type MetricBatch = Batch & {images: Block; labels: Block; mask: Block};

/** A number of a batch's embeddings (B, D), class after class, and their labels (B). */
export type Measure = (embeddings: tf.Tensor, labels: tf.Tensor) => tf.Scalar;

interface Options<P extends Tree, S extends Tree, O extends Tree> {
  /** Images to embeddings (B, D). */
  encoder: Encoder<P, S>;
  loss: Measure;
  /** What else a step reports of its batch, by name. */
  measures?: Record<string, Measure>;
  /** Drawings of a class in a training batch; the batch size is a multiple. */
  each: number;
  optimizer: Optimizer<O>;
  normalise: {mean: readonly number[]; deviation: readonly number[]};
}

/**
 * Learning an embedding in which what is of one class lies together. Training batches hold B / each classes, drawn anew
 * each time; the rows that the run's order offers only say how many.
 *
 * Metrics of a step: `loss`; `accuracy`, how often an image's nearest other one of the batch is of its class; `spread`, the mean
 * squared distance of two embeddings of the batch: 0 at collapse, 2 for unit vectors in all directions; and `measures`. Sums of an evaluation:
 * `count`, `correct` as accuracy, within batches of `view`.
 */
export function metricLearning<P extends Tree, S extends Tree, O extends Tree>(
  options: Options<P, S, O>
): Task<MetricState<P, S, O>, MetricBatch> {
  const {encoder, loss: lossOf, measures = {}, each, optimizer, normalise} = options;
  const batchOf = (records: Records, rows: ArrayLike<number>, labels: ArrayLike<number>, size: number): MetricBatch => {
    const {height, width, channels} = records;
    const images = new Uint8Array(size * height * width * channels);
    images.set(gather(records, rows).images);
    const fill = (value: (i: number) => number) =>
      Array.from({length: size}, (_, i) => (i < rows.length ? value(i) : -1));
    return {
      images: {
        data: standardise(images, normalise.mean, normalise.deviation),
        shape: [size, height, width, channels]
      },
      labels: {data: Int32Array.from(fill((i) => labels[i])), shape: [size]},
      mask: {
        data: Float32Array.from(
          fill(() => 1),
          (x) => Math.max(0, x)
        ),
        shape: [size]
      }
    };
  };
  return {
    init(rng) {
      const {params, stats} = encoder.init(rng);
      return {params, stats, optimizer: optimizer.init(params)};
    },
    sample(rng: Rng, records, {length}) {
      const {rows, labels} = drawClasses(rng, records, {classes: Math.floor(length / each), each});
      return batchOf(records, rows, labels, rows.length);
    },
    step(state, {images, labels}, rate) {
      const [loss, grads, {stats, z}] = valueAndGrad((params: P) => {
        const [z, stats] = encoder.apply(params, state.stats, images, {training: true});
        return [lossOf(z, labels), {stats, z}];
      })(state.params);
      const [params, remembered] = optimizer.update(state.params, grads, state.optimizer, rate);
      const everyone = tf.ones([labels.size]);
      const own = Object.entries(measures).map(([name, measure]) => [name, measure(z, labels)]);
      const metrics = {loss, accuracy: mean<tf.Scalar>(found(z, labels, everyone)), spread: spreadOf(z)};
      return [
        {params, stats, optimizer: remembered},
        {...metrics, ...Object.fromEntries(own)}
      ];
    },
    view(records, rows, size) {
      if (rows.length > size) throw new RangeError(`metricLearning: expected at most ${size} rows, got ${rows.length}`);
      return batchOf(records, rows, gather(records, rows).labels, size);
    },
    evaluate({params, stats}, {images, labels, mask}) {
      const [z] = encoder.apply(params, stats, images);
      return {count: sum(mask), correct: sum(tf.mul(found(z, labels, mask), mask))};
    },
    predict: ({params, stats}, {images}) => encoder.apply(params, stats, images)[0]
  };
}

const far = 1e9;

/** ‖zᵢ − zⱼ‖², (B, B). */
function distances(z: tf.Tensor): tf.Tensor {
  const lengths = sum(tf.square(z), [1], true);
  return tf.sub(tf.add(lengths, tf.transpose(lengths)), tf.mul(matMul(z, z, {transposeB: true}), 2));
}

/** Whether each row's nearest other row, padding left out, is of its class, (B). */
function found(z: tf.Tensor, labels: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  const B = labels.size;
  const own = tf.cast(tf.oneHot(tf.range(0, B, 1, "int32") as tf.Tensor1D, B), "float32");
  const barred = tf.mul(tf.add(own, tf.sub(1, tf.reshape(mask, [1, B]))), far);
  const nearest = tf.oneHot(tf.argMin(tf.add(distances(z), barred), 1) as tf.Tensor1D, B);
  const same = tf.equal(tf.reshape(labels, [B, 1]), tf.reshape(labels, [1, B]));
  return sum(tf.mul(tf.cast(nearest, "float32"), tf.cast(same, "float32")), [1]);
}

const spreadOf = (z: tf.Tensor): tf.Scalar => mean<tf.Scalar>(tf.relu(distances(z)));
