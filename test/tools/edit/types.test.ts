import {mkdir, mkdtemp, rm, utimes, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {types} from "../../../tools/edit/types/client.js";
import type {Question} from "../../../tools/edit/types/question.js";
import {typeService} from "../../../tools/edit/types/service.js";
import {siteMarkdown} from "../../../tools/site/markdown.js";
import {parse} from "./workshop.js";

const component = `/** Twice a number. @param x any number. */
export const twice = (x: number): number => 2 * x;
export interface Point {
  /** To the right. */
  across: number;
  up: number;
}
`;
const page = `# Types

\`\`\`ts
import {twice, type Point} from "./components/twice.js";
const radius = view(Inputs.range([0, 1], {value: 0.5}));
\`\`\`

\`\`\`ts
const answer = twice(radius);
const later = Promise.resolve("text");
const steps = (async function* () { yield 1; })();
function area(r: number) { return r * r; }
\`\`\`

\`\`\`ts
display(answer);
\`\`\`

::: identity A title {eq:name}
$$ x = 1 $$

\`\`\`ts
const inside: Point = {across: answer, up: 1};
\`\`\`
:::
`;

let root: string;
let ask: ReturnType<typeof typeService>;
const put = async (name: string, text: string) => {
  await mkdir(dirname(join(root, name)), {recursive: true});
  await writeFile(join(root, name), text);
};
beforeAll(async () => {
  await mkdir(".cache", {recursive: true});
  root = (await mkdtemp(join(".cache", "types-"))).replaceAll("\\", "/");
  await put("components/twice.ts", component);
  await put("page.md", page);
  ask = typeService(root, normalizeConfig({root, markdownIt: siteMarkdown(root)}).md);
});
afterAll(() => rm(root, {recursive: true}));

const cells = parse(page).blocks.filter(({kind}) => kind === "cell");
/** A question about the third cell, with the text up to where ¦ stands in it as the offset. */
const asked = (marked: string, more: Partial<Question> = {}): Question => {
  const at = Math.max(0, marked.indexOf("¦"));
  return {ask: "diagnose", file: "page.md", id: cells[2].id, text: marked.replace("¦", ""), at, label: "", ...more};
};
const diagnose = (text: string, more: Partial<Question> = {}) => ask({...asked(text, more), ask: "diagnose"});
const labels = (marked: string) => (ask({...asked(marked), ask: "complete"})?.options ?? []).map(({label}) => label);
const shown = (marked: string) => ask({...asked(marked), ask: "hover"});

describe("diagnostics", () => {
  test("are none for a cell that is right, and see other cells' and components' types", () => {
    expect(diagnose("display(answer);")).toEqual([]);
    expect(diagnose("display(twice(answer) + area(radius) + steps + later.length);")).toEqual([]);
    expect(diagnose("const wrong: string = answer; display(wrong);")).toEqual([
      {from: 6, to: 11, severity: "error", message: "Type 'number' is not assignable to type 'string'."}
    ]);
    expect(diagnose("later.then(display);")[0].message).toContain("Property 'then' does not exist on type 'string'");
    expect(diagnose('twice("one");')).toMatchObject([{from: 6, to: 11, severity: "error"}]);
  });

  test.each([
    ["const x = ;", 10, "Expression expected"],
    ["const x = 1;\nexport const y = x;", 20, "'export'"],
    ["const x = (1;", 12, "')' expected"],
    ["answer = 3;", 0, "ssign"],
    ["display(nothing);", 8, "Cannot find name 'nothing'"],
    ["const area = 3; display(area);", 6, "area is already defined by another cell"],
    ['import {x} from "./components/none.js"; display(x);', 16, "Cannot find module"],
    ['import x from "https://example.org/x.js"; display(x);', 14, "lies outside the site"],
    ["const a: Point = {across: 1}; display(a);", 6, "Property 'up' is missing"]
  ])("%s is wrong at %i: %s", (text, from, message) => {
    const found = diagnose(text);
    expect(found[0]).toMatchObject({from, severity: "error"});
    expect(found[0].message).toContain(message);
    for (const {from, to} of found)
      expect([from >= 0, to <= text.length, from < to || from === text.length]).toEqual([true, true, true]);
  });

  test("a name that nothing uses is a warning; one that another cell uses is none", () => {
    expect(diagnose("{ const own = 1; }")).toMatchObject([{from: 8, to: 11, severity: "warning"}]);
    const imports = 'import {twice, type Point} from "./components/twice.js";';
    expect(diagnose(imports, {id: cells[0].id})[0]?.message).toBeUndefined();
    const more = imports.replace("twice,", "twice, twice as again,");
    expect(diagnose(more, {id: cells[0].id})).toMatchObject([
      {severity: "warning", message: expect.stringContaining("again")}
    ]);
  });

  test("follow the files as they change", async () => {
    const text = "const a: string = twice(1); display(a);";
    expect(diagnose(text)).toHaveLength(1);
    await put("components/twice.ts", component.replace("number => 2 * x", "string => `${2 * x}`"));
    await utimes(join(root, "components/twice.ts"), 1, 1);
    expect(diagnose(text)).toEqual([]);
    await put("components/twice.ts", component);
    expect(diagnose(text)).toHaveLength(1);
    await put("page.md", page.replace("twice(radius)", '"a text"'));
    expect(diagnose("const a: string = answer; display(a);")).toEqual([]);
    await put("page.md", page);
  });

  test("of a cell that another program has changed meanwhile see the rest of the page", () => {
    expect(diagnose("display(answer + area(1));", {id: "0123456789ab"})).toEqual([]);
  });

  test("of a component are those of its text, not of the file", () => {
    const of = (text: string) => diagnose(text, {file: "components/twice.ts", id: null});
    expect(of(component)).toEqual([]);
    expect(of(component.replace("number =>", "string =>"))).toMatchObject([{severity: "error"}]);
    expect(of("export const a = ;")).toMatchObject([{from: 17, severity: "error"}]);
    expect(of("export const a = display;")).toMatchObject([{from: 17, message: "Cannot find name 'display'."}]);
  });
});

describe("other cells", () => {
  const broken = (text: string, id = cells[0].id) => ask({...asked(text, {id}), ask: "elsewhere"});
  const first = cells[0].text;

  test("hear nothing of an edit that leaves their types right, or of one that does not parse", () => {
    expect(broken(first)).toEqual([]);
    expect(broken(first.replace("0.5", "0.25"))).toEqual([]);
    expect(broken("const radius = ;")).toEqual([]);
  });

  test("are named by number, line and message when the edit breaks their types, through another cell too", () => {
    const text = first.replace("view(Inputs.range([0, 1], {value: 0.5}))", '"wide"');
    const message = "Argument of type 'string' is not assignable to parameter of type 'number'.";
    expect(broken(text)).toEqual([{cell: 2, line: 9, message}]);
    expect(broken(cells[1].text.replace("twice(radius)", '"far"'), cells[1].id)).toEqual([
      {cell: 4, line: 23, message: "Type 'string' is not assignable to type 'number'."}
    ]);
  });

  test("are named when a name that they use is gone", () => {
    expect(broken("const other = 1; display(other);")).toEqual(
      expect.arrayContaining([{cell: 2, line: 9, message: "Cannot find name 'radius'."}])
    );
  });

  test("are not named for what was wrong before", async () => {
    await put("page.md", page.replace("display(answer);", "display(answer.nothing);"));
    const now = parse(page.replace("display(answer);", "display(answer.nothing);")).blocks.filter(
      ({kind}) => kind === "cell"
    );
    expect(broken(`${cells[1].text}\nconst more = 1;`, now[1].id)).toEqual([]);
    await put("page.md", page);
  });
});

describe("completion", () => {
  test("offers members of other cells' values, as the page sees them", () => {
    expect(labels("answer.to¦")).toEqual(expect.arrayContaining(["toFixed", "toString"]));
    expect(labels("later.¦")).toContain("trim");
    expect(labels("later.¦")).not.toContain("then");
  });

  test("offers names of other cells and of Framework that the text does not mention yet", () => {
    expect(labels("display(an¦)")).toContain("answer");
    expect(labels("ar¦")).toEqual(expect.arrayContaining(["area"]));
    expect(labels("In¦")).toContain("Inputs");
    expect(labels("const own = 1; display(ow¦)")).toContain("own");
  });

  test("offers the keys of an object, the names of a module, and paths", () => {
    expect(labels("const a: Point = {ac¦}")).toEqual(["across"]);
    expect(labels('import {tw¦} from "./components/twice.js"')).toContain("twice");
    expect(labels('import {matrix} from "../../src/components/math/¦"')).toContain("matrix.js");
  });

  test("begins where the word begins, and describes what it offers", () => {
    expect(ask({...asked("display(answer.toF¦)"), ask: "complete"})?.from).toBe("display(answer.".length);
    const described = ask({...asked("answer.¦"), ask: "describe", label: "toFixed"});
    expect(described?.type).toContain("toFixed(fractionDigits?: number): string");
    expect(ask({...asked("answer.¦"), ask: "describe", label: "nothing"})).toBeNull();
  });

  test("offers nothing inside a text", () => expect(labels('const t = "an¦"')).toEqual([]));
});

describe("hovering", () => {
  test("shows the type that the page gives a value, and the docstring of a component", () => {
    expect(shown("display(ans¦wer)")).toMatchObject({from: 8, to: 14, type: "const answer: number"});
    expect(shown("display(late¦r)")?.type).toBe("const later: string");
    expect(shown("tw¦ice(1)")?.type).toContain("twice(x: number): number");
    expect(shown("tw¦ice(1)")?.text).toContain("Twice a number.\n@param x any number.");
    expect(shown("const a: Point = 0 as never; a.acr¦oss;")?.text).toBe("To the right.");
  });

  test("shows nothing where there is nothing", () => {
    expect(shown("¦   ")).toBeNull();
    expect(shown("display(1);\n\n¦")).toBeNull();
  });
});

test("offsets beyond the text are taken as its end", () => {
  expect(() => ask({...asked("answer."), ask: "complete", at: 1e9})).not.toThrow();
  expect(() => ask({...asked(""), ask: "hover", at: 5})).not.toThrow();
});

test("the thread answers as the service does, and begins anew after it was ended", async () => {
  const thread = types(root);
  const question = {...asked("const wrong: string = answer; display(wrong);"), ask: "diagnose" as const};
  expect(await thread.ask(question)).toEqual(ask(question));
  await expect(thread.ask({...question, file: "none.md"})).rejects.toThrow("none.md");
  const cut = thread.ask({...question, text: "display(answer.toFixed(radius));"});
  await thread.end();
  await expect(cut).rejects.toThrow("ended");
  expect(await thread.ask(question)).toHaveLength(1);
  await thread.end();
}, 120_000);
