import {availableParallelism, arch, cpus, platform, totalmem} from "node:os";
import type {Machine} from "../../src/components/data/runRecord.js";

/** What a run was computed on. @param backend the engine's name, with its version and threads. */
export const machine = (backend: string): Machine => ({
  cpu: cpus()[0]?.model.trim() || "unknown",
  cores: availableParallelism(),
  memory: totalmem(),
  node: process.version,
  backend,
  platform: `${platform()} ${arch()}`
});
