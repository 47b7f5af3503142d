import * as tf from "@tensorflow/tfjs";
import type {DataSet, Source} from "../components/data/records.js";
import {scenes} from "../components/data/scenes.js";
import {bce} from "../components/losses/bce.js";
import {dice, iou, tversky} from "../components/losses/overlap.js";
import {unet} from "../components/models/unet.js";
import {adam} from "../components/optimizers/adam.js";
import {segmentation} from "../components/train/segmentation.js";
import type {Task} from "../components/train/task.js";

/** What a run of this page can choose. */
export interface SegmentationConfig {
  loss: keyof typeof losses;
  /** How large the figures are: about 17, 5 and 2 % of the pixels. */
  figures: keyof typeof sides;
  /** Channels of the U-Net's first level. */
  width: number;
  images: number;
}

type Loss = (logits: tf.Tensor, masks: tf.Tensor) => tf.Scalar;

const ofProbabilities =
  (loss: (p: tf.Tensor, g: tf.Tensor) => tf.Scalar): Loss =>
  (logits, masks) =>
    loss(tf.sigmoid(logits), masks);

const diceOf = ofProbabilities((p, g) => dice(p, g));

/** Of logits and masks (B, H, W). */
export const losses = {
  BCE: bce as Loss,
  Dice: diceOf,
  "Dice, squares": ofProbabilities((p, g) => dice(p, g, {squared: true})),
  IoU: ofProbabilities((p, g) => iou(p, g)),
  "BCE + Dice": ((z, g) => tf.add(bce(z, g), diceOf(z, g))) as Loss,
  Tversky: ofProbabilities((p, g) => tversky(p, g, {alpha: 0.3, beta: 0.7}))
};

/** Of the square with the figure's area, in pixels. */
export const sides = {
  large: undefined, // as scenes draws them
  medium: [6.5, 8.5],
  small: [4, 5.5]
} as const;

/**
 * Masks of figures by a small U-Net with Adam.
 *
 * @throws RangeError for another loss.
 */
export default function segmentationLossesTask({loss, width}: SegmentationConfig): Task {
  if (!(loss in losses))
    throw new RangeError(`segmentationLossesTask: expected loss ${Object.keys(losses).join(" or ")}, got ${loss}`);
  return segmentation({
    model: unet({width}),
    loss: losses[loss],
    optimizer: adam(),
    normalise: {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
  });
}

const farAway = 1_000_000; // test scenes begin here

/** Scenes with figures of the size asked for; no test image is trained on. */
export async function data({figures, images}: SegmentationConfig, source: Source): Promise<DataSet> {
  source.progress(0, `Drawing ${images + 200} scenes`);
  const drawn = {seed: 0, ...(sides[figures] && {sides: sides[figures]})};
  const train = scenes({...drawn, count: images});
  const test = scenes({...drawn, count: 200, from: farAway});
  source.progress(1, `${images + 200} scenes`);
  return {train, test};
}
