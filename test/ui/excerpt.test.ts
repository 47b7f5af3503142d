import {expect, test} from "vitest";
import {declarationSpan, highlightedLines} from "../../src/components/ui/excerpt.js";

const file = `import {a} from "./a.js";

/** First. */
export function one(
  x: number
): number {
  // inside

  return x;
}

/**
 * Second,
 * over lines.
 */
export const two = 2;

// a reason
type Three = {
  x: number;
};

export function four(): Pair<
  One,
  Two
> {
  return pair;
}
`;
const lines = (symbol: string) => {
  const {from, to} = declarationSpan(file, symbol);
  return file.split("\n").slice(from, to).join("\n");
};

test("a function comes with its docstring and ends at its closing brace", () => {
  expect(lines("one")).toMatch(/^\/\*\* First\. \*\/\nexport function one\([^]*return x;\n}$/);
});

test("a constant of one line, and a type with a comment above it", () => {
  expect(lines("two")).toBe("/**\n * Second,\n * over lines.\n */\nexport const two = 2;");
  expect(lines("Three")).toBe("// a reason\ntype Three = {\n  x: number;\n};");
});

test("a return type that was broken over lines belongs to its function", () => {
  expect(lines("four")).toMatch(/^export function four[^]*return pair;\n}$/);
});

test("a name is matched whole, and one that is not there is an error", () => {
  expect(() => declarationSpan(file, "tw")).toThrow("declarationSpan: expected a declaration of tw, got none");
});

test("cut lines of highlighted code are balanced, also inside a comment that spans lines", () => {
  const html = 'x\n<span class="c">/* a\n b\n c */</span> y\nz';
  expect(highlightedLines(html, {from: 2, to: 3})).toBe('<span class="c"> b</span>');
  expect(highlightedLines(html, {from: 1, to: 4})).toBe(
    '<span class="c">/* a</span>\n<span class="c"> b</span>\n<span class="c"> c */</span> y'
  );
  expect(highlightedLines(html, {from: 4, to: 5})).toBe("z");
});
