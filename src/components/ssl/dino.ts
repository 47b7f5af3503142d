import * as tf from "@tensorflow/tfjs";
import type {MultiCropOptions} from "../data/augment/multiCrop.js";
import {crossView} from "../losses/crossView.js";
import type {Encoder, Model} from "../models/model.js";
import {mean, sum} from "../ops/mean.js";
import {softmaxCrossEntropy} from "../ops/softmaxCrossEntropy.js";
import {clipByGlobalNorm} from "../optimizers/clip.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import {valueAndGrad} from "../tensor/grad.js";
import {map, mapAt, type Tree} from "../tensor/tree.js";
import type {Task, Tensors} from "../train/task.js";
import {crops, type CropBatch} from "./crops.js";
import {momentumAt, temperatureAt, type DinoSchedule} from "./dinoSchedule.js";
import {recentred, sharpened} from "./dinoTeacher.js";
import {ema} from "./ema.js";
import {information} from "./information.js";
import type {Normalisation} from "./pairs.js";
import {projected, type Projected} from "./projected.js";

/** stats.centre (K); step, how many there were. */
export type DinoState<P extends Tree, S extends Tree, O extends Tree> = {
  student: Projected<P, S>;
  teacher: Projected<P, S>;
  stats: {centre: tf.Tensor};
  step: tf.Tensor;
  optimizer: O;
};

interface Options<P extends Tree, S extends Tree, O extends Tree> {
  encoder: Encoder<P, S>;
  /** From features (B, F) to scores of K prototypes; its last layer's parameters stand under `last`. */
  head: Encoder;
  optimizer: Optimizer<O>;
  crops: MultiCropOptions;
  normalise: Normalisation;
  schedule: DinoSchedule;
  /** m of the centre; 1 leaves it at 0, which is no centring. */
  centring?: number;
  /** τ of the student. */
  temperature?: number;
}

const longest = 3; // of the gradient's norm
const frozenEpochs = 1;

/**
 * DINO: a student learns to say of every crop what a teacher, its own average, says of the other global crops. Caron et al.
 * 2021, algorithm 1.
 *
 *   P = softmax((g_teacher − c) / τ_t),   ℓ = crossView(P, g_student),   θ_t ← m θ_t + (1 − m) θ_s
 *
 * m rises to 1 on a cosine, τ_t rises in the first epochs, the last layer of the student rests during the first epoch, and
 * the gradient's norm is at most 3, over all leaves together. paper: each leaf's norm by itself.
 *
 * Both networks normalise by their batch; the teacher's running statistics are those of its own passes. Metrics of a step:
 * `loss`; `entropy` of the teacher, between its collapses at 0 and log K; `kl` = loss − entropy, 0 at every collapse;
 * `centre`, its norm. Sums of an evaluation: `count`, and `loss`, `entropy` and `kl` on one fixed pair of global views of each
 * held-out image, at the teacher's last temperature and with running statistics; and `information`, the I of the batch's images
 * times their number, P of an image being the mean over its two views, so that what they do not agree upon tells less.
 * `predict` gives the teacher's pooled features (B, F) of the images as they are.
 *
 * @throws RangeError if the centre's momentum is outside [0, 1].
 */
