import * as tf from "@tensorflow/tfjs";
import {glyphs} from "../../components/data/glyphs.js";
import {part} from "../../components/data/part.js";
import type {DataSet, Source} from "../../components/data/records.js";
import {crossEntropy} from "../../components/losses/crossEntropy.js";
import type {Model} from "../../components/models/model.js";
import {mean} from "../../components/ops/mean.js";
import {adam} from "../../components/optimizers/adam.js";
import {adamw} from "../../components/optimizers/adamw.js";
import {clipped, globalNorm} from "../../components/optimizers/clip.js";
import {lossScaled, type LossScaleState} from "../../components/optimizers/lossScale.js";
import type {Optimizer} from "../../components/optimizers/optimizer.js";
import {sam, type Differentiate} from "../../components/optimizers/sam.js";
import {sgd} from "../../components/optimizers/sgd.js";
import {valueAndGrad} from "../../components/tensor/grad.js";
import {map, type Tree} from "../../components/tensor/tree.js";
import {supervised, type SupervisedBatch, type SupervisedState} from "../../components/train/supervised.js";
import type {Task} from "../../components/train/task.js";
import {validated, type ModernConfig} from "./config.js";
import {half} from "./half.js";
import {stack} from "./net.js";

type State = SupervisedState<Tree, Tree, Tree>;

const classes = 40;
const drawings = {train: 20, test: 10}; // of each class
export const statistics = {mean: [0.1], deviation: [0.28]};
const largest = 3.4028234663852886e38; // of float32

const isScaled = (precision: ModernConfig["precision"]) => precision.startsWith("float16, scaled");

/** The stack on glyphs; in half precision what it stores is rounded. */
export const modelOf = ({depth, width, norm, precision}: ModernConfig): Model =>
  stack({inputs: 784, depth, width, norm, classes}, precision === "float32" ? undefined : half);

/** The algorithm; clipping acts on the unscaled gradient, so it stands inside the loss scaling. */
function optimizerOf({algorithm, decay: amount, clip, precision, interval}: ModernConfig): Optimizer<Tree> {
  const decay = {amount};
  const plain = {"SGD-M": sgd({momentum: 0.9, decay}), Adam: adam({decay}), AdamW: adamw({decay})}[
    algorithm
  ] as Optimizer<Tree>;
  const inside = clip > 0 ? clipped(plain, clip) : plain;
  return isScaled(precision) ? (lossScaled(inside, {interval}) as unknown as Optimizer<Tree>) : inside;
}

/** The gradient of s times the loss; the loss is handed out as it is. */
const ofScaled =
  (scale: tf.Tensor): Differentiate =>
  <P extends Tree, A>(f: (params: P) => [tf.Scalar, A]) =>
  (params: P): [tf.Scalar, P, A] => {
    const scaled = (p: P): [tf.Scalar, {loss: tf.Scalar; aux: A}] => {
      const [loss, aux] = f(p);
      return [tf.mul(loss, scale), {loss, aux}];
    };
    const [, grads, {loss, aux}] = valueAndGrad(scaled)(params);
    return [loss, grads, aux];
  };

/**
 * Forty classes of glyphs by a stack of fully connected layers, trained with what this page is about.
 *
 * Metrics of a step: `loss`, `accuracy`; `norm`, that of the gradient which the optimizer is given, before clipping, 0 where
 * it is not finite; `scale`, the loss scale; `skipped`, 1 where the step is not taken because of an infinity.
 *
 * @throws RangeError in one sentence if the configuration is none.
 */
export default function modernTask(asked: Partial<ModernConfig>): Task<State, SupervisedBatch> {
  const config = validated(asked);
  const [model, optimizer, scaled] = [modelOf(config), optimizerOf(config), isScaled(config.precision)];
  const base = supervised({model, classes, optimizer, normalise: statistics});
  const stored = <T extends Tree>(params: T): T =>
    config.precision === "float16, scaled, no master" ? map((p) => (p.rank > 1 ? half(p) : p), params) : params;
  return {
    ...base,
    step(state, {images, labels}, rate) {
      const scale = scaled ? (state.optimizer as unknown as LossScaleState<Tree>).scale : tf.scalar(1);
      const once = ofScaled(tf.mul(scale, 2 ** -config.shrink));
      const differentiate = config.rho > 0 ? sam(config.rho, once) : once;
      const [loss, grads, logits] = differentiate((params: Tree) => {
        const [logits] = model.apply(params, state.stats, images, {training: true});
        return [crossEntropy(logits, labels), logits];
      })(state.params);
      const [params, remembered] = optimizer.update(state.params, grads, state.optimizer, rate);
      const norm = tf.div(globalNorm(grads), scale);
      const finite = tf.lessEqual(norm, largest);
      const metrics = {
        loss,
        accuracy: mean(tf.cast(tf.equal(tf.argMax(logits, -1), labels), "float32")) as tf.Scalar,
        norm: tf.where(finite, norm, tf.zerosLike(norm)) as tf.Scalar,
        scale: tf.clone(scale) as tf.Scalar,
        skipped: tf.sub<tf.Scalar>(1, tf.cast(finite, "float32"))
      };
      return [{params: stored(params), stats: state.stats, optimizer: remembered}, metrics];
    }
  };
}

/** 800 glyphs of 40 characters to train on, and 400 other drawings of the same characters to judge by. */
export async function data(_: unknown, source: Source): Promise<DataSet> {
  source.progress(0, "Drawing 1,200 glyphs");
  const all = glyphs({seed: 3, classes, each: drawings.train + drawings.test});
  source.progress(1, "1,200 glyphs");
  const cut = classes * drawings.train;
  return {train: part(all, 0, cut), test: part(all, cut, all.count)};
}
