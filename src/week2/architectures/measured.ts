import type {ArchitectureConfig} from "./config.js";

/** A training step at batch 128, the median of some steps, of `npm run train -- cnn-architectures --steps 12`. */
export const stepTimes: (Pick<ArchitectureConfig, "network" | "width"> & {milliseconds: number})[] = [];
