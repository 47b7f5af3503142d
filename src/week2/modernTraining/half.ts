import * as tf from "@tensorflow/tfjs";

const wide = 8193; // 2¹³ + 1: float32 has 13 bits of mantissa more than float16
const leastNormal = 2 ** -14;
const infinite = 65520; // from here on the nearest number of float16 would be 65536, which it does not have

/**
 * The number of float16 nearest to each element, kept in float32. No arithmetic is done in float16: this emulates what
 * storing a tensor in half precision does to it.
 *
 *   normal range:     c − (c − x), c = (2¹³ + 1) x, leaves 11 significant bits. Dekker 1971, after Veltkamp.
 *   below 2⁻¹⁴:       (x + ¾) − ¾ leaves a multiple of 2⁻²⁴, the spacing of float32 between ½ and 1
 *   65520 and above:  infinite
 *
 * Nearest always; where two are equally near, either may be taken, while float16 in hardware takes the even one.
 */
function nearest(x: tf.Tensor): tf.Tensor {
  const size = tf.abs(x);
  const c = tf.mul(x, wide);
  const normal = tf.sub(c, tf.sub(c, x));
  const subnormal = tf.sub(tf.add(x, 0.75), 0.75);
  const finite = tf.where(tf.less(size, leastNormal), subnormal, normal);
  return tf.where(tf.greaterEqual(size, infinite), tf.mul(x, Infinity), finite);
}

/** A tensor as float16 would store it, and on the way back its gradient as float16 would store that. */
export const half = <T extends tf.Tensor>(x: T): T =>
  tf.customGrad((y) => ({value: nearest(y as tf.Tensor), gradFunc: (dy: tf.Tensor) => nearest(dy)}))(x) as T;
