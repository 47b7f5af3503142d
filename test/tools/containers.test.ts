import {expect, test} from "vitest";
import {md} from "./edit/workshop.js";

const render = (text: string) =>
  md.render(text, {code: [], startLine: 0, currentLine: 0, path: "/a"}).replace(/ data-block="\w+"/g, ""); // the editors' marks

test("a derivation's steps are numbered folds with their formulas, and cells run in them", () => {
  const html = render(
    ":::: derivation Of $x$\nWhy.\n\n::: step One\n$$ x $$ {#eq:x step}\n:::\n\n::: step Two\n```ts\n1;\n```\n:::\n::::\n\nBy [eq:x].\n"
  );
  expect(html).toMatch(
    /^<section class="stepwise">\n<p class="stepwise-title">Of <tex-math>x<\/tex-math><\/p>\n<p>Why/
  );
  expect(html.match(/<summary>.*<\/summary>/g)).toEqual(["<summary>1. One</summary>", "<summary>2. Two</summary>"]);
  expect(html).toMatch(/<details class="stepwise-step">\n<summary>1[^]*id="eq-x" data-kind="step"/);
  expect(html).toContain('<div class="observablehq observablehq--block">');
  expect(html).toContain("</details>\n</section>\n<p>By <a");
});

test("an exercise reads without a script: its hints are numbered anew in each, its solution folds", () => {
  const one = (id: string) =>
    `:::: exercise ${id} hard "The *first* $p$"\nHow?\n\n::: hint\na\n:::\n\n::: hint\nb\n:::\n\n::: solution\nc\n:::\n::::\n`;
  const html = render(one("ex-1") + "\n" + one("ex-2"));
  expect(html).toContain('<section class="exercise" id="ex-2" aria-labelledby="ex-2-title">');
  expect(html).toContain(
    '<h3 id="ex-2-title" data-grade="hard">The <em>first</em> <tex-math>p</tex-math></h3>\n<p>How?</p>'
  );
  expect(html.match(/<summary>[^<]*/g)!.map((text) => text.slice(9))).toEqual(
    ["Hint 1", "Hint 2", "Solution"].flatMap((_, i, all) => (i ? [] : [...all, ...all]))
  );
});

test("an identity names its section of the Cookbook", () => {
  const html = render(
    ':::: identity "2.1" Of a determinant\n$$ x $$ {#eq:x}\n\n$X$ square.\n\n::: why\nso\n:::\n::::\n'
  );
  expect(html).toContain('<p class="identity-title" data-section="2.1">Of a determinant</p>');
  expect(html).toContain(
    '<details class="identity-why">\n<summary>Derivation</summary>\n<p>so</p>\n</details>\n</section>'
  );
});

test("other words between colons stay text", () => {
  expect(render("::: nothing\nx\n:::\n")).not.toContain("<details");
});
