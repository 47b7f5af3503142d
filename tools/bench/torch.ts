import {spawn, spawnSync} from "node:child_process";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";

const script = fileURLToPath(new URL("torchStep.py", import.meta.url));

/** A Python with PyTorch, or none: the first `python3`, and the system's own, which Debian's python3-torch belongs to. */
export const pythonWithTorch = (): string | null =>
  ["python3", "/usr/bin/python3"].find(
    (python) => spawnSync(python, ["-c", "import torch"], {stdio: "ignore"}).status === 0
  ) ?? null;

/** A training step in a process of its own that is warm and waits. */
export interface TorchStep {
  /** Milliseconds of one step. */
  run(): Promise<number>;
  version: string;
  close(): void;
}

/** @throws Error if the process ends before its answer. */
export async function openTorch(python: string, experiment: string[]): Promise<TorchStep> {
  const child = spawn(python, [script, ...experiment], {stdio: ["pipe", "pipe", "inherit"]});
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  const answer = async () => {
    const {value, done} = await lines.next();
    if (done) throw new Error(`bench: expected an answer of torchStep.py ${experiment.join(" ")}, got its end`);
    return value;
  };
  const ready = await answer();
  return {
    version: ready.replace("ready ", ""),
    async run() {
      child.stdin.write("step\n");
      return Number(await answer());
    },
    close: () => void child.stdin.end()
  };
}
