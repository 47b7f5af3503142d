import type * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import type {Tree} from "../tensor/tree.js";

/** Masks drawn outside the step, as plain numbers: what dropout and drop-path need of chance. */
export type Noise = Record<string, tf.Tensor>;

/** What lies inside a forward pass and was asked for: stage outputs, attention weights. */
export type Aux = Record<string, tf.Tensor>;

/** How a model is applied: training normalises by the batch and updates the statistics; evaluation uses them. */
export interface Mode {
  training?: boolean;
  noise?: Noise;
}

/** A network as two functions over trees. Every encoder fits every method. */
export interface Model<P extends Tree = Tree, S extends Tree = Tree> {
  /** Fresh parameters and running statistics; statistics are {} when there is nothing to track. */
  init(rng: Rng): {params: P; stats: S};
  /** The masks that one training batch needs, drawn on the host: (rng, batch size) → arrays with shapes. */
  noise?(rng: Rng, batch: number): Record<string, {data: Float32Array; shape: number[]}>;
  apply(params: P, stats: S, x: tf.Tensor, mode?: Mode): [y: tf.Tensor, stats: S, aux: Aux];
}

/** A model whose output is a feature map or a feature vector: the seam for heads, probes, projectors and Grad-CAM. */
export interface Encoder<P extends Tree = Tree, S extends Tree = Tree> extends Model<P, S> {
  /** The size of the output's last axis. */
  features: number;
}
