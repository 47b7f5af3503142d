import * as tf from "@tensorflow/tfjs";
import {fits, rehearsed, settled} from "./backend.js";
import {coming} from "./shader.js";

/**
 * Compiles all shaders that a function will need, beside each other and without a stop for anything else: the function is
 * gone through, and nothing of it is computed. Its tensors have no numbers; it must read none.
 *
 * @param tell told how many are ready and how many there are, first of all and then with each that is.
 * @returns how many there were; 0 on other backends, where f does not run.
 * @throws Error if a shader cannot be compiled.
 */
export async function compileAhead(f: () => void, tell: (ready: number, count: number) => void): Promise<number> {
  if (tf.getBackend() !== "webgpu" || !fits()) return 0;
  const pipelines = [...rehearsed(f), ...coming()];
  if (pipelines.length === 0) return 0;
  let ready = 0;
  tell(ready, pipelines.length);
  await Promise.all(pipelines.map((pipeline) => pipeline.then(() => tell(++ready, pipelines.length))));
  await settled();
  return pipelines.length;
}
