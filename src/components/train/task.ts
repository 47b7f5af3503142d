import type * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import type {Tree} from "../tensor/tree.js";
import type {DataSet, Records, Source} from "../data/records.js";

/** An array with a shape: what crosses between threads. */
export interface Block {
  data: Float32Array | Int32Array | Uint8Array;
  shape: number[];
}

/** One batch on the host: plain arrays by name. */
export type Batch = Record<string, Block>;

/** The same batch on the backend. */
export type Tensors<B extends Batch> = {[K in keyof B]: tf.Tensor};

/** Scalars of one training step, `loss` among them. */
export type Metrics = {loss: tf.Scalar} & Record<string, tf.Scalar>;

/** Sums over the records of an evaluation batch, `count` among them: dividing by it gives means. */
export type Sums = {count: tf.Scalar} & Record<string, tf.Scalar>;

/**
 * Everything that turns batches into a trained state: supervised learning, SimCLR, DINO, ProtoNet, DDPM.
 * `step` is pure: it runs in a page, in Node, under a gradient check and under a tracer.
 */
export interface Task<S extends Tree = Tree, B extends Batch = Batch> {
  init(rng: Rng): S;
  /** A training batch from rows of the split (this epoch's shuffled order); episodic tasks draw rows of their own. */
  sample(rng: Rng, records: Records, rows: Uint32Array): B;
  /** One update at learning rate `rate`. All that is new comes in `batch`; nothing is drawn here. */
  step(state: S, batch: Tensors<B>, rate: tf.Scalar): [state: S, metrics: Metrics];
  /** The rows as they are, without augmentation, padded to `size` records by masked ones. */
  view(records: Records, rows: Uint32Array, size: number): B;
  evaluate(state: S, batch: Tensors<B>): Sums;
  /** What the model says of each record of a `view`, for example logits (B, K); padded rows included. */
  predict(state: S, batch: Tensors<B>): tf.Tensor;
  /** What the encoder makes of each record of a `view`, pooled: (B, D). Without it, `predict` gives that. */
  features?(state: S, batch: Tensors<B>): tf.Tensor;
}

/** What a page hands to the worker: a module with a task and its data, both made from one plain configuration. */
export interface TaskModule<C = Record<string, unknown>> {
  default(config: C): Task;
  data(config: C, source: Source): Promise<DataSet>;
}
