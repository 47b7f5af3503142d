import {expect, test} from "vitest";
import {stepsOf} from "../browser/opsSteps.js";

test("over 1,000 steps of a small network on WebGPU buffers, tensors and memory stay as many as they were", async () => {
  const size = {model: "resnet", width: 4, side: 8, batch: 4} as const;
  const {seen, losses, batchBytes} = await stepsOf({size, steps: 1000});
  const between = seen.filter((_, step) => step % 100 === 50).slice(1); // every 100 steps the state is copied once
  expect(between).toHaveLength(9);
  for (const part of ["tensors", "bytes", "alive"] as const)
    expect(
      between.map((at) => at[part] - between[0][part]),
      part
    ).toEqual(between.map(() => 0));
  for (const {load} of seen.slice(4)) expect(load.uploaded).toBeLessThanOrEqual(batchBytes + 1000);
  expect(losses).toHaveLength(1000);
  expect(losses.at(-1)!).toBeLessThan(0.5 * losses[0]);
});
