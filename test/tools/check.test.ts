import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {check} from "../../tools/check/index.js";
import {moduleProblems} from "../../tools/check/pageModules.js";
import {format} from "../../tools/check/problem.js";

mkdirSync(".cache", {recursive: true});
const folder = mkdtempSync(".cache/check-"); // inside the project, so that packages resolve as they do for pages
afterAll(() => rmSync(folder, {recursive: true}));

let count = 0;

/** What is reported for a site of these files, as `name:line:column message`. */
function problems(files: Record<string, string>): string[] {
  const root = site(files);
  return check({root, configuration: null}).map((problem) => format(problem).replaceAll(`${root}/`, ""));
}

/** A source root of these files. */
function site(files: Record<string, string>): string {
  const root = join(folder, String(++count)).replaceAll("\\", "/");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), {recursive: true});
    writeFileSync(join(root, name), text);
  }
  return root;
}

const cell = (...lines: string[]) => `# Page\n\n\`\`\`ts\n${lines.join("\n")}\n\`\`\`\n`;

test("a page whose cells, formulas and links are right has no problem", () => {
  const page = `---
title: Right
order: 1
---

# Right

Energy $E = mc^2$ and [eq:sum], costs $5 and $6; [elsewhere](./week1/other#a-part), [up](#right), [out](https://a.org).

$$
\\begin{aligned} s &= \\sum_i x_i \\\\ &\\ge 0 \\end{aligned}
$$ {#eq:sum}

\`\`\`ts
import {double, type Pair} from "./components/double.js";
const slope = view(Inputs.range([0, 1], {value: 0.5, label: "slope"}));
const later = Promise.resolve([1, 2, 3]);
interface Row { x: number }
class Box { size = 1 }
\`\`\`

\`\`\`ts
const rows: Row[] = later.map((x) => ({x: double(x) * slope}));
const pair: Pair = [slope.toFixed(1).length, new Box().size];
display(Plot.plot({marks: [Plot.lineY(rows, {y: "x"})]}));
display(html\`<b>\${d3.max(pair)}</b>\`);
\`\`\`

The slope is \${slope.toFixed(2)} of \${rows.map((row) => row.x).join(", ")} in \${Math.round(width)} pixels.
`;
  const double = "export type Pair = [number, number];\nexport const double = (x: number) => 2 * x;\n";
  expect(problems({"index.md": page, "week1/other.md": "# A\n\n## A part\n", "components/double.ts": double})).toEqual(
    []
  );
});

test("a type error is reported at its place in the page", () => {
  expect(problems({"week2/page.md": cell("const a = 1;", "const b: string = a;")})).toEqual([
    "week2/page.md:5:7 Type 'number' is not assignable to type 'string'."
  ]);
});

test("front matter and indentation do not shift the place", () => {
  const page = `---\ntitle: T\n---\n\n- item\n\n  \`\`\`ts\n  const a = 1;\n    const b: string = a;\n  \`\`\`\n`;
  expect(problems({"a.md": page})).toEqual(["a.md:9:11 Type 'number' is not assignable to type 'string'."]);
});

test("cells are checked strictly: an implicit any fails", () => {
  expect(problems({"a.md": cell("const f = (x) => x;")})).toEqual([
    "a.md:4:12 Parameter 'x' implicitly has an 'any' type."
  ]);
});

test("another cell's promise is awaited and its input gives the value", () => {
  const page = `${cell("const n = Promise.resolve(1);", "const on = view(Inputs.toggle());")}
\`\`\`ts
const text: string = n;
const number: number = on;
\`\`\`
`;
  expect(problems({"a.md": page})).toEqual([
    "a.md:9:7 Type 'number' is not assignable to type 'string'.",
    "a.md:10:7 Type 'boolean' is not assignable to type 'number'."
  ]);
});

test("a syntax error is reported once, where it stands", () => {
  expect(problems({"a.md": cell("const a = 1;", "const b = [1, 2;")})).toEqual(["a.md:5:16 ',' expected."]);
});

test("syntax that only Framework refuses is reported in the TypeScript's place", () => {
  expect(problems({"a.md": cell("type T = number;", "const a: T = 1;", "export const b = a;")})).toEqual([
    "a.md:6:8 Unexpected token 'export'"
  ]);
});

test("assigning to another cell's name is an error", () => {
  const page = `${cell("const a = 1;")}\n\`\`\`ts\na = 2;\n\`\`\`\n`;
  expect(problems({"a.md": page})[0]).toMatch(/^a\.md:8:1 Assignment to external variable 'a'/);
});

test("a broken inline expression is an error", () => {
  expect(problems({"a.md": "# A\n\nText ${1 +} here.\n"})).toEqual(["a.md:3:8 invalid expression"]);
});

test("a name that two cells define is reported at the second", () => {
  const page = `${cell("const a = 1;")}\n\`\`\`ts\nconst c = 2, {a} = {a: 3};\n\`\`\`\n`;
  expect(problems({"a.md": page})).toEqual(["a.md:8:15 a is already defined in line 4"]);
});

