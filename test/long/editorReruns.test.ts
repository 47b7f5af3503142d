import {expect, test} from "vitest";
import {reruns} from "../browser/reruns.js";

test("after 200 re-runs of a training cell one panel, one loop and one worker are left, and no tensor", async () => {
  expect(await reruns(200)).toEqual({
    ...{panels: 1, loops: 1, made: 201, workers: 1, status: "idle", errors: []},
    ...{numTensors: 0, numBytes: 0}
  });
}, 1_200_000);
