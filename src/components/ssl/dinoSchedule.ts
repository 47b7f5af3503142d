import * as tf from "@tensorflow/tfjs";

/** What changes during a training with DINO, in epochs of the training data. */
export interface DinoSchedule {
  /** The length of the training: at its end the teacher stands still. */
  epochs: number;
  /** m of the teacher's average at the beginning. */
  momentum: number;
  /** τ of the teacher, at the beginning and after `warmup` epochs. */
  temperature: readonly [first: number, last: number];
  /** Epochs in which the teacher's temperature rises, linearly. */
  warmup: number;
}

/** m = 1 − (1 − m₀) ½ (1 + cos(π epoch / epochs)): m₀ at the beginning, 1 at the end and after it. */
export function momentumAt({epochs, momentum}: DinoSchedule, epoch: tf.Scalar): tf.Scalar {
  const angle = tf.mul(tf.minimum(tf.div(epoch, epochs), 1), Math.PI);
  return tf.sub(1, tf.mul(tf.add(tf.cos(angle), 1), (1 - momentum) / 2));
}

/** τ = τ₀ + (τ₁ − τ₀) min(1, epoch / warmup); τ₁ without warm-up. */
export function temperatureAt({temperature: [first, last], warmup}: DinoSchedule, epoch: tf.Scalar): tf.Scalar {
  if (warmup === 0) return tf.scalar(last);
  return tf.add(tf.mul(tf.minimum(tf.div(epoch, warmup), 1), last - first), first);
}
