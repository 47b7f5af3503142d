/** What an editor asks of the types: of an open cell or component, with the text as it is typed. */
export interface Question {
  ask: "diagnose" | "complete" | "describe" | "hover";
  /** Path below the source root. */
  file: string;
  /** The cell's block, as it was read; null for a component. */
  id: string | null;
  text: string;
  /** An offset in the text, for all but `diagnose`. */
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
  complete: Completions | null;
  describe: Explanation | null;
  hover: Explanation | null;
}
