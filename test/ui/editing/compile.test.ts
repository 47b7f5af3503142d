import {readdirSync, readFileSync} from "node:fs";
import {transformSync} from "esbuild";
import {expect, test} from "vitest";
import {parseJavaScript} from "@observablehq/framework/dist/javascript/parse.js";
import {normalizeConfig} from "@observablehq/framework/dist/config.js";
import {compileCell} from "../../../src/components/ui/editing/compile.js";
import {typeless} from "../../../src/components/ui/editing/types.js";
import {parsePage} from "../../../tools/edit/blocks.js";
import {siteMarkdown} from "../../../tools/site/markdown.js";

const {md} = normalizeConfig({root: "src", markdownIt: siteMarkdown("src")}, "src");
const files = readdirSync("src", {recursive: true, encoding: "utf8"}).filter((name) => !name.includes(".observablehq"));
const cells = files
  .filter((name) => name.endsWith(".md"))
  .flatMap((name) => parsePage(readFileSync(`src/${name}`), md).blocks)
  .filter(({kind, language}) => kind === "cell" && language === "ts");

const compile = (source: string, language: "ts" | "js" = "ts") =>
  compileCell({...sourceOf(source, language), resolve: (name) => `https://a.example/${name}`});
const sourceOf = (source: string, language = "ts") => ({
  ...{id: "x", path: "/week1/page", source},
  javascript: language === "ts" ? typeless(source) : source
});

/** As the build takes the types out. */
const built = (source: string) =>
  transformSync(source, {loader: "ts", tsconfigRaw: '{"compilerOptions": {"verbatimModuleSyntax": true}}'}).code;

/** A program as one printer writes it, without comments and empty statements. */
const printed = (javascript: string) =>
  transformSync(javascript, {loader: "js", minifyWhitespace: true, minifySyntax: true, legalComments: "none"}).code;

test("every cell of the site reads, defines and does in the browser's compiler what it does in the build's", () => {
  expect(cells.length).toBeGreaterThan(10);
  for (const {text} of cells) {
    const theirs = parseJavaScript(built(text), {path: "/week1/page"});
    const unique = (names: {name: string}[] | null) => [...new Set(names?.map(({name}) => name))];
    const {inputs = [], outputs = []} = compile(text);
    expect(inputs).toEqual(unique(theirs.references));
    expect(outputs).toEqual(unique(theirs.declarations));
    expect(printed(typeless(text))).toBe(printed(built(text)));
  }
});

test("the types of every component come out as in the build", () => {
  const components = files.filter((name) => /^components.*\.ts$/.test(name.replaceAll("\\", "/")));
  expect(components.length).toBeGreaterThan(100);
  const differ = components.filter((name) => {
    const text = readFileSync(`src/${name}`, "utf8");
    if (/constructor\([^)]*(readonly|private|public) /.test(text)) return false; // fields that are assigned, not declared
    return printed(typeless(text)) !== printed(built(text));
  });
  expect(differ).toEqual([]);
});

test("types that stand in odd places come out", async () => {
  const source = `let h!: number; h = 1;
try { throw 1; } catch (e: unknown) { h = e as number; }
enum E {A = 3}
class C { constructor(private readonly x?: number) {} m?(): void; get(this: C) { return this.x!; } }
const async1 = async <T,>(x: T): Promise<T> => x satisfies T;
const {p}: {p: number} = {p: <number>h};
return1(new Map<string, number>(), f<number>(1));`;
  const cell = compile(source);
  expect(cell.inputs).toEqual(["return1", "f"]);
  expect(cell.outputs).toEqual(["h", "E", "C", "async1", "p"]);
  const seen: unknown[] = [];
  const values = (await cell.body(
    (...args: unknown[]) => seen.push(...args),
    () => 7
  )) as Record<string, never>;
  expect([values.h, values.E, values.p, seen[1]]).toEqual([1, {A: 3, 3: "A"}, 1, 7]);
});

test("a TypeScript cell shows only what it passes to display, as in the build; a JavaScript one its value", () => {
  expect(compile("1 + 1").inputs).toBeUndefined();
  expect(compile("1 + 1", "js").inputs).toEqual(["display"]);
});

test("an import goes to the site's module, also one for its effect and one in the code", async () => {
  const urls: string[] = [];
  const resolve = (name: string) => {
    urls.push(name);
    return `data:text/javascript,export const x = ${urls.length};export default 1`;
  };
  const source =
    'import {x, type Y} from "../a.js";\nimport type {Z} from "../types.js";\nconst later = (await import("npm:d3")).x;';
  const cell = compileCell({...sourceOf(source), resolve});
  expect(urls).toEqual(["../a.js", "npm:d3"]);
  expect(cell.outputs).toEqual(["x", "later"]);
});

test.each([
  ["const y = 1;\nconst x: number = = 2;", 2, "="],
  ["const x: Map<string, number> = f(;", 1, ";"],
  ["const a: number = b ? 1 : (c = 3);", 1, "c"],
  ["let x: string = `${1 + }`;", 1, "}"],
  ["  export const a: number = 1;", 1, "e"],
  ["const window: number = 3;", 1, "w"]
])("a fault in %j is named where it is", (source, line, character) => {
  const fault = (() => {
    try {
      compile(source);
    } catch (error) {
      return error as {message: string; offset: number; status: number};
    }
    throw new Error("it compiles");
  })();
  expect(fault.status).toBe(422);
  expect(fault.message).toMatch(new RegExp(`^line ${line}, column \\d+: `));
  expect(source[fault.offset]).toBe(character);
});
