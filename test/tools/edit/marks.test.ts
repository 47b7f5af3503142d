import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {expect, test} from "vitest";
import {siteMarkdown} from "../../../tools/site/markdown.js";
import {parse} from "./workshop.js";

const {md} = normalizeConfig({root: "src", markdownIt: siteMarkdown("src")}, "src");
const rendered = (text: string): string =>
  md.render(text, {code: [], startLine: 0, currentLine: 0, path: "/page", equations: new Map()});
const ids = (text: string) => [...rendered(text).matchAll(/ data-block="([^"]*)"/g)].map(([, id]) => id);

test.each([
  ["text", "One.\n\nTwo.\n\n# Three"],
  ["copies", "Same.\n\nSame.\n\nSame."],
  ["code", "```ts\nconst a = 1;\n```\n\n```ts run=false\nlisted\n```\n\n    indented"],
  ["a cell that does not parse", "```ts\nconst a = ;\n```"],
  ["mathematics and a table", "$$\nx\n$$\n\n| a |\n|---|\n| 1 |"],
  ["a container with cells in it", "::::: derivation T\n\n::: step A\n```ts\n1\n```\n:::\n:::::\n\nAfter."],
  ["an element", "<div class=x>\n<b>bold</b>\n</div>"],
  ["a comment", "<!-- nothing to be seen -->\n\nText."],
  ["an end tag", "<div>\n\nInside.\n\n</div>\n\nAfter."],
  ["a comment of many lines before an element", "<!--\n\na\n\n--><p>b</p>"],
  ["definitions of links", "[a]: /a\n[b]: /b 'B'\n\nA [a] and [b].\n\n- list\n\n[c]: /c\n\n> quoted\n\n[d]:\n/d"],
  ["lists, quotations, rules", "- a\n\n  b\n\n> c\n\n***"]
])("every block of a page has one element by which it is opened: %s", (_, text) => {
  expect(ids(text)).toEqual(parse(text).blocks.map(({id}) => id));
});

test("what stands for HTML without an element is not seen before the page is edited", () => {
  expect(rendered("<!-- nothing -->")).toMatch(/^<div class="edit-place" hidden data-block="[0-9a-f]{12}"><\/div>/);
});

test("a cell whose fence says run=ask, and no other, is marked for it", () => {
  const text = ["ask", '"ask"', "false", "asked"].map((run) => `\`\`\`ts run=${run}\ndisplay(${run.length});\n\`\`\``);
  const html = rendered([...text, "```ts\ndisplay(0);\n```"].join("\n\n"));
  const cells = html.match(/<div[^>]*observablehq--block[^>]*>/g)!;
  expect(cells.map((cell) => cell.includes('data-run="ask"'))).toEqual([true, true, false, false]);
});