test("an undefined name is reported in a cell and in inline code", () => {
  const page = `${cell("display(missing);")}\nText of *this ${"${lost + 1}"}* page.\n`;
  expect(problems({"a.md": page})).toEqual([
    "a.md:4:9 Cannot find name 'missing'.",
    "a.md:7:17 Cannot find name 'lost'."
  ]);
});

test("inline code in raw HTML and in tables is checked too", () => {
  const page = "# A\n\n<div>${gone}</div>\n\n| a | b |\n| - | - |\n| 1 | ${away} |\n";
  expect(problems({"a.md": page})).toEqual(["a.md:3:8 Cannot find name 'gone'.", "a.md:7:9 Cannot find name 'away'."]);
});

test("a component has none of the names that Framework gives to cells", () => {
  const page = cell('import {f} from "./components/f.js";', "f();");
  const found = problems({"a.md": page, "components/f.ts": "export const f = () => display(1);\n"});
  expect(found).toEqual(["components/f.ts:1:24 Cannot find name 'display'."]);
});

test("local and bare imports that do not resolve are reported", () => {
  const found = problems({
    "a.md": cell('import {a} from "./no.js";', 'import * as b from "no-such";', "display([a, b]);")
  });
  expect(found).toEqual([
    "a.md:4:17 Cannot find module './no.js' or its corresponding type declarations.",
    "a.md:5:20 Cannot find module 'no-such' or its corresponding type declarations."
  ]);
});

test("what lies outside the site cannot be imported, nor a package it does not carry", () => {
  const found = problems({
    "a.md": cell(
      'const a = await import("https://a.org/x.js");',
      'const b = await import("npm:lodash");',
      "display([a, b]);"
    ),
    "components/c.ts": 'export const load = () => import("https://b.org/y.js");\n'
  });
  expect(found).toEqual([
    "a.md:4:24 https://a.org/x.js lies outside the site",
    "a.md:5:24 npm:lodash is not among the packages that the site carries: d3, d3-dsv, htl, isoformat, katex, @observablehq/plot, arquero",
    "components/c.ts:1:34 https://b.org/y.js lies outside the site"
  ]);
});

test("a worker or an attached file that is not there is reported", () => {
  const found = problems({
    "a.md": cell('display(import.meta.resolve("./w.js"));', 'display(FileAttachment("d.json"));')
  });
  expect(found).toEqual(["a.md:4:29 cannot find ./w.js", "a.md:5:24 cannot find d.json"]);
});

test("an import that no cell uses is reported, one that another cell uses is not", () => {
  const files = {"components/f.ts": "export const f = 1;\nexport const g = 2;\n"};
  const used = `${cell('import {f, g} from "./components/f.js";')}\nHere \${f}.\n`;
  expect(problems({...files, "a.md": used})).toEqual(["a.md:4:12 'g' is declared but its value is never read."]);
});

test("a component in newer syntax than Framework reads is reported", () => {
  expect(problems({"components/f.ts": "export const f = 1;\nexport const g = /[a--b]/v;\n"})[0]).toMatch(
    /^components\/f\.ts:2:18 Invalid regular expression flag/
  );
});

test("TeX that KaTeX refuses is reported where it goes wrong", () => {
  const page = "# A\n\nAn inline $\\frac{1}{$ formula.\n\n$$\na = b \\\\\n\\nonsense{x}\n$$\n";
  expect(problems({"a.md": page})).toEqual([
    expect.stringMatching(/^a\.md:3:\d+ TeX: /),
    "a.md:7:1 TeX: Undefined control sequence: \\nonsense"
  ]);
});

test("unknown and doubled equation labels are reported", () => {
  const page = "# A\n\nSee [eq:none].\n\n$$ a = b $$ {#eq:x}\n\n$$ c = d $$ {#eq:x}\n\nAnd [eq:x].\n";
  expect(problems({"a.md": page})).toEqual([
    "a.md:3:5 no equation on this page is labelled eq:none",
    "a.md:7:13 eq:x is taken"
  ]);
});

test("a formula in a heading is reported", () => {
  expect(problems({"a.md": "# A\n\n## The case $n = 1$\n"})).toEqual([
    "a.md:3:13 a formula in a heading would stand as TeX in the contents"
  ]);
});

test("links to pages, places and images that do not exist are reported", () => {
  const page =
    '# A\n\nA [page](./none), a [place](./b#none), [html](/b.html#b) and ![image](./i.png).\n\n<a href="../x">x</a>\n';
  expect(problems({"a.md": page, "b.md": "# B\n"})).toEqual([
    "a.md:3:10 no page ./none",
    "a.md:3:29 no place #none on /b",
    "a.md:3:71 no file ./i.png",
    "a.md:5:4 no page ../x"
  ]);
});

test("anything loaded from outside is reported, in a page and in a style sheet", () => {
  const page = '# A\n\n<script src="https://a.org/x.js"></script>\n\n![i](https://a.org/i.png)\n';
  expect(problems({"a.md": page, "s.css": 'body {\n  background: url("https://a.org/b.png");\n}\n'})).toEqual([
    "a.md:3:9 https://a.org/x.js lies outside the site",
    "a.md:5:6 https://a.org/i.png lies outside the site",
    "s.css:2:20 https://a.org/b.png lies outside the site"
  ]);
});

