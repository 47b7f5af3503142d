import {Worker} from "node:worker_threads";
import type {Answers, Question} from "./question.js";

/** Asks the thread that knows types. It begins with the first question, and ends when nothing was asked for long. */
export interface Types {
  ask<K extends Question["ask"]>(question: Question & {ask: K}): Promise<Answers[K]>;
  end(): Promise<void>;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** @param idle milliseconds without a question after which the thread, and the memory it takes, are given up. */
export function types(root: string, {idle = 600_000} = {}): Types {
  let thread: Worker | null = null;
  let last: ReturnType<typeof setTimeout> | undefined;
  let next = 0;
  const waiting = new Map<number, Waiting>();

  function begin(): Worker {
    const begun = new Worker(new URL("./start.js", import.meta.url), {workerData: {root}});
    begun.unref();
    begun.on("message", ({id, answer, error}: {id: number; answer: unknown; error?: string}) => {
      const {resolve, reject} = waiting.get(id)!;
      waiting.delete(id);
      if (error === undefined) resolve(answer);
      else reject(new Error(error));
    });
    begun.on("error", (error: Error) => fail(begun, error));
    begun.on("exit", () => fail(begun, new Error("the type checker was ended")));
    return begun;
  }

  function fail(ended: Worker, error: Error): void {
    if (thread !== ended) return;
    thread = null;
    for (const {reject} of waiting.values()) reject(error);
    waiting.clear();
  }

  async function end(): Promise<void> {
    clearTimeout(last);
    await thread?.terminate();
  }

  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        clearTimeout(last);
        last = setTimeout(() => void end(), idle);
        last.unref();
        thread ??= begin();
        const id = ++next;
        waiting.set(id, {resolve: resolve as Waiting["resolve"], reject});
        thread.postMessage({id, question});
      }),
    end
  };
}
