import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {markdownOf, type PageSource} from "../../../src/components/ui/editing/pageSource.js";
import {counterpart} from "../../../src/components/ui/editing/conflict.js";
import {parsePage} from "../../../tools/edit/blocks.js";
import {applied} from "../../../tools/edit/change.js";
import {replace} from "../../../tools/edit/replace.js";
import {modulesOf} from "../../../tools/site/published/modules.js";
import {numbered} from "../../../tools/site/published/pageSource.js";
import {md} from "../../tools/edit/workshop.js";

const folder = mkdtempSync(join(tmpdir(), "page-source-"));
afterAll(() => rmSync(folder, {recursive: true}));

/** The source of a page as the build writes it. */
async function sourceOf(text: string | Buffer): Promise<PageSource> {
  const bytes = Buffer.from(text);
  writeFileSync(join(folder, "page.md"), bytes);
  const html = parsePage(bytes, md).blocks.map(({id}) => `<p data-block="${id}"></p>`);
  const {source} = await numbered(html.join(""), folder, "page.md", md);
  return {...source, client: "", runtime: "", modules: ""};
}

const odd = [
  "",
  "---\ntitle: x\n---\n",
  "one",
  "\n\none\n\n\n",
  "```ts\n```\n",
  "```ts\n```",
  "```ts\nopen\n\nfence",
  "````ts\n```\n````\ntext",
  "   ```ts\n   indented\n   ```\n",
  "# a\n```ts\nx\n```\nb\n```js\n\n\n```\n\n$$\nx\n$$ {#eq:a}\n\n| a |\n| - |\n\n<div>\n\ntext\n\n</div>\n\n- a\n\n  b\n\n\n* * *"
];

const site = readdirSync("src", {recursive: true, encoding: "utf8"})
  .filter((name) => name.endsWith(".md") && !name.includes(".observablehq"))
  .map((name) => readFileSync(join("src", name)));

test("the Markdown of a page without changes is the page's, byte for byte", async () => {
  for (const text of [...odd, ...site]) expect(markdownOf(await sourceOf(text), new Map())).toBe(text.toString());
  expect(markdownOf(await sourceOf("a\r\n\r\n```ts\r\nb\r\n```\r\n"), new Map())).toBe("a\n\n```ts\nb\n```\n");
});

test("a changed block stands in the Markdown as the preview's editor would have written it", async () => {
  for (const text of [...odd.map((text) => Buffer.from(text)), ...site]) {
    const source = await sourceOf(text);
    const page = parsePage(text, md);
    for (const [i, {kind, fixed}] of source.blocks.entries()) {
      if (fixed || !page.blocks[i].fence?.closed) continue;
      for (const code of ["one\ntwo", "```\nfence\n````", "~~~", kind]) {
        const theirs = applied(text, replace(page, page.blocks[i], code)).toString();
        expect(markdownOf(source, new Map([[i, code]]))).toBe(theirs);
      }
    }
  }
});

test("two fences side by side whose codes both hold fences stay two", async () => {
  const source = await sourceOf("```ts\na\n```\n```js\nb\n```\n");
  const text = markdownOf(source, new Map([0, 1].map((i) => [i, "```"])));
  expect(parsePage(Buffer.from(text), md).blocks.map(({text, language}) => [language, text])).toEqual([
    ["ts", "```"],
    ["js", "```"]
  ]);
});

test("HTML and cells in other languages cannot be changed, nor what has no element", async () => {
  const {blocks} = await sourceOf("<div>\n\n```tex\nx\n```\n\n```ts\nx\n```\n\ntext");
  expect(blocks.map(({fixed = false}) => fixed)).toEqual([true, true, false, false]);
  const {source} = await numbered("", folder, "page.md", md);
  expect(source.blocks.every(({fixed}) => fixed)).toBe(true);
  await expect(numbered('<p data-block="0123456789ab"></p>', folder, "page.md", md)).rejects.toThrow(/in its page/);
});

test("the block that took a changed one's place is the one between its neighbours", async () => {
  const {blocks: was} = await sourceOf("a\n\nb\n\nc\n");
  const edit = (i: number) => ({
    ...{id: was[i].id, kind: "prose" as const, language: "", was: was[i].text, text: "mine", time: 0},
    ...{above: was[i - 1]?.id ?? null, below: was[i + 1]?.id ?? null}
  });
  const found = async (text: string, i: number) => counterpart(await sourceOf(text), edit(i))?.text;
  expect(await found("a\n\nB\n\nc\n", 1)).toBe("B");
  expect(await found("x\n\na\n\nB\n\nc\n", 1)).toBe("B");
  expect(await found("a\n\n```ts\nz\n```\n\nB\n\nc\n", 1)).toBe("B");
  expect(await found("a\n\nc\n", 1)).toBeUndefined();
  expect(await found("A\n\nb\n\nc\n", 0)).toBe("A");
  expect(await found("a\n\nb\n\nC\n", 2)).toBe("C");
  expect(await found("x\n\ny\n", 1)).toBeUndefined();
});

test("modules are found by what cells call them", () => {
  expect(
    modulesOf([
      "_import/components/ui/check.0123abcd.js",
      "_import/style.0123abcd.css",
      "_npm/@observablehq/plot@0.6.17/174c05ca.js",
      "_npm/d3@7.9.2/core.ed9ba02e.js",
      "_node/@tensorflow/tfjs@4.22.0/index.c98baa75.js"
    ])
  ).toEqual({
    "/components/ui/check.js": "_import/components/ui/check.0123abcd.js",
    "npm:@observablehq/plot": "_npm/@observablehq/plot@0.6.17/174c05ca.js",
    "@tensorflow/tfjs": "_node/@tensorflow/tfjs@4.22.0/index.c98baa75.js"
  });
});
