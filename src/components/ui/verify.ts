import type {Case} from "./codeRun.js";

/** How an exercise looks at an answer. */
export type Verify =
  | {kind: "number"; ask: string; expected: number; within?: number}
  | {kind: "choice"; ask: string; options: string[]; correct: number}
  | {kind: "text"; ask: string; accepts: (text: string) => boolean}
  /** A function that the reader writes in JavaScript, from `start` on; it is run on the cases. */
  | {kind: "code"; ask: string; start: string; cases: Case[]};

/** The kinds that are judged at once, without running anything. */
export type Answer = Exclude<Verify, {kind: "code"}>;

export interface Verdict {
  passed: boolean;
  message: string;
}

/**
 * Judges what the reader entered: a number within `within` (1e-3 of its size unless told), the chosen option's index,
 * or a text by the exercise's own predicate. A number may be written as people write it: 1,000.5 or 2e-3 or 3/4.
 */
export function judge(verify: Answer, entered: string): Verdict {
  switch (verify.kind) {
    case "number":
      return judgeNumber(entered, verify.expected, verify.within);
    case "choice":
      if (entered === "") return {passed: false, message: "Choose one first."};
      return verdict(Number(entered) === verify.correct);
    case "text":
      if (entered.trim() === "") return {passed: false, message: "Write an answer first."};
      return verdict(verify.accepts(entered.trim()));
  }
}

/** The number a reader wrote, or NaN. */
export function readNumber(text: string): number {
  const plain = text
    .trim()
    .replaceAll("−", "-")
    .replace(/(\d),(?=\d{3}\b)/g, "$1");
  const [above, below, ...more] = plain.split("/");
  if (plain === "" || more.length || above.trim() === "" || below?.trim() === "") return NaN;
  return below === undefined ? Number(above) : Number(above) / Number(below);
}

function judgeNumber(entered: string, expected: number, within = 1e-3 * Math.abs(expected)): Verdict {
  const value = readNumber(entered);
  if (Number.isNaN(value)) return {passed: false, message: `Enter a number: ${JSON.stringify(entered)} is none.`};
  const difference = Math.abs(value - expected);
  if (difference <= within) return verdict(true);
  const near = difference <= 0.1 * Math.abs(expected);
  return {passed: false, message: near ? "Close, but not within the tolerance." : "Not yet."};
}

function verdict(passed: boolean): Verdict {
  return {passed, message: passed ? "Correct." : "Not yet."};
}
