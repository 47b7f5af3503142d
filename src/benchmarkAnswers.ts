import {choice, number} from "./components/ui/ask.js";
import type {Verify} from "./components/ui/verify.js";

const gpu = {flops: 2e12, bytes: 1e11}; // of the exercises

/** The exercises of the benchmark's page by their ids. */
export const answers: Record<string, Verify> = {
  "ex-ridge": number("FLOP/byte", gpu.flops / gpu.bytes),
  "ex-stem": number("FLOP/byte", (18 * 3 * 64) / (4 * (3 + 64)), 0.1),
  "ex-fusion": number("milliseconds", ((8 * 32 * 32 * 32 * 64) / gpu.bytes) * 1000, 0.002),
  "ex-turns": choice(
    "The ratio of the two medians is",
    0,
    "too large",
    "too small",
    "right, because medians ignore outliers"
  )
};
