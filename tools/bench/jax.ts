import {defaultDevice, init, numpy as np, type Array as JaxArray} from "@jax-js/jax";
import type {Block} from "../../src/components/train/task.js";

/** Starts jax-js on a device of its own. @throws Error where it finds no WebGPU. */
export async function startJax(): Promise<void> {
  const found = await init("webgpu");
  if (!found.includes("webgpu")) throw new Error(`jax-js found ${found.join(", ") || "no device"}, not webgpu`);
  defaultDevice("webgpu");
}

/** A batch of images (B, H, W, C) as (B, C, H, W). */
export const nchw = ({data, shape}: Block): JaxArray =>
  np
    .array(data as Float32Array<ArrayBuffer>)
    .reshape(shape)
    .transpose([0, 3, 1, 2]);
