import {expect, test} from "vitest";
import type {Page} from "../../../tools/edit/blocks.js";
import {applied, asking, asks, type Change, duplicate, insert, move, remove} from "../../../tools/edit/change.js";
import {outcome} from "../../../tools/edit/outcome.js";
import {replace} from "../../../tools/edit/replace.js";
import {md, parse} from "./workshop.js";

/** The file after an edit of its block number `i`. */
function after(text: string, i: number, edit: (page: Page, i: number) => Change): string {
  const page = parse(text);
  const change = edit(page, i);
  outcome(page, change, md);
  return applied(page.bytes, change).toString();
}
const replaced = (text: string, i: number, by: string) => after(text, i, (page) => replace(page, page.blocks[i], by));

test.each([
  ["```ts", "```ts run=ask"],
  ["~~~js echo", "~~~js run=ask echo"],
  ["  ````ts echo  ", "  ````ts run=ask echo  "]
])("%s is asked before it runs by %s, and by taking that away no more", (fence, asked) => {
  const close = fence.replace(/[^`~]/g, "");
  const [before, wanted] = [fence, asked].map((head) => `a\r\n\r\n${head}\r\n1;\r\n${close}\r\n\r\nb`);
  const ask = (text: string) => after(text, 1, (page) => asking(page, page.blocks[1]));
  expect(ask(before)).toBe(wanted);
  expect(ask(wanted)).toBe(before);
  expect([asks(fence), asks(asked), asks("```ts run=asked"), asks('```ts run="ask"')]).toEqual([
    ...[false, true, false, true]
  ]);
});

test("only a cell can be asked before it runs", () => {
  for (const text of ["text", "```ts run=false\n1;\n```", "$$\nx\n$$"])
    expect(() => after(text, 0, (page) => asking(page, page.blocks[0]))).toThrow("expected a cell, got another block");
});

