import MarkdownIt from "markdown-it";
import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {expect, test} from "vitest";
import {mathPlugin} from "../../tools/math/markdown.js";
import {macros} from "../../tools/math/macros.js";
import {renderTex, texProblem} from "../../tools/math/render.js";
import {finishPage, formulaRenderer} from "../../tools/site/finish.js";

const md: MarkdownIt = normalizeConfig({root: "src", markdownIt: mathPlugin}).md;
const render = (text: string) => md.render(text, {code: [], startLine: 0, currentLine: 0, path: "/a"});

test("inline and displayed formulas become elements with their escaped source", () => {
  expect(render("If $a < b$ then")).toBe("<p>If <tex-math>a &lt; b</tex-math> then</p>\n");
  expect(render("$$\na\n= b\n$$")).toBe(
    '<div class="equation"><div class="equation-body"><tex-math display="">\na\n= b\n</tex-math></div></div>\n'
  );
});

test("labelled equations count from 1 in the page's order; a reference works before its equation", () => {
  const html = render("By [eq:b] and [eq:a]:\n\n$$ x $$\n\n$$ y $$ {#eq:a}\n\n$$\nz\n$$ {#eq:b}\n");
  expect(html).toContain('By <a href="#eq-b">(2)</a> and <a href="#eq-a">(1)</a>:');
  expect(html).toContain('<div class="equation" id="eq-a" data-kind="result">');
  expect(html).toContain('<a class="equation-number" href="#eq-b">(2)</a>');
  expect(html.match(/equation-number/g)).toHaveLength(2);
});

test("a definition and a step are numbered as results are, and told apart", () => {
  const html = render("$$ x $$ {#eq:a definition}\n\n$$\ny\n$$ {#eq:b step}\n\n[eq:b]\n");
  expect(html).toContain('id="eq-a" data-kind="definition"');
  expect(html).toContain('id="eq-b" data-kind="step"');
  expect(html).toContain('<p><a href="#eq-b">(2)</a></p>');
  expect(render("$$ x $$ {#eq:a guess}")).not.toContain("equation");
});

test("a link whose text looks like a reference stays a link", () => {
  expect(render("[eq:a](./b)")).toContain('<a href="./b">eq:a</a>');
});

test("sums of money, code and cells are no formulas", () => {
  expect(render("From $5 to $6.")).toBe("<p>From $5 to $6.</p>\n");
  expect(render("Write `$x$` or \\$y\\$.")).toBe("<p>Write <code>$x$</code> or $y$.</p>\n");
  expect(render("It costs $5 in `$x`.")).not.toContain("tex-math");
  expect(render("A ${1 + 1} and $x$.")).toContain("<observablehq-loading></observablehq-loading>");
});

test("a formula keeps an escaped dollar, and underscores and stars are not emphasis", () => {
  expect(render("$a_1 * b_2 * \\$$")).toBe("<p><tex-math>a_1 * b_2 * \\$</tex-math></p>\n");
});

test("displayed formulas work in lists and end a paragraph", () => {
  expect(render("- item\n\n  $$ x $$\n")).toContain('<tex-math display=""> x </tex-math>');
  expect(render("text\n$$ x $$\nmore")).toMatch(/^<p>text<\/p>\n<div class="equation">[^]*<p>more<\/p>/);
});

test("an unclosed formula is text", () => {
  expect(render("$$\nx")).not.toContain("tex-math");
  expect(render("a $x")).not.toContain("tex-math");
});

test("every macro renders", () => {
  for (const [name, body] of Object.entries(macros)) {
    const count = Math.max(0, ...[...body.matchAll(/#(\d)/g)].map(([, n]) => Number(n)));
    expect(texProblem(`x${name}${"{a}".repeat(count)}`, true)).toBeNull();
  }
});

test("aligned, cases and tag render; a mistake is named with its place", () => {
  expect(texProblem("\\begin{aligned} a &= b \\\\ c &= d \\end{aligned} \\tag{*}", true)).toBeNull();
  expect(texProblem("\\begin{cases} 1 & x \\\\ 0 \\end{cases}", true)).toBeNull();
  expect(texProblem("a + \\wrong", false)).toEqual({message: "Undefined control sequence: \\wrong", position: 4});
});

test("a formula cannot change the macros of the next one", () => {
  renderTex("\\gdef\\R{changed} \\R", false);
  expect(renderTex("\\R", false)).toContain("mathbb");
});

test("the build renders the elements of a page, escaped characters as what they mean", () => {
  const html = formulaRenderer()('<p><tex-math>a &lt; b</tex-math> <tex-math display="">x</tex-math></p>');
  expect(html).not.toContain("<tex-math");
  expect(html).toContain('<annotation encoding="application/x-tex">a &lt; b</annotation>');
  expect(html).toContain("katex-display");
});

test("a finished page says its language and may be zoomed", () => {
  const head = '<html>\n<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">';
  expect(finishPage(head)).toBe(
    '<html lang="en">\n<meta name="viewport" content="width=device-width, initial-scale=1">'
  );
});
