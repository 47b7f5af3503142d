/** A mistake, and where it stands: lines and columns count from 1. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  message: string;
}

export const format = ({file, line, column, message}: Problem): string => `${file}:${line}:${column} ${message}`;

/** In reading order, each once. */
export function tidy(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems
    .filter((problem) => !seen.has(format(problem)) && seen.add(format(problem)))
    .sort((a, b) => (a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1));
}
