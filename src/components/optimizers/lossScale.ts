import * as tf from "@tensorflow/tfjs";
import {map, type Tree} from "../tensor/tree.js";
import {globalNorm} from "./clip.js";
import type {Optimizer} from "./optimizer.js";

/** The scale s, how many steps it has been kept, and what the optimizer inside remembers. */
export type LossScaleState<O extends Tree> = {scale: tf.Tensor; kept: tf.Tensor; inside: O};

interface Options {
  /** s at the start. */
  initial?: number;
  /** What s is multiplied by after `interval` good steps, and divided by after a bad one. */
  factor?: number;
  interval?: number;
}

const largest = 3.4028234663852886e38; // of float32: NaN and infinity are not at most this

/**
 * Dynamic loss scaling around an optimizer, for gradients in half precision. Micikevicius et al. 2018, section 3.2.
 *
 * The step differentiates s · loss, with s = `state.scale`; here the gradient is divided by s. Where any element is NaN or
 * infinite, parameters and memory stay as they were and s is divided by `factor`; after `interval` steps without that, s is
 * multiplied by it. The defaults are torch.amp.GradScaler's.
 *
 * @throws RangeError unless initial > 0, factor > 1 and interval ≥ 1.
 */
export function lossScaled<O extends Tree>(
  {init, update}: Optimizer<O>,
  {initial = 2 ** 16, factor = 2, interval = 2000}: Options = {}
): Optimizer<LossScaleState<O>> {
  if (!(initial > 0)) throw new RangeError(`lossScaled: expected initial > 0, got ${initial}`);
  if (!(factor > 1)) throw new RangeError(`lossScaled: expected factor > 1, got ${factor}`);
  if (!(interval >= 1)) throw new RangeError(`lossScaled: expected interval ≥ 1, got ${interval}`);
  return {
    init: (params) => ({scale: tf.scalar(initial), kept: tf.scalar(0), inside: init(params)}),
    update(params, grads, {scale, kept, inside}, rate) {
      const unscaled = map((g) => tf.div(g, scale), grads);
      const good = tf.lessEqual(globalNorm(unscaled), largest); // one bad element makes the norm bad
      const [moved, remembered] = update(params, unscaled, inside, rate);
      const choose = <T extends Tree>(fresh: T, old: T): T => map((a, b) => tf.where(good, a, b), fresh, old);
      const full = tf.equal(kept, interval - 1);
      const grown = tf.where(full, tf.mul(scale, factor), scale);
      const counted = tf.where(full, tf.zerosLike(kept), tf.add(kept, 1));
      return [
        choose(moved, params),
        {
          scale: tf.where(good, grown, tf.div(scale, factor)),
          kept: tf.where(good, counted, tf.zerosLike(kept)),
          inside: choose(remembered, inside)
        }
      ];
    }
  };
}
