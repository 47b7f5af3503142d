import {readdirSync, readFileSync} from "node:fs";
import {transformSync} from "esbuild";
import {type Options, parse as parseWhole} from "acorn";
import {expect, test} from "vitest";
import {withoutExpressions} from "../../../tools/site/published/acorn.js";

const text = withoutExpressions(readFileSync("node_modules/acorn/dist/acorn.mjs", "utf8"));
const {parse} = (await import(`data:text/javascript;base64,${btoa(unescape(encodeURIComponent(text)))}`)) as {
  parse: typeof parseWhole;
};
const options: Options = {ecmaVersion: 13, sourceType: "module"}; // Framework's
const fault = (run: () => unknown) => {
  try {
    run();
    return null;
  } catch (error) {
    const {pos, message} = error as SyntaxError & {pos: number};
    return {pos, message};
  }
};

test("without its own check of regular expressions Acorn reads every component as with it", () => {
  const names = readdirSync("src/components", {recursive: true, encoding: "utf8"}).filter((name) =>
    name.endsWith(".ts")
  );
  expect(names.length).toBeGreaterThan(100);
  for (const name of names) {
    const {code} = transformSync(readFileSync(`src/components/${name}`, "utf8"), {loader: "ts", target: "es2022"});
    expect(JSON.stringify(parse(code, options))).toBe(JSON.stringify(parseWhole(code, options)));
  }
});

test("a regular expression that is none is refused at its place by both", () => {
  for (const bad of ["/(/", "/[z-a]/", "/a/gg", "/a**/", "/\\p{Nothing}/u", "/(?<a>.)(?<a>.)/"]) {
    const source = `const a = 1;\nconst b = ${bad};`;
    const [mine, theirs] = [parse, parseWhole].map((parse) => fault(() => parse(source, options)));
    expect(theirs).not.toBeNull();
    expect(mine?.pos).toBe(theirs!.pos);
    expect(mine!.message).toMatch(/(regular expression|flags).*\(2:\d+\)$/i);
  }
});

test("another Acorn than the known one fails the build", () => {
  expect(() => withoutExpressions("var x = 1;")).toThrow("expected its check of regular expressions");
});
