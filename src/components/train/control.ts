export type Asked = "run" | "pause" | "stop";

/** What a run's owner wants of it; the run looks between two steps. */
export interface Control {
  readonly asked: Asked;
  pause(): void;
  resume(): void;
  /** Final: a stopped run neither pauses nor resumes. */
  stop(): void;
  /** Settles as soon as `asked` is one of the given. */
  until(...states: Asked[]): Promise<Asked>;
}

/** A run's control, at first asking it to run. What is asked for after a stop changes nothing. */
export function control(): Control {
  let asked: Asked = "run";
  let waiting: (() => void)[] = [];
  const ask = (next: Asked) => {
    if (asked === "stop") return;
    asked = next;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  return {
    get asked() {
      return asked;
    },
    pause: () => ask("pause"),
    resume: () => ask("run"),
    stop: () => ask("stop"),
    async until(...states) {
      while (!states.includes(asked)) await new Promise<void>((resolve) => waiting.push(resolve));
      return asked;
    }
  };
}
