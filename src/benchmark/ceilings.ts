import * as tf from "@tensorflow/tfjs";
import {rng} from "../components/math/random.js";
import {matMul} from "../components/ops/matMul.js";
import type {Command} from "../components/ops/webgpu/command.js";
import type {Ceilings} from "./arithmetic.js";
import type {Clock} from "./gpuClock.js";
import {opsOfStep} from "./opsOfStep.js";

/** How the ceilings were found. */
export interface Found extends Ceilings {
  /** Rows of the square matrices whose product was fastest. */
  rows: number;
  /** Bytes of the buffer that was copied. */
  copied: number;
}

const patience = 0.15; // seconds; a larger product than one that takes longer is not tried

/**
 * The two ceilings of an adapter: the most operations a second that our product of two n × n matrices reaches for n = 64 …
 * 2048, 2n³ of them, and the bytes a second of a shader that copies one large buffer into another, each byte counted when
 * it is read and when it is written.
 *
 * @param copied bytes of that buffer, more than a cache holds.
 */
export async function ceilingsOf(device: GPUDevice, clock: Clock, copied: number): Promise<Found> {
  let best = {flops: 0, rows: 0};
  for (let rows = 64; rows <= 2048; rows *= 2) {
    const seconds = await secondsOfProduct(rows, clock);
    const flops = (2 * rows ** 3) / seconds;
    if (flops > best.flops) best = {flops, rows};
    if (seconds > patience) break;
  }
  return {...best, ...(await copy(device, clock, copied))};
}

async function secondsOfProduct(rows: number, clock: Clock): Promise<number> {
  const numbers = rng(1).normal(rows * rows);
  const [a, b] = [tf.tensor2d(numbers, [rows, rows]), tf.tensor2d(numbers, [rows, rows])];
  const multiply = () => void tf.tidy(() => void matMul(a, b));
  multiply(); // compiles
  const {ops, release} = opsOfStep(multiply);
  const seconds = await clock.seconds(ops.flatMap(({commands}) => commands));
  release();
  tf.dispose([a, b]);
  return seconds;
}

async function copy(device: GPUDevice, clock: Clock, wanted: number): Promise<{bytes: number; copied: number}> {
  const size = 64;
  const {maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension} = device.limits;
  const limit = Math.min(wanted, maxStorageBufferBindingSize, 16 * size * maxComputeWorkgroupsPerDimension);
  const copied = limit - (limit % (16 * size));
  const code = `@group(0) @binding(0) var<storage, read_write> y: array<vec4f>;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@compute @workgroup_size(${size}) fn main(@builtin(global_invocation_id) at: vec3u) { y[at.x] = x[at.x]; }`;
  const pipeline = await device.createComputePipelineAsync({
    layout: "auto",
    compute: {module: device.createShaderModule({code})}
  });
  const buffers = [0, 1].map(() => device.createBuffer({size: copied, usage: GPUBufferUsage.STORAGE}));
  const entries = buffers.map((buffer, binding) => ({binding, resource: {buffer}}));
  const bindings = device.createBindGroup({layout: pipeline.getBindGroupLayout(0), entries});
  const command: Command = {pipeline, bindings, groups: [copied / (16 * size), 1, 1]};
  const seconds = await clock.seconds([command]);
  buffers.forEach((buffer) => buffer.destroy());
  return {bytes: (2 * copied) / seconds, copied};
}
