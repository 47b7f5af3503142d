import {normalise} from "../../src/components/data/augment.js";
import type {Records} from "../../src/components/data/records.js";
import {rng} from "../../src/components/math/random.js";

/**
 * Test accuracy of a linear classifier on pixels: softmax regression, p = softmax(x W + b), by stochastic gradient
 * descent with batches of 32 and a learning rate that falls linearly to zero.
 */
export function softmaxRegression(train: Records, test: Records, {epochs = 5, rate = 0.002} = {}): number {
  const classes = train.classes.length;
  const inputs = train.height * train.width * train.channels;
  const [x, held] = [train, test].map(({images}) => normalise(images, [0.5, 0.5, 0.5], [0.25, 0.25, 0.25]));
  const weight = new Float64Array((inputs + 1) * classes); // the last row is the bias
  const logits = new Float64Array(classes);
  const score = (images: Float32Array, n: number) => {
    logits.set(weight.subarray(inputs * classes));
    for (let i = 0; i < inputs; ++i)
      for (let k = 0; k < classes; ++k) logits[k] += images[n * inputs + i] * weight[i * classes + k];
  };
  const steps = epochs * Math.floor(train.count / 32);
  const errors = new Float64Array(32 * classes);
  let order = new Uint32Array();
  for (let step = 0; step < steps; ++step) {
    const first = (step * 32) % (train.count - (train.count % 32));
    if (first === 0) order = Uint32Array.from(rng(step).permutation(train.count));
    for (let b = 0; b < 32; ++b) {
      score(x, order[first + b]);
      const top = Math.max(...logits);
      const sum = logits.reduce((total, z) => total + Math.exp(z - top), 0);
      for (let k = 0; k < classes; ++k)
        errors[b * classes + k] = Math.exp(logits[k] - top) / sum - Number(train.labels[order[first + b]] === k);
    }
    const pace = (rate * (1 - step / steps)) / 32;
    for (let b = 0; b < 32; ++b)
      for (let i = 0; i <= inputs; ++i) {
        const value = i < inputs ? x[order[first + b] * inputs + i] : 1;
        for (let k = 0; k < classes; ++k) weight[i * classes + k] -= pace * value * errors[b * classes + k];
      }
  }
  let correct = 0;
  for (let n = 0; n < test.count; ++n) {
    score(held, n);
    correct += Number(logits.indexOf(Math.max(...logits)) === test.labels[n]);
  }
  return correct / test.count;
}
