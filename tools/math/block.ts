import type {RuleBlock} from "markdown-it/lib/parser_block.mjs";

const lastLine = /^(.*?)\$\$\s*(?:\{#eq:([\w-]+)(?: (definition|step))?\})?\s*$/;

/**
 * Markdown-it rule for `$$ … $$` on lines of their own, with an optional `{#eq:label}` after the closing mark: a result,
 * or by a second word a `definition` or a `step`, which nothing has to check.
 */
export const mathBlock: RuleBlock = (state, startLine, endLine, silent) => {
  const lineAt = (line: number) => state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
  const first = lineAt(startLine);
  if (!first.startsWith("$$") || state.sCount[startLine] - state.blkIndent >= 4) return false;
  const lines: string[] = [];
  let text = first.slice(2);
  let line = startLine;
  while (!lastLine.test(text)) {
    if (text.includes("$$") || ++line >= endLine || state.sCount[line] < state.blkIndent) return false;
    lines.push(text);
    text = lineAt(line);
  }
  const closed = lastLine.exec(text)!;
  const content = [...lines, closed[1]].join("\n");
  if (!content.trim()) return false;
  if (silent) return true;
  const token = state.push("math_block", "math", 0);
  token.block = true;
  token.content = content;
  token.map = [startLine, line + 1];
  token.markup = "$$";
  token.meta = {label: closed[2] ?? null, kind: closed[3] ?? "result"};
  state.line = line + 1;
  return true;
};
