import * as tf from "@tensorflow/tfjs";
import {rng} from "../components/math/random.js";
import {stages} from "../components/models/stages.js";

type Norm = {gamma: tf.Variable; beta: tf.Variable; mean: tf.Variable; variance: tf.Variable};
type Unit = {filter: tf.Variable; norm: Norm; stride: number};
type Block = {one: Unit; two: Unit; around: Unit | null};

/**
 * Steps of a ResNet-18 as tfjs alone makes them: its ops, its gradients, its optimizer with momentum, on variables.
 *
 * @returns one step, which gives the loss; and what frees the variables.
 */
export function stockResnet(width: number, images: tf.Tensor4D, labels: tf.Tensor2D) {
  const stream = rng(1);
  const made: tf.Variable[] = [];
  const variable = (tensor: tf.Tensor, trainable = true) => {
    made.push(tf.variable(tensor, trainable));
    return made.at(-1)!;
  };
  const drawn = (shape: number[], deviation: number) =>
    variable(tf.tensor(stream.normal(shape.reduce((a, b) => a * b, 1), 0, deviation), shape)); // prettier-ignore
  const unit = (inputs: number, outputs: number, taps = 3, stride = 1): Unit => ({
    filter: drawn([taps, taps, inputs, outputs], Math.sqrt(2 / (taps * taps * outputs))),
    norm: {
      gamma: variable(tf.ones([outputs])),
      beta: variable(tf.zeros([outputs])),
      mean: variable(tf.zeros([outputs]), false),
      variance: variable(tf.ones([outputs]), false)
    },
    stride
  });
  const stem = unit(3, width);
  const blocks: Block[] = stages(18, width).flatMap(({blocks, inputs, channels, stride}) =>
    Array.from({length: blocks}, (_, i) => {
      const [from, by] = i ? [channels, 1] : [inputs, stride];
      const around = by > 1 || from !== channels ? unit(from, channels, 1, by) : null;
      return {one: unit(from, channels, 3, by), two: unit(channels, channels), around};
    })
  );
  const weight = drawn([8 * width, labels.shape[1]], 0.01);
  const bias = variable(tf.zeros([labels.shape[1]]));

  const apply = ({filter, norm, stride}: Unit, x: tf.Tensor): tf.Tensor => {
    const y = tf.conv2d(x as tf.Tensor4D, filter as never, stride, "same");
    const {mean, variance} = tf.moments(y, [0, 1, 2]);
    const towards = (old: tf.Variable, fresh: tf.Tensor) =>
      old.assign(tf.add(tf.mul(old, 0.9), tf.mul(fresh, 0.1)) as never);
    towards(norm.mean, mean);
    towards(norm.variance, variance);
    return tf.batchNorm(y, mean as never, variance as never, norm.beta as never, norm.gamma as never, 1e-5);
  };
  const loss = (): tf.Scalar => {
    let h = tf.relu(apply(stem, images));
    for (const {one, two, around} of blocks) {
      const inner = apply(two, tf.relu(apply(one, h)));
      h = tf.relu(tf.add(inner, around ? apply(around, h) : h));
    }
    const logits = tf.add(tf.matMul(tf.mean(h, [1, 2]), weight as never), bias);
    return tf.losses.softmaxCrossEntropy(labels, logits as never);
  };
  const optimizer = tf.train.momentum(0.01, 0.9);
  return {
    step: (): tf.Scalar => tf.tidy(() => optimizer.minimize(loss, true)!),
    free() {
      optimizer.dispose();
      made.forEach((one) => one.dispose());
    }
  };
}
