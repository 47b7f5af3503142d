/** What an editor asks of the types: of an open cell or component, with the text as it is typed. */
export interface Question {
  ask: "diagnose" | "elsewhere" | "complete" | "describe" | "hover";
  /** Path below the source root. */
  file: string;
  /** The cell's block, as it was read; null for a component. */
  id: string | null;
  text: string;
  /** An offset in the text, where the question has one. */
  at: number;
  /** A completion's label, for `describe`. */
  label: string;
}

/** Something wrong with the text, from one offset to another. */
export interface Diagnosis {
  from: number;
  to: number;
  severity: "error" | "warning";
  message: string;
}

/** Something that the text makes wrong in another cell of the page, or in a value of its text (`cell` is null). */
export interface Elsewhere {
  /** The cell's place among the page's TypeScript and JavaScript cells, from 1. */
  cell: number | null;
  /** The line of the file. */
  line: number;
  message: string;
}

export interface Completions {
  /** Where the word begins that is completed. */
  from: number;
  /** Whether these are all; else the next letter may bring others. */
  complete: boolean;
  options: {label: string; kind: string}[];
}

/** What is known of a name: its type and its docstring. */
export interface Explanation {
  from: number;
  to: number;
  type: string;
  text: string;
}

export interface Answers {
  diagnose: Diagnosis[];
  elsewhere: Elsewhere[];
  complete: Completions | null;
  describe: Explanation | null;
  hover: Explanation | null;
}
