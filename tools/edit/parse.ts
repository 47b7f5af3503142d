import type MarkdownIt from "markdown-it";
import {transform, type TransformFailure} from "esbuild";
import {parseJavaScript, parseProgram} from "@observablehq/framework/dist/javascript/parse.js";
import {type Fault, faultOf, offsetAt, original} from "../check/faults.js";
import {mapOffset, type Page} from "../check/page.js";
import {snippets} from "../check/snippets.js";
import type {Block} from "./blocks.js";
import {Refusal} from "./refusal.js";

/**
 * Lets no code be saved that does not parse: the preview would put "SyntaxError" in the place of the cell's last good
 * result, and nothing could bring that back after a reload. What was typed stays with the reader, as a draft.
 *
 * @param text what the editor shows: the code of a cell, a whole component, or markdown with its cells and `${…}`.
 * @throws Refusal with status 422 and the fault, `{offset, message}` in the text.
 */
export async function refuseFaults(
  text: string,
  what: Block["kind"] | "component",
  {md, path, language = "ts"}: Parsing
) {
  const compile = (code: string) => parseJavaScript(code, {path});
  const code = what === "cell" || what === "component";
  const faults = code
    ? await codeFaults(text, language, what === "cell" ? compile : parseProgram)
    : what === "listing"
      ? []
      : await markdownFaults(text, md, path);
  const [fault] = faults;
  if (!fault) return;
  const line = text.slice(0, fault.offset).split("\n").length;
  throw new Refusal(422, `line ${line} does not parse: ${fault.message}`, {fault});
}

interface Parsing {
  md: MarkdownIt;
  /** Of the page in the site: imports lead out of it. */
  path: string;
  /** Of a fence. */
  language?: string;
}

/** What of the code in a block of markdown does not parse. */
async function markdownFaults(text: string, md: MarkdownIt, path: string): Promise<Fault[]> {
  const tokens = md.parse(text, {code: [], startLine: 0, currentLine: 0, path, equations: new Map()});
  const lineStarts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) lineStarts.push(i + 1);
  const nowhere = {name: "page.md", file: "page.md", path, firstLine: 0, equations: new Map(), problems: []};
  const page: Page = {...nowhere, text, lineStarts, tokens};
  for (const {source, language, inline, lines} of snippets(page).snippets) {
    const compile = (code: string) => parseJavaScript(code, {path, inline});
    const [fault] = await codeFaults(source, inline ? "js" : language, compile);
    if (fault) return [{offset: mapOffset(source, lines, fault.offset), message: fault.message}];
  }
  return [];
}

/** As Framework does it: the types are taken away, then the JavaScript is parsed. Other languages are not looked at. */
async function codeFaults(source: string, language: string, compile: (code: string) => unknown): Promise<Fault[]> {
  if (language === "js") return faultOf(source, compile);
  if (language !== "ts") return [];
  try {
    const tsconfigRaw = '{"compilerOptions": {"verbatimModuleSyntax": true}}';
    const {code, map} = await transform(source, {loader: "ts", sourcemap: "external", tsconfigRaw});
    return faultOf(code, compile).map(({offset, message}) => ({offset: original(source, code, map, offset), message}));
  } catch (error) {
    const [{text, location}] = (error as TransformFailure).errors;
    if (!location) return [{offset: 0, message: text}];
    const column = Buffer.from(location.lineText).subarray(0, location.column).toString().length; // counted in bytes
    return [{offset: offsetAt(source, location.line, column), message: text}];
  }
}
