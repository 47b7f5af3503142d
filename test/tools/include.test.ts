import {mkdtempSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {afterAll, expect, test} from "vitest";
import {siteMarkdown} from "../../tools/site/markdown.js";

const root = mkdtempSync(join(tmpdir(), "include-"));
afterAll(() => rmSync(root, {recursive: true}));
const {md} = normalizeConfig({root, markdownIt: siteMarkdown(root)});
const render = (text: string) =>
  md.render(text, {code: [], startLine: 0, currentLine: 0, path: "/a"}).replace(/ data-block="\w+"/g, ""); // the editors' marks
let time = 1;
const write = (name: string, text: string) => {
  writeFileSync(join(root, name), text);
  utimesSync(join(root, name), ++time, time);
};

test("an equation stands in the line as it stands on its page, without its stop, and leads there", () => {
  write("b.md", "---\ntitle: B\n---\n\n$$\na < b \\,.\n$$ {#eq:x}\n\n::: step S\n$$ y_1 , $$ {#eq:y step}\n:::\n");
  expect(render("By {{eq ./b#eq:x}}, {{eq ./b#eq:y}}.")).toBe(
    '<p>By <a class="included" href="./b#eq-x"><tex-math>\\displaystyle a &lt; b</tex-math></a>, ' +
      '<a class="included" href="./b#eq-y"><tex-math>\\displaystyle y_1</tex-math></a>.</p>\n'
  );
});

test("the stop of the last line of an array goes, that of \\\\right. stays", () => {
  write(
    "b.md",
    "$$ \\begin{aligned} a &= 1, \\\\ b &= 2 . \\end{aligned} $$ {#eq:x}\n\n$$ \\left\\{ a \\right. $$ {#eq:y}\n"
  );
  expect(render("{{eq ./b#eq:x}}")).toContain(
    "displaystyle \\begin{aligned} a &amp;= 1, \\\\ b &amp;= 2 \\end{aligned}<"
  );
  expect(render("{{eq ./b#eq:y}}")).toContain("\\right.<");
});

test("it follows its page", () => {
  write("b.md", "$$ c $$ {#eq:x}\n");
  expect(render("{{eq ./b#eq:x}}")).toContain("<tex-math>\\displaystyle c</tex-math>");
});

test("it stands in a table, whatever it holds", () => {
  write("b.md", "$$ a | b $$ {#eq:x}\n");
  expect(render("| t |\n| - |\n| {{eq ./b#eq:x}} |\n")).toContain("<td><a class");
});

test("one that is not there is marked", () => {
  expect(render("{{eq ./b#eq:z}}")).toBe("<p><mark>{{eq ./b#eq:z}}</mark></p>\n");
});
