import type {ArchitectureConfig} from "./config.js";

/** Images in a timed batch. */
export const timedBatch = 32;

/** A training step of our own trace under onnxruntime with one thread: the least of eleven, the networks in turns. */
export const stepTimes: (Pick<ArchitectureConfig, "network" | "width"> & {milliseconds: number})[] = [
  {network: "resnet", width: 16, milliseconds: 407},
  {network: "convnext", width: 48, milliseconds: 443},
  {network: "efficientnet", width: 16, milliseconds: 1629}
];
