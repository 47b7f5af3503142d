import {expect, test} from "vitest";
import {reruns} from "./reruns.js";

test("after 50 re-runs of a training cell one panel, one loop and one worker are left, and no tensor", async () => {
  expect(await reruns(50)).toEqual({
    ...{panels: 1, loops: 1, made: 51, workers: 1, status: "idle", errors: []},
    ...{numTensors: 0, numBytes: 0}
  });
}, 600_000);
