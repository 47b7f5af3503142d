import * as tf from "@tensorflow/tfjs";
import {readFileSync, existsSync} from "node:fs";
import {expect, test} from "vitest";
import {fastestDialect} from "../../../headless/native/dialect.js";

const info = existsSync("/proc/cpuinfo") ? readFileSync("/proc/cpuinfo", "utf8") : "";

test.skipIf(!info)("blocks of 16 channels are used where there is AVX-512, and only there", async () => {
  await tf.setBackend("cpu");
  expect(await fastestDialect()).toBe(/\bavx512f\b/.test(info) ? "runtime" : "standard");
});