test("a cell in a language that nothing checks is refused", () => {
  expect(problems({"a.md": "# A\n\n```sql\nselect 1\n```\n"})).toEqual([
    "a.md:3:1 expected a ts cell, got sql; a listing that does not run is `sql run=false`"
  ]);
});

test("front matter that is not YAML is reported", () => {
  expect(problems({"a.md": "---\ntitle: T\norder: [1\n---\n\n# A\n"})).toEqual([
    expect.stringMatching(/^a\.md:\d:1 front matter: /)
  ]);
});

test("a link to a week of the programme, whose place is generated, is right", () => {
  const home = '# Home\n\n<div data-programme="week-3"></div>\n';
  expect(problems({"index.md": home, "a.md": "# A\n\n[week 3](/#week-3) and [week 9](/#week-9)\n"})).toEqual([
    "a.md:3:33 no place #week-9 on /index"
  ]);
});

test("blocks of colons that are not closed, misplaced, unknown or wrongly opened are reported", () => {
  const page = (text: string) => problems({"a.md": `# A\n\n${text}\n`});
  expect(page(':::: exercise ex-1 hard "T"\nx\n\n::: hint\ny\n::::')).toEqual(["a.md:6:1 ::: hint is not closed"]);
  expect(page("::: derivation T\nx")).toEqual(["a.md:3:1 ::: derivation is not closed"]);
  expect(page("::: step S\nx\n:::")).toEqual(["a.md:3:1 expected step inside derivation"]);
  expect(page("Text\n::: hnt\nx\n:::")).toEqual(["a.md:4:1 no block begins or ends with ::: hnt"]);
  expect(page("::: derivation\nx\n:::")).toEqual(["a.md:3:1 expected a title after derivation, got none"]);
  expect(page("::: exercise ex-1 easy T\nx\n:::")).toEqual([
    'a.md:3:1 expected exercise ID routine|standard|hard "TITLE", got exercise ex-1 easy T'
  ]);
  expect(page("::: identity 2.1 T\nx\n:::")).toEqual([
    'a.md:3:1 expected identity "SECTION" TITLE, got identity 2.1 T'
  ]);
});

test("an exercise's id is taken once, and a link leads to it", () => {
  const one = '::: exercise ex-1 hard "T"\nSee [here](#ex-1) and [there](#ex-2).\n:::\n';
  expect(problems({"a.md": `# A\n\n${one}\n${one}`})).toEqual([
    "a.md:4:31 no place #ex-2 on /a",
    "a.md:7:1 the id ex-1 is taken",
    "a.md:8:31 no place #ex-2 on /a"
  ]);
});

test("formulas, cells and labels in blocks of colons are checked as elsewhere", () => {
  const page =
    "# A\n\n:::: derivation Of $\\wrong$\n::: step S\n$$ x $$ {#eq:x}\n\n```ts\nconst a: string = 1;\n```\n:::\n::::\n\n$$ y $$ {#eq:x step}\n";
  expect(problems({"a.md": page})).toEqual([
    "a.md:3:21 TeX: Undefined control sequence: \\wrong",
    expect.stringMatching(/^a\.md:8:7 /),
    "a.md:13:9 eq:x is taken"
  ]);
});

test("results, their checks and answers that do not match are reported", async () => {
  const page =
    '# A\n\n$$ x $$ {#eq:a}\n\n$$\ny\n$$ {#eq:b}\n\n$$ z $$ {#eq:c step}\n\n::: exercise ex-1 hard "T"\nx\n:::\n';
  const entry = (name: string) => `{name: "${name}"}`;
  const modules = {
    "week1/one-page.md": page,
    "week1/onePageEquations.ts": `export const equations = [\n  ${entry("a")}, ${entry("z")}];\n`,
    "week1/onePageAnswers.ts": 'export const answers = {\n  "ex-1": {},\n  "ex-2": {}};\n',
    "week1/bare.md": "# B\n\n$$ x $$ {#eq:a}\n",
    "week2/plain.md": "# C\n\n$$ x $$ {#eq:a}\n"
  };
  const root = site(modules);
  const found = (await moduleProblems(root)).map((problem) => format(problem).replaceAll(`${root}/`, ""));
  expect(found.sort()).toEqual([
    "week1/bare.md:3:1 the result eq:a has no entry in week1/bareEquations.ts",
    "week1/one-page.md:7:1 the result eq:b has no entry in week1/onePageEquations.ts",
    "week1/onePageAnswers.ts:3:4 week1/one-page.md has no exercise ex-2",
    "week1/onePageEquations.ts:2:24 week1/one-page.md has no eq:z"
  ]);
});

test("an included equation must exist", () => {
  const page = "# A\n\n{{eq ./b#eq:x}} and {{eq ./b#eq:z}}, {{eq ./c#eq:x}}\n";
  expect(problems({"week1/a.md": page, "week1/b.md": "# B\n\n$$ x $$ {#eq:x step}\n"})).toEqual([
    "week1/a.md:3:21 no equation eq:z on /week1/b",
    "week1/a.md:3:38 no page ./c"
  ]);
});
