import {expect, test} from "vitest";
import {parse} from "./workshop.js";

const kinds = (text: string) => parse(text).blocks.map(({kind, text}) => [kind, text]);
const raw = (text: string) => {
  const {blocks, bytes} = parse(text);
  return blocks.map(({start, end}) => bytes.toString("utf8", start, end));
};

test("every kind of block is told, with what the editor shows of it", () => {
  const page = [
    "---\ntitle: T\n---\n",
    "# Heading $x$",
    "A paragraph\non two lines.",
    "```ts\nconst a = 1;\n```",
    "```ts run=false\nlisting\n```",
    "```js echo\n1 + 1\n```",
    "$$\ny = x\n$$ {#eq:y}",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    "<div>\n<b>raw</b>\n</div>",
    "- one\n\n  ```ts\n  inner\n  ```\n- two",
    ':::: exercise ex-1 routine "T"\nWhy?\n\n::: hint\n```ts\ninner\n```\n:::\n::::',
    "> quoted",
    "***",
    "[a]: /x\n[b]: /y 'Y'"
  ];
  expect(kinds(page.join("\n\n"))).toEqual([
    ["prose", "# Heading $x$"],
    ["prose", "A paragraph\non two lines."],
    ["cell", "const a = 1;"],
    ["listing", "listing"],
    ["cell", "1 + 1"],
    ["mathematics", "$$\ny = x\n$$ {#eq:y}"],
    ["table", "| a | b |\n| - | - |\n| 1 | 2 |"],
    ["html", "<div>\n<b>raw</b>\n</div>"],
    ["prose", "- one\n\n  ```ts\n  inner\n  ```\n- two"],
    ["container", ':::: exercise ex-1 routine "T"\nWhy?\n\n::: hint\n```ts\ninner\n```\n:::\n::::'],
    ["prose", "> quoted"],
    ["prose", "***"],
    ["reference", "[a]: /x\n[b]: /y 'Y'"]
  ]);
});

test.each([
  ["CR LF", "a\r\n\r\n```ts\r\nlet x;\r\n```\r\n", ["a", "```ts\r\nlet x;\r\n```"]],
  ["CR alone", "a\rb\r\rc", ["a\rb", "c"]],
  ["mixed endings", "a\n\r\nb\rc\r\n", ["a", "b\rc"]],
  ["no final newline", "a\n\nb", ["a", "b"]],
  ["many final newlines", "a\n\n\n\n", ["a"]],
  ["nothing", "", []],
  ["only front matter", "---\ntitle: x\n---", []],
  ["front matter without a page", "---\ntitle: x\n---\n", []],
  ["front matter of CR LF", "---\r\ntitle: x\r\n---\r\nα\r\n", ["α"]],
  ["a front matter that is none", "----\n\na", ["----", "a"]],
  ["a rule that is no front matter", "a\n\n---\n\nb", ["a", "---", "b"]],
  [
    "a fence of four with one of three inside",
    "````md\n```ts\nx\n```\n````\n\nb",
    ["````md\n```ts\nx\n```\n````", "b"]
  ],
  ["a fence of tildes with backticks inside", "~~~\n```\n~~~\n\nb", ["~~~\n```\n~~~", "b"]],
  ["an unclosed fence with blank lines", "a\n\n```ts\nx\n\n\n", ["a", "```ts\nx"]],
  [
    "two containers and text without blank lines",
    "a\n::: why\nb\n:::\n::: why\nc\n:::\nd",
    ["a", "::: why\nb\n:::", "::: why\nc\n:::", "d"]
  ],
  [
    "a container in a container",
    "::::: derivation T\n:::: step S\nx\n::::\n:::::\n\nb",
    ["::::: derivation T\n:::: step S\nx\n::::\n:::::", "b"]
  ],
  ["an unclosed container with blank lines", "a\n\n::: why\nx\n\n\n", ["a", "::: why\nx"]],
  ["an indented fence", "  ```ts\n  x\n  ```\n", ["  ```ts\n  x\n  ```"]],
  ["Greek, CJK and emoji", "αβγ\n\n漢字\n\n👩‍🔬 é\n", ["αβγ", "漢字", "👩‍🔬 é"]],
  ["a separator of lines that markdown does not know", "a\u2028b\n\nc\u0085d", ["a\u2028b", "c\u0085d"]],
  ["a byte-order mark", "\uFEFFa\n\nb", ["a", "b"]],
  ["a reference", "a [b]\n\n[b]: /x\n\nc", ["a [b]", "[b]: /x", "c"]],
  ["blocks without a blank line between", "# H\ntext\n```ts\nx\n```\nmore", ["# H", "text", "```ts\nx\n```", "more"]],
  ["HTML with a cell in it", "<b>${1 + 1}</b>\n\nc", ["<b>${1 + 1}</b>", "c"]]
])("the bytes of each block: %s", (_, text, blocks) => expect(raw(text)).toEqual(blocks));

test("blocks never overlap, and what lies between them is blank or a reference", () => {
  const {blocks, bytes, body} = parse("---\na: 1\n---\n# H\ntext\n\n- a\n\n- b\n\n\n$$ x $$\n<p>\n\nend");
  const edges = [body, ...blocks.flatMap(({start, end}) => [start, end]), bytes.length];
  expect(edges).toEqual([...edges].sort((a, b) => a - b));
  for (let i = 0; i < edges.length; i += 2) expect(bytes.toString("utf8", edges[i], edges[i + 1]).trim()).toBe("");
});

test("a block's id depends on its text alone, and copies are numbered", () => {
  const ids = (text: string) => parse(text).blocks.map(({id}) => id);
  const [a, b, again] = ids("a\n\nb\n\na");
  expect(again).toBe(`${a}-1`);
  expect(ids("new\r\n\r\na\r\n\r\nb").slice(1)).toEqual([a, b]);
});

test("bytes that are not UTF-8 are refused, not repaired", () => {
  expect(() => parse(Uint8Array.of(0x61, 0xff, 0x0a))).toThrow("expected a file in UTF-8");
});

test("a page of 1 MB has the blocks that it is made of", () => {
  const block = "Text with $x^2$ and `code` of some length, αβγ.";
  const count = Math.ceil(1e6 / (Buffer.byteLength(block) + 2));
  const page = parse(Array(count).fill(block).join("\n\n"));
  expect(page.bytes.length).toBeGreaterThan(999_000);
  expect(page.blocks.length).toBe(count);
  expect(page.blocks.at(-1)).toMatchObject({end: page.bytes.length, text: block});
});
