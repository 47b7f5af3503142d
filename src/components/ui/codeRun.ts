/** What a function of an exercise takes and gives: data as JSON has it. */
export type Value = number | string | boolean | null | Value[];

/** A call and what it must give; numbers within `within`, else 1e-9 of their size. */
export interface Case {
  args: Value[];
  expected: Value;
  within?: number;
}

export interface Outcome {
  passed: boolean;
  /** What came back, or what went wrong, as a sentence shows it. */
  got: string;
}

/** What a worker that runs the reader's code says of one case. */
export type Reply = {value: unknown} | {error: string};

/** The name of the function that a source declares. @throws Error if it declares none. */
export function functionName(source: string): string {
  const name = /\bfunction\s+([\w$]+)/.exec(source)?.[1];
  if (!name) throw new Error(`functionName: expected a function with a name, got ${JSON.stringify(source)}`);
  return name;
}

/** The script of a worker that calls the function for each case it is sent. The reader's lines keep their numbers. */
export const workerScript = (source: string, name: string): string => `"use strict";${source}
onmessage = ({data}) => {
  for (const args of data) {
    try {
      postMessage({value: ${name}(...args)});
    } catch (error) {
      postMessage({error: String(error)});
    }
  }
};`;

/**
 * Runs the reader's function on the cases in a worker of its own, which is ended after `limit` ms: a loop without end
 * costs the page nothing. A case that was not reached is told from one that failed.
 */
export async function runCases(source: string, name: string, cases: Case[], limit = 3000): Promise<Outcome[]> {
  const url = URL.createObjectURL(new Blob([workerScript(source, name)], {type: "text/javascript"}));
  const worker = new Worker(url);
  const outcomes: Outcome[] = [];
  const stopped = await new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(`no answer within ${limit / 1000} s`), limit);
    const end = (why: string) => {
      clearTimeout(timer);
      resolve(why);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      end(`${event.message}${event.lineno ? `, line ${event.lineno}` : ""}`);
    };
    worker.onmessage = ({data}: MessageEvent<Reply>) => {
      outcomes.push(outcome(data, cases[outcomes.length]));
      if (outcomes.length === cases.length) end("");
    };
    worker.postMessage(cases.map(({args}) => args));
  });
  worker.terminate();
  URL.revokeObjectURL(url);
  const missing = cases.slice(outcomes.length).map((_, i) => ({passed: false, got: i ? "not run" : stopped}));
  return [...outcomes, ...missing];
}

/** Whether what the worker replied is what the case expects. */
export function outcome(reply: Reply, {expected, within}: Case): Outcome {
  if ("error" in reply) return {passed: false, got: reply.error};
  const value = plain(reply.value);
  return {passed: agrees(value, expected, within), got: shown(value)};
}

/** Typed arrays as arrays, so that either may be returned. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as unknown as number[]);
  return Array.isArray(value) ? value.map(plain) : value;
}

function agrees(value: unknown, expected: Value, within?: number): boolean {
  if (Array.isArray(expected))
    return (
      Array.isArray(value) && value.length === expected.length && expected.every((x, i) => agrees(value[i], x, within))
    );
  if (typeof expected !== "number" || typeof value !== "number") return Object.is(value, expected);
  return value === expected || Math.abs(value - expected) <= (within ?? 1e-9 * Math.max(1, Math.abs(expected)));
}

/** A value as it would be written, long ones cut short. */
export function shown(value: unknown): string {
  const text = show(value);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

function show(value: unknown): string {
  if (typeof value === "number") return String(Number.isInteger(value) ? value : Number(value.toPrecision(7)));
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  return value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value));
}
