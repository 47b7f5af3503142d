import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {fit} from "../../src/components/train/fit.js";
import {notebook, plan, tiny, tinyData} from "../train/tiny.js";

test("over 6,000 steps the tensors and their bytes stay the same, every loss is in the curve, and none is left", async () => {
  const notes = notebook();
  expect(await fit(tiny, tinyData(), {...plan, epochs: 1000}, notes)).toMatchObject({type: "done"});
  expect(notes.points.map(({step}) => step)).toEqual(Array.from({length: 6000}, (_, i) => i + 1));
  expect(new Set(notes.of("progress").map(({tensors, bytes}) => `${tensors} ${bytes}`)).size).toBe(1);
  expect(tf.memory()).toMatchObject({numTensors: 0, numBytes: 0, numDataBuffers: 0});
});
