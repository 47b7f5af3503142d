import * as tf from "@tensorflow/tfjs";

/**
 * Pairs for a contrastive loss from a batch that stands class after class, `each` rows of every one: every row once with the
 * next one of its class, and once with the row at its place in the next class.
 *
 * @param z (B, D), B = classes · each, at least two of both.
 * @returns first and second (2B, D), alike (2B): 1 for the first B pairs, 0 for the others.
 * @throws RangeError for fewer than two classes or rows of a class, or a B that `each` does not divide.
 */
export function pairsOf(z: tf.Tensor, each: number): {first: tf.Tensor; second: tf.Tensor; alike: tf.Tensor} {
  const [B, D] = z.shape;
  const classes = B / each;
  if (!(Number.isInteger(classes) && classes >= 2 && each >= 2))
    throw new RangeError(`pairsOf: expected at least 2 classes of at least 2 rows, got ${B} rows with ${each} each`);
  const grid = tf.reshape(z, [classes, each, D]);
  const part = (from: number[], size: number[]) => tf.slice(grid, from, size);
  const within = tf.concat([part([0, 1, 0], [classes, each - 1, D]), part([0, 0, 0], [classes, 1, D])], 1);
  const across = tf.concat([part([1, 0, 0], [classes - 1, each, D]), part([0, 0, 0], [1, each, D])], 0);
  const flat = (x: tf.Tensor) => tf.reshape(x, [B, D]);
  return {
    first: tf.concat([z, z]),
    second: tf.concat([flat(within), flat(across)]),
    alike: tf.concat([tf.ones([B]), tf.zeros([B])])
  };
}