export function dino<P extends Tree, S extends Tree, O extends Tree>(
  options: Options<P, S, O>
): Task<DinoState<P, S, O>, CropBatch> {
  const {encoder, head, optimizer, schedule, centring = 0.9, temperature = 0.1} = options;
  if (!(centring >= 0 && centring <= 1)) throw new RangeError(`dino: expected centring in [0, 1], got ${centring}`);
  const model = projected(encoder, head as Model);
  const said = (outputs: tf.Tensor, centre: tf.Tensor, temperature: number | tf.Scalar) => {
    const {targets, entropy} = sharpened(outputs, centre, temperature);
    return {targets: tf.split(targets, 2), entropy};
  };
  const globals = ({first, second}: Tensors<CropBatch>) => tf.concat([first, second]); // (2B, S, S, 3)
  return {
    init(rng) {
      const student = model.init(rng);
      const teacher = map((leaf) => tf.clone(leaf), student);
      const centre = tf.zeros([head.features]);
      return {student, teacher, stats: {centre}, step: tf.scalar(0), optimizer: optimizer.init(student.params)};
    },
    ...crops(options.crops, options.normalise),
    step(state, batch, rate) {
      const epoch = tf.div(state.step, batch.perEpoch) as tf.Scalar;
      const [outputs, seen] = model.apply(state.teacher, globals(batch), {training: true}); // outside of what is differentiated
      const {targets, entropy} = said(outputs, state.stats.centre, temperatureAt(schedule, epoch));
      const [loss, grads, stats] = valueAndGrad((params: typeof state.student.params) => {
        const [scores, once] = model.apply({...state.student, params}, globals(batch), {training: true});
        const local = localViews(batch);
        if (!local.length) return [crossView(targets, tf.split(scores, 2), {temperature}), once];
        const [more, stats] = model.apply({params, stats: once}, tf.concat(local), {training: true});
        const locals = local.length > 1 ? tf.split(more, local.length) : [more]; // tfjs: one part has no gradient
        const views = [...tf.split(scores, 2), ...locals];
        return [crossView(targets, views, {temperature}), stats];
      })(state.student.params);
      const open = tf.cast(tf.greaterEqual(epoch, frozenEpochs), "float32") as tf.Scalar;
      const [clipped] = clipByGlobalNorm(
        atLast(grads, (g) => tf.mul(g, open)),
        longest
      );
      const [moved, remembered] = optimizer.update(state.student.params, clipped, state.optimizer, rate);
      const params = atLast(moved, (fresh, old) => tf.add(old, tf.mul(tf.sub(fresh, old), open)), state.student.params);
      const teacher = {params: ema(state.teacher.params, params, momentumAt(schedule, epoch)), stats: seen};
      const next = {
        student: {params, stats},
        teacher,
        stats: {centre: recentred(state.stats.centre, outputs, centring)}
      };
      return [
        {...next, step: tf.add(state.step, 1), optimizer: remembered},
        {loss, entropy, kl: tf.sub(loss, entropy), centre: tf.norm(state.stats.centre) as tf.Scalar}
      ];
    },
    evaluate({student, teacher, stats: {centre}}, batch) {
      const [scores] = model.apply(student, globals(batch));
      const logits = tf.div(tf.sub(model.apply(teacher, globals(batch))[0], centre), schedule.temperature[1]);
      const targets = tf.softmax(logits); // (2B, K)
      const crossed = tf.concat(tf.split(scores, 2).reverse()); // each view of the student beside the teacher's other one
      const weight = tf.mul(tf.concat([batch.mask, batch.mask]), 0.5); // two pairs a record
      const loss = sum(tf.mul(softmaxCrossEntropy(tf.div(crossed, temperature), targets), weight)) as tf.Scalar;
      const entropy = sum(tf.mul(softmaxCrossEntropy(logits, targets), weight)) as tf.Scalar;
      const count = sum(batch.mask) as tf.Scalar;
      const told = information(mean(tf.stack(tf.split(targets, 2)), [0]), batch.mask);
      return {count, loss, entropy, kl: tf.sub(loss, entropy), information: tf.mul(told, count)};
    },
    predict: ({teacher}, {images}) => model.features(teacher, images)
  };
}

const localViews = (batch: Record<string, tf.Tensor>): tf.Tensor[] =>
  Object.entries(batch).flatMap(([name, views]) => (name.startsWith("local.") ? [views] : []));

/** A tree with other leaves for the last layer of the head. */
const atLast = <T extends Tree>(
  tree: T,
  change: (leaf: tf.Tensor, ...others: tf.Tensor[]) => tf.Tensor,
  ...others: T[]
): T =>
  mapAt((path, leaf, ...rest) => (path.startsWith("projector.last.") ? change(leaf, ...rest) : leaf), tree, ...others);