test.each([
  ["a paragraph", "a\n\nb\n\nc\n", 1, "B\nB", "a\n\nB\nB\n\nc\n"],
  ["CR LF", "a\r\n\r\nb\r\n\r\nc", 1, "x\ny", "a\r\n\r\nx\r\ny\r\n\r\nc"],
  ["CR alone", "a\rb\r\rc", 0, "x\ny\nz", "x\ry\rz\r\rc"],
  ["lines that stay keep their endings", "a\r\nb\nc\nd\n\ne", 0, "a\nB\nc\nd", "a\r\nB\nc\nd\n\ne"],
  ["the last block without a final newline", "a\n\nb", 1, "c", "a\n\nc"],
  ["a final newline is not doubled", "a\n\nb\n", 1, "c\n\n", "a\n\nc\n"],
  ["definitions of links", "A [x].\n\n[x]: /a\n[y]: /b\n\nz\n", 1, "[x]: /c", "A [x].\n\n[x]: /c\n\nz\n"],
  ["front matter", "---\r\nt: 'a'   \r\n---\n\n\nb\n", 0, "c", "---\r\nt: 'a'   \r\n---\n\n\nc\n"],
  ["a byte-order mark", "\uFEFFa\n\nb", 0, "c", "\uFEFFc\n\nb"],
  ["Unicode around it", "👩‍🔬α\n\nb\n\n漢\n", 1, "é👨‍👩‍👧", "👩‍🔬α\n\né👨‍👩‍👧\n\n漢\n"],
  ["code in a fence", "```ts\nlet a;\n```\n\nb", 0, "let a = 1;\nlet b;", "```ts\nlet a = 1;\nlet b;\n```\n\nb"],
  ["code of CR LF", "```ts\r\nlet a;\r\n```\r\n", 0, "x\ny", "```ts\r\nx\r\ny\r\n```\r\n"],
  ["an empty cell", "```ts\n```\n", 0, "x", "```ts\nx\n```\n"],
  ["an empty cell of CR LF", "```ts\r\n```", 0, "x\ny", "```ts\r\nx\r\ny\r\n```"],
  ["a cell made empty", "```ts\nx\ny\n```\n", 0, "", "```ts\n```\n"],
  ["blank lines in code", "```ts\nx\n```", 0, "\nx\n\n", "```ts\n\nx\n\n\n```"],
  ["attributes of a fence", "```ts  run=false echo {a}\nx\n````  \n", 0, "y", "```ts  run=false echo {a}\ny\n````  \n"],
  ["a fence of tildes", "~~~ts\nx\n~~~", 0, "```\ny\n```", "~~~ts\n```\ny\n```\n~~~"],
  ["a fence in code", "```md\nx\n```\n\nz", 0, "```ts\ny\n```", "````md\n```ts\ny\n```\n````\n\nz"],
  ["a longer fence in code", "```md\nx\n```\n", 0, "`````\ny\n`````", "``````md\n`````\ny\n`````\n``````\n"],
  ["an indented fence", "  ```ts\n  x\n    y\n  ```\n", 0, "x\nz\n  y", "  ```ts\n  x\n  z\n    y\n  ```\n"],
  ["an indented fence with less inside", "  ```ts\nx\n y\n  ```\n", 0, "x\ny\nz", "  ```ts\nx\n y\n  z\n  ```\n"],
  ["an unclosed fence", "a\n\n```ts\nx\n\n", 1, "y", "a\n\n```ts\ny\n\n"],
  ["an unclosed fence at the very end", "```ts", 0, "y", "```ts\ny"],
  ["a formula", "a\n\n$$\nx\n$$ {#eq:x}\n\nb", 1, "$$\ny\n$$ {#eq:x}", "a\n\n$$\ny\n$$ {#eq:x}\n\nb"],
  ["a table", "| a |\n| - |\n| 1 |\n\nb", 0, "| a |\n| - |\n| 2 |\n| 3 |", "| a |\n| - |\n| 2 |\n| 3 |\n\nb"],
  [
    "a list with a cell in it",
    "- a\n\n  ```ts\n  x\n  ```\n\nb",
    0,
    "- a\n\n  ```ts\n  y\n  ```",
    "- a\n\n  ```ts\n  y\n  ```\n\nb"
  ],
  ["paragraphs for one", "a\n\nb", 0, "x\n\ny", "x\n\ny\n\nb"],
  ["text that looks like a replacement pattern", "a\n\nb", 0, "$& $1 $$", "$& $1 $$\n\nb"]
])("replacing: %s", (_, text, i, by, expected) => expect(replaced(text, i, by)).toBe(expected));

test("the text of a block put back is the file itself, whatever stands in it", () => {
  const text =
    "\uFEFF---\r\na: 1\r\n---\r\n# H  \ntext  \r\n\n\r\n  ```ts x\r\n\ty\n z\n  ```\n- a\n\n\n- b\n\n\0\n\n~~~\nq\n\n";
  const page = parse(text);
  expect(page.blocks.length).toBeGreaterThan(4);
  for (const block of page.blocks) expect(applied(page.bytes, replace(page, block, block.text)).toString()).toBe(text);
});

test.each([
  ["an unclosed fence", "a\n\n```ts\nx\n```\n", 0, "```ts\ny", "a fence that is not closed"],
  ["a comment", "a\n\nb\n", 0, "<!-- a", "an HTML element or a comment that is not closed"],
  ["a style", "a\n\nb\n", 0, "<style>\n\nb", "an HTML element or a comment that is not closed"],
  ["a formula", "a\n\n$$\nx\n$$\n", 0, "$$\ny", "a formula ($$) that is not closed"],
  ["front matter that would run in Node", "a\n\n---\n\nb", 0, "---js\n{title: process.exit()}", "front matter"],
  ["front matter", "a\n\nb", 0, "---\nsql: {x: /etc/passwd}\n---", "front matter"],
  ["nothing", "a\n\nb", 0, " \n\n", "delete the block instead"],
  ["half a character", "a\n\nb", 0, "x\ud83d", "half of one"],
  ["NUL", "a\n\nb", 0, "x\0", "NUL"]
])("refused: %s", (_, text, i, by, message) => expect(() => replaced(text, i, by)).toThrow(message));

const put =
  (where: "above" | "below", text = "N") =>
  (page: Page, i: number) =>
    insert(page, page.blocks[i] ?? null, where, text);

