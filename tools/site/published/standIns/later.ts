/**
 * Stands where Framework's Markdown would parse cells at once: it lets them be collected, to be compiled afterwards, so
 * that a text without cells needs no parser.
 */
type Acorn = {Parser: new (...args: unknown[]) => object; tokTypes: Record<string, unknown>};
let acorn: Acorn;

/** Gives the parser, which finds where a `${…}` ends. */
export function provide(parser: {Parser: unknown; tokTypes: object}): void {
  acorn = parser as Acorn;
}

/** Acorn's parser, once it is there. */
export const Parser = function (...args: unknown[]) {
  return new acorn.Parser(...args);
};

/** Acorn's kinds of tokens, once they are there. */
export const tokTypes = new Proxy({} as Acorn["tokTypes"], {
  get: (_, name: string) => acorn.tokTypes[name]
});

/** As Framework's. */
export const acornOptions = {ecmaVersion: 13, sourceType: "module"};

const typed = "\0";

/** What a cell in a text is: its source and how it was written. */
export interface Collected {
  source: string;
  language: "ts" | "js";
  expression: false;
}

/** Marks TypeScript, for the compiler. */
export const transformJavaScriptSync = (source: string): string => typed + source;

/** Takes a cell as it stands. */
export const parseJavaScript = (input: string): Collected => ({
  source: input.replace(typed, ""),
  language: input.startsWith(typed) ? "ts" : "js",
  expression: false
});
