import type {CriticRun, Estimate} from "./critic.js";
import type {Question} from "./critic.worker.js";

/**
 * Trains a critic in a worker of its own, in float64: the networks are so small that a graph of GPU or wasm kernels would
 * spend its time on calls. `show` gets the estimates so far.
 *
 * @returns what ends it.
 */
export function followTraining(run: CriticRun, show: (estimates: Estimate[], ended: boolean) => void): () => void {
  const seen: Estimate[] = [];
  return ask({kind: "train", run}, (answer: Estimate | null) => {
    if (answer) seen.push(answer);
    show(seen, !answer);
  });
}

/** The estimates of the best critic for each run, in order. */
export const bestEstimates = (runs: CriticRun[]): Promise<number[]> =>
  new Promise((resolve) => {
    const found: number[] = [];
    ask({kind: "best", runs}, (answer: {estimate: number} | null) => {
      if (answer) found.push(answer.estimate);
      else resolve(found);
    });
  });

function ask<T>(question: Question, hear: (answer: T | null) => void): () => void {
  const worker = new Worker(import.meta.resolve("./critic.worker.js"), {type: "module"});
  worker.onmessage = ({data}: MessageEvent<T | null>) => {
    hear(data);
    if (data === null) worker.terminate();
  };
  worker.postMessage(question);
  return () => worker.terminate();
}
