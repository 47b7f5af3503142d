import type {Scenes} from "../../components/data/scenes.js";
import {sigmoid} from "../../components/math/activations.js";
import type {Point} from "../../components/plots/series.js";
import type {Block} from "../../components/train/task.js";

/** Images, their masks and what a network says of them, one after another: to be shown in a grid. */
export function maskImages(records: Scenes, logits: Block | null) {
  const {count, height, width, images, masks} = records;
  const pixels = height * width;
  const each = logits ? 3 : 2;
  const data = new Uint8Array(count * each * pixels * 3);
  for (let k = 0; k < count; ++k) {
    data.set(images.subarray(k * pixels * 3, (k + 1) * pixels * 3), k * each * pixels * 3);
    for (let j = 0; j < pixels; ++j) {
      const at = (which: number) => 3 * ((k * each + which) * pixels + j);
      data.fill(255 * masks[k * pixels + j], at(1), at(1) + 3);
      if (logits) data.fill(Math.round(255 * sigmoid(logits.data[k * pixels + j])), at(2), at(2) + 3);
    }
  }
  return {data, height, width, channels: 3 as const};
}

/** How often pixels are foreground that a network gives a probability near p: on the diagonal it is as sure as it should be. */
export function pixelCalibration(
  logits: Block,
  masks: Uint8Array,
  bins = 10
): {curve: Point[]; error: number; sure: number} {
  const sums = Array.from({length: bins}, () => ({count: 0, said: 0, true_: 0}));
  let sure = 0;
  for (let j = 0; j < masks.length; ++j) {
    const p = sigmoid(logits.data[j]);
    const bin = sums[Math.min(bins - 1, Math.floor(p * bins))];
    ++bin.count;
    bin.said += p;
    bin.true_ += masks[j];
    if (p < 0.01 || p > 0.99) ++sure;
  }
  return {
    curve: sums.filter(({count}) => count > 0).map(({count, said, true_}): Point => [said / count, true_ / count]),
    error: sums.reduce((sum, {said, true_}) => sum + Math.abs(said - true_), 0) / masks.length,
    sure: sure / masks.length
  };
}

/** Mean intersection over union of the images of every class, at p > ½. */
export function iouOfClasses(logits: Block, {masks, labels, classes, count, height, width}: Scenes) {
  const pixels = height * width;
  const sums = classes.map(() => ({sum: 0, count: 0}));
  for (let k = 0; k < count; ++k) {
    let [both, either] = [0, 0];
    for (let j = k * pixels; j < (k + 1) * pixels; ++j) {
      const said = logits.data[j] > 0;
      if (said && masks[j]) ++both;
      if (said || masks[j]) ++either;
    }
    sums[labels[k]].sum += either ? both / either : 1;
    ++sums[labels[k]].count;
  }
  return classes.map((label, k) => ({label, value: sums[k].sum / Math.max(1, sums[k].count)}));
}
