import * as tf from "@tensorflow/tfjs";
import {shapes} from "../tensor/shape.js";
import {defineOp, floats} from "./op.js";
import * as webgpu from "./webgpu/softmax.js";

type Pair = {logits: tf.Tensor; targets: tf.Tensor};

/** log p = z − log Σ exp z with z = logits − max: the largest exponent is 0, so nothing overflows. */
function logSoftmax(logits: tf.Tensor): tf.Tensor {
  const z = tf.sub(logits, tf.max(logits, 1, true));
  return tf.sub(z, tf.log(tf.sum(tf.exp(z), 1, true)));
}

const backward = defineOp({
  name: "SoftmaxCrossEntropyGradient",
  plain: ({dy, logits, targets}: Pair & {dy: tf.Tensor}): tf.Tensor =>
    tf.mul(tf.sub(tf.mul(tf.exp(logSoftmax(logits)), tf.sum(targets, 1, true)), targets), tf.reshape(dy, [-1, 1])),
  variants: {webgpu: floats(webgpu.crossEntropyGradient)}
});

const forward = defineOp({
  name: "SoftmaxCrossEntropy",
  plain: ({logits, targets}: Pair): tf.Tensor => tf.neg(tf.sum(tf.mul(targets, logSoftmax(logits)), 1)),
  variants: {webgpu: floats(webgpu.crossEntropy)},
  gradient: {
    inputs: ["logits", "targets"],
    rule: (dy, {logits, targets}) => ({
      logits: () => backward({dy, logits, targets}, {}),
      targets: () => tf.zerosLike(targets)
    })
  }
});

/**
 * Cross-entropy between target distributions and softmax(logits), one number a row.
 *
 *   ℓ = −Σₖ tₖ log pₖ,   p = softmax(logits),   ∂ℓ/∂logits = p Σₖ tₖ − t,  which is p − t for a distribution
 *
 * @param logits (B, K), finite.
 * @param targets (B, K), rows that sum to 1; a row of zeros has loss and gradient 0. Targets are data: their gradient is 0.
 * @returns (B) in nats.
 * @throws RangeError if the shapes differ.
 */
export function softmaxCrossEntropy(logits: tf.Tensor, targets: tf.Tensor): tf.Tensor1D {
  shapes("softmaxCrossEntropy", {logits: [logits, "B K"], targets: [targets, "B K"]});
  return forward({logits, targets}, {}) as tf.Tensor1D;
}
