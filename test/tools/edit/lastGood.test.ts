import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {beforeEach, expect, test} from "vitest";
import {siteMarkdown} from "../../../tools/site/markdown.js";

interface Rendered {
  html: string;
  /** The codes that the page runs. */
  code: string[];
}

let rendered: (text: string, path?: string) => Rendered;
beforeEach(() => {
  const {md} = normalizeConfig({root: "src", markdownIt: siteMarkdown("src", {preview: true})}, "src");
  rendered = (text, path = "/page") => {
    const env = {code: [] as {node: {input: string}}[], startLine: 0, currentLine: 0, path, equations: new Map()};
    const html = md.render(text, env);
    return {html, code: env.code.map(({node}) => node.input.trim())};
  };
});

const cell = (code: string, info = "ts") => `\`\`\`${info}\n${code}\n\`\`\``;
const page = (...parts: string[]) => parts.join("\n\n");
const blocks = (html: string) => [...html.matchAll(/ data-block="([^"]*)"/g)].map(([, id]) => id);
const [a, b, c] = ["const a = 1;", "const b = a + 1;", "display(b);"];

test("a cell that does not parse any more runs as it last did, with the fault beside its result", () => {
  const {html} = rendered(page(cell(a), cell(b), cell(c)));
  const broken = page(cell(a), cell("const b =\n  a + ;"), cell(c));
  const after = rendered(broken);
  expect(after.code).toEqual([a, b, c]);
  expect(after.html).not.toContain("observablehq--error");
  expect(after.html).toContain("Line 2 does not parse as it stands in the file: Unexpected &quot;;&quot;.");
  expect(blocks(after.html).map((id, i) => id === blocks(html)[i])).toEqual([true, false, true]); // the file's own text
  expect(rendered(broken)).toEqual(after); // after a reload
  expect(rendered(page(cell(a), cell("const b = a + ((;"), cell(c))).code).toEqual([a, b, c]); // broken in another way
  expect(rendered(page(cell(a), cell("const b = 5;"), cell(c)))).toMatchObject({
    code: [a, "const b = 5;", c],
    html: expect.not.stringContaining("cell-fault")
  });
});

test("a value in a text stands as it did, and so does a JavaScript cell", () => {
  rendered(page("A ${a + 1} and ${b}.", cell(c, "js")));
  const {html, code} = rendered(page("A ${a + } and ${b}.", cell("display(b;", "js")));
  expect(code).toEqual(["a + 1", "b", c]);
  expect(html.match(/class="cell-fault"/g)).toHaveLength(2);
  expect(html).toContain("Line 1 does not parse as it stands in the file: Unexpected token");
});

test("several that break at once each stand as they did, also when there are new ones between them", () => {
  rendered(page(cell(a), cell(b), cell(c)));
  const {code} = rendered(page(cell("const a = 1 1;"), cell('display("new");'), cell("const b = a ++ 1;"), cell(c)));
  expect(code).toEqual([a, 'display("new");', b, c]);
});

test("a cell of an earlier page is not run twice: neither one that has moved nor one that was edited", () => {
  rendered(page(cell(a), cell(b), cell(c)));
  expect(rendered(page(cell(b), cell(c), cell("display(("), cell(a))).code).toEqual([b, c, a]);
  expect(rendered(page(cell("const = new"), cell("const b = a + 2;"), cell(c), cell(a))).code).toEqual([
    ...["const b = a + 2;", c, a]
  ]);
});

test.each([
  ["it was never seen to parse", page(cell(a), cell("const b = ;"))],
  ["it is new", page(cell(a), cell(b), cell("const d = ;"))]
])("what does not parse is an error where it stands when %s", (_, text) => {
  rendered(page(cell(a)));
  if (text.includes(b)) rendered(page(cell(a), cell(b)));
  expect(rendered(text).html).toContain('observablehq--error">SyntaxError');
});

test("pages do not know of one another, and the build of none", () => {
  rendered(page(cell(a)));
  expect(rendered(page(cell("const a = ;")), "/other").code).toEqual([]);
  const {md} = normalizeConfig({root: "src", markdownIt: siteMarkdown("src")}, "src");
  const env = () => ({code: [], startLine: 0, currentLine: 0, path: "/page", equations: new Map()});
  md.render(cell(a), env());
  expect(md.render(cell("const a = ;"), env())).toContain("observablehq--error");
});