test.each([
  ["below", "a\n\nb\n", 0, put("below"), "a\n\nN\n\nb\n"],
  ["above", "a\n\nb\n", 1, put("above"), "a\n\nN\n\nb\n"],
  ["below, with no blank line after", "# H\ntext", 0, put("below"), "# H\n\nN\n\ntext"],
  ["above, with no blank line before", "# H\ntext", 1, put("above"), "# H\n\nN\n\ntext"],
  ["above the first", "---\nt: 1\n---\na", 0, put("above"), "---\nt: 1\n---\nN\n\na"],
  ["below the last without a final newline", "a", 0, put("below"), "a\n\nN"],
  ["CR LF", "a\r\n\r\nb", 0, put("below", "x\ny"), "a\r\n\r\nx\r\ny\r\n\r\nb"],
  ["on an empty page", "", 0, put("below"), "N\n"],
  ["on a page of front matter", "---\nt: 1\n---", 0, put("below"), "---\nt: 1\n---\n\nN\n"]
])("inserting %s", (_, text, i, edit, expected) => expect(after(text, i, edit)).toBe(expected));

test("nothing can be inserted below a fence that is not closed", () => {
  expect(() => after("```ts\nx", 0, put("below"))).toThrow("a fence that is not closed");
});

const out = (page: Page, i: number) => remove(page, page.blocks[i]);
const twice = (page: Page, i: number) => duplicate(page, page.blocks[i]);
const up = (page: Page, i: number) => move(page, page.blocks[i], "up");
const down = (page: Page, i: number) => move(page, page.blocks[i], "down");

test.each([
  ["deleting the first", "a\n\nb\n\nc\n", 0, out, "b\n\nc\n"],
  ["deleting the middle one", "a\n\nb\n\nc\n", 1, out, "a\n\nc\n"],
  ["deleting the last", "a\n\nb\n\nc\n", 2, out, "a\n\nb\n"],
  ["deleting the last without a final newline", "a\n\nb", 1, out, "a"],
  ["deleting the only one", "a\n", 0, out, ""],
  ["deleting the only one below front matter", "---\nt: 1\n---\n\na\n", 0, out, "---\nt: 1\n---\n"],
  ["deleting what kept two apart", "a\n# H\nb", 1, out, "a\n\nb"],
  ["deleting before a reference", "a\n\nb\n\n[x]: /y\n\nc", 1, out, "a\n\n[x]: /y\n\nc"],
  ["deleting of CR LF", "a\r\n\r\nb\r\n\r\nc\r\n", 1, out, "a\r\n\r\nc\r\n"],
  ["a copy below", "a\n\nb", 0, twice, "a\n\na\n\nb"],
  ["a copy of a fence at the end", "```ts\nx\n```", 0, twice, "```ts\nx\n```\n\n```ts\nx\n```"],
  ["a copy with no blank line after", "# H\ntext", 0, twice, "# H\n\n# H\n\ntext"],
  ["moving up", "a\n\nb\n\n\nc", 2, up, "a\n\nc\n\n\nb"],
  ["moving down", "a\n\nb\n\n\nc\n", 1, down, "a\n\nc\n\n\nb\n"],
  ["moving past a reference", "a\n\n[x]: /y\n\nb\n", 0, down, "[x]: /y\n\na\n\nb\n"],
  ["a rule moved down does not make a heading", "***\ntext\n", 0, down, "text\n\n***\n"],
  ["moving with mixed endings", "a\r\nb\n\r\nc\n", 0, down, "c\n\r\na\r\nb\n"]
])("%s", (_, text, i, edit, expected) => expect(after(text, i, edit)).toBe(expected));

test.each([
  ["the first up", "a\n\nb", 0, up, "expected a block above, got none"],
  ["the last down", "a\n\nb", 1, down, "expected a block below, got none"],
  ["an unclosed fence up", "a\n\n```ts\nx", 1, up, "a fence that is not closed"],
  ["a copy of an unclosed fence", "```ts\nx", 0, twice, "a fence that is not closed"]
])("refused: %s", (_, text, i, edit, message) => expect(() => after(text, i, edit)).toThrow(message));
