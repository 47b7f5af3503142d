import * as tf from "@tensorflow/tfjs";
import {afterEach, expect, test} from "vitest";
import {begin} from "../../src/components/train/begin.js";
import {measure} from "../../src/components/train/measure.js";
import {predict} from "../../src/components/train/predict.js";
import {tiny, tinyRecords, tinyWith, type TinyState} from "./tiny.js";

const records = tinyRecords(11);
const go = async () => true;
let state: TinyState;
afterEach(() => {
  tf.dispose(state);
  expect(tf.memory().numTensors).toBe(0);
});

/** Mean loss and accuracy as loops over records, in float64. */
function byHand({params}: TinyState) {
  const [weight, bias] = [params.fc.weight.dataSync(), params.fc.bias.dataSync()];
  let [loss, correct] = [0, 0];
  for (let n = 0; n < records.count; ++n) {
    const z = [0, 1, 2].map((k) => {
      let sum = bias[k];
      for (let i = 0; i < 4; ++i) sum += (records.images[4 * n + i] / 255) * weight[3 * i + k];
      return sum;
    });
    loss += Math.log(z.reduce((sum, v) => sum + Math.exp(v), 0)) - z[records.labels[n]];
    correct += z.indexOf(Math.max(...z)) === records.labels[n] ? 1 : 0;
  }
  return {loss: loss / records.count, accuracy: correct / records.count};
}

test.each([1, 3, 4, 11, 16])("every record counts once whatever the batch: %i", async (batch) => {
  state = begin(tiny, 3);
  const {loss, accuracy} = (await measure(tiny, state, records, {batch, proceed: go}))!;
  const expected = byHand(state);
  expect(loss).toBeCloseTo(expected.loss, 6);
  expect(accuracy).toBeCloseTo(expected.accuracy, 12);
});

test("all batches of an evaluation have the same size, the last one padded", async () => {
  state = begin(tiny, 3);
  const shapes: string[] = [];
  const spy = tinyWith({evaluate: (s, batch) => (shapes.push(String(batch.x.shape)), tiny.evaluate(s, batch))});
  await measure(spy, state, records, {batch: 4, proceed: go});
  expect(shapes).toEqual(["4,4", "4,4", "4,4"]);
});

test("an evaluation that may not proceed is given up without a result", async () => {
  state = begin(tiny, 3);
  expect(await measure(tiny, state, records, {batch: 4, proceed: async () => false})).toBeNull();
});

test("predictions come in the order of the rows, without the padding", async () => {
  state = begin(tiny, 3);
  const all = await predict(tiny, state, records, {rows: Uint32Array.from({length: 11}, (_, i) => i), batch: 11});
  const some = await predict(tiny, state, records, {rows: Uint32Array.of(9, 2, 5, 0, 7), batch: 2});
  expect(some.shape).toEqual([5, 3]);
  [9, 2, 5, 0, 7].forEach((row, i) => {
    for (let k = 0; k < 3; ++k) expect(some.data[3 * i + k]).toBeCloseTo(all.data[3 * row + k], 6);
  });
});
