import hljs from "highlight.js";

/**
 * A TypeScript source as highlighted HTML, line by line: no element crosses a line break, so that a part of the
 * listing can be cut out by its lines.
 */
export function highlight(source: string): string {
  const html = hljs.highlight(source, {language: "typescript"}).value;
  const open: string[] = [];
  return html.replace(/<span[^>]*>|<\/span>|\n/g, (part) => {
    if (part === "\n") return `${"</span>".repeat(open.length)}\n${open.join("")}`;
    if (part === "</span>") open.pop();
    else open.push(part);
    return part;
  });
}
