/** Lines [from, to) of a file, counted from 0. */
export interface Span {
  from: number;
  to: number;
}

/**
 * Where a top-level declaration stands in a formatted TypeScript file, its docstring included. A declaration begins in
 * the first column and goes on as long as lines are blank, indented or begin with a closing bracket.
 * @throws Error if the file declares no such name.
 */
export function declarationSpan(text: string, symbol: string): Span {
  const lines = text.split("\n");
  const name = symbol.replace(/[$]/g, "\\$&");
  const head = new RegExp(
    `^(?:export )?(?:default )?(?:async )?(?:function\\*?|const|let|class|interface|type) ${name}\\b`
  );
  const start = lines.findIndex((line) => head.test(line));
  if (start < 0) throw new Error(`declarationSpan: expected a declaration of ${symbol}, got none`);
  let to = start + 1;
  for (let i = to; i < lines.length && /^(?:\s|$|[)}\]>])/.test(lines[i]); ++i) if (lines[i].trim()) to = i + 1;
  return {from: docstringStart(lines, start), to};
}

/** The same lines of the highlighted file: a colour that spans lines is closed at each end and opened again. */
export function highlightedLines(html: string, {from, to}: Span): string {
  const open: string[] = [];
  return html
    .split("\n")
    .slice(0, to)
    .map((line) => {
      const before = open.join("");
      for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
        if (tag === "</span>") open.pop();
        else open.push(tag);
      }
      return before + line + "</span>".repeat(open.length);
    })
    .slice(from)
    .join("\n");
}

function docstringStart(lines: string[], start: number): number {
  let from = start;
  if (lines[from - 1]?.endsWith("*/")) {
    do --from;
    while (from > 0 && !lines[from].startsWith("/*"));
  }
  while (from > 0 && lines[from - 1].startsWith("//")) --from;
  return from;
}
