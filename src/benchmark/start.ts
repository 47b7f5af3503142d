import {connect, type Port} from "../components/train/rpc.js";
import type {BenchmarkEvent, BenchmarkRequest, BenchmarkResult} from "./benchmark.worker.js";

/** A benchmark that runs in a worker of its own, which ends with it: it counts all that its thread asks of the GPU. */
export interface Running {
  /** @throws Error as a sentence: no WebGPU, stopped, or what went wrong. */
  done: Promise<BenchmarkResult>;
  stop(): void;
}

/** Starts a benchmark. */
export function startBenchmark(request: BenchmarkRequest, on: (event: BenchmarkEvent) => void): Running {
  const worker = new Worker(import.meta.resolve("./benchmark.worker.js"), {type: "module"});
  const {request: ask, close} = connect(worker as unknown as Port);
  const end = (reason: string) => {
    worker.terminate();
    close(reason);
  };
  worker.onerror = ({message}) => end(message || "the worker could not be started");
  const {answer} = ask<BenchmarkResult, BenchmarkEvent>("run", [request], on);
  return {done: answer.finally(() => worker.terminate()), stop: () => end("stopped")};
}
