import * as tf from "@tensorflow/tfjs";
import {defineOp, floats, type Compute} from "./op.js";
import * as webgpu from "./webgpu/dropout.js";

/** Numbers and their factors; where there is one, also `plus`. */
export type Dropped = Record<"x" | "mask", tf.Tensor> & Record<string, tf.Tensor>;

const dropped: Compute<Dropped, Record<string, never>, tf.Tensor> = defineOp({
  name: "Dropout",
  plain: ({x, mask, plus}) => (plus ? tf.add(plus, tf.mul(x, mask)) : tf.mul(x, mask)),
  variants: {webgpu: floats(webgpu.dropout)},
  gradient: {
    inputs: ["mask"],
    rule: (dy, {mask}) => ({
      x: () => dropped({x: dy, mask}, {}),
      mask: () => tf.zeros(mask.shape),
      plus: () => dy
    })
  }
});

/**
 * x ∘ m, or c + x ∘ m: dropout and stochastic depth with factors that somebody else has drawn, alone or in a residual sum.
 *
 * @param x any shape.
 * @param mask m; it broadcasts to x. It is data: its gradient is 0.
 * @param plus c, of x's shape.
 * @throws RangeError if the mask does not broadcast to x or plus has another shape.
 */
export function dropout(x: tf.Tensor, mask: tf.Tensor, plus?: tf.Tensor): tf.Tensor {
  const offset = x.rank - mask.rank;
  const fits = offset >= 0 && mask.shape.every((n, i) => n === 1 || n === x.shape[i + offset]);
  if (!fits || (plus && String(plus.shape) !== String(x.shape)))
    throw new RangeError(
      `dropout: expected a mask that broadcasts to (${x.shape.join(", ")})${plus ? " and a sum with that shape" : ""}, ` +
        `got (${mask.shape.join(", ")})${plus ? ` and (${plus.shape.join(", ")})` : ""}`
    );
  return dropped(plus ? {x, mask, plus} : {x, mask}, {});
}
