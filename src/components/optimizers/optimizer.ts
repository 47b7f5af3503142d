import type * as tf from "@tensorflow/tfjs";
import type {Tree} from "../tensor/tree.js";

/** An algorithm as two functions: what it remembers, and one update. */
export interface Optimizer<O extends Tree = Tree> {
  init(params: Tree): O;
  /** One step at learning rate `rate`, a scalar tensor. Returns new trees; its inputs are left as they were. */
  update<P extends Tree>(params: P, grads: P, state: O, rate: tf.Scalar): [params: P, state: O];
}
