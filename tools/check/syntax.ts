import {readFileSync} from "node:fs";
import {SourceMap} from "node:module";
import {transformSync} from "esbuild";
import ts from "typescript";
import {parseJavaScript, parseProgram} from "@observablehq/framework/dist/javascript/parse.js";
import {problemIn, type Snippet} from "./snippets.js";
import type {Problem} from "./problem.js";

/** A fault of a source and its offset there. */
interface Fault {
  offset: number;
  message: string;
}

/**
 * What no compiler takes, and what only Framework's refuses: it strips the types and wants ECMAScript 2022 without
 * exports and without assignments to other cells' names. Its build shows such a fault on the page and exits with 0.
 */
export function syntaxProblems(snippet: Snippet): Problem[] {
  const {source, language, inline, page} = snippet;
  const compile = (code: string) => parseJavaScript(code, {path: page.path, inline});
  const faults = inline || language === "js" ? faultOf(source, compile) : typescriptFaults(source, compile);
  return faults.map(({offset, message}) => problemIn(snippet, offset, message));
}

/** The same for a component, which Framework would leave out of its dependency graph without a word. */
export function moduleProblems(file: string): Problem[] {
  const source = readFileSync(file, "utf8");
  return typescriptFaults(source, parseProgram).map(({offset, message}) => {
    const before = source.slice(0, offset).split("\n");
    return {file, line: before.length, column: before.at(-1)!.length + 1, message};
  });
}

function typescriptFaults(source: string, compile: (code: string) => unknown): Fault[] {
  const compilerOptions = {target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext};
  const {diagnostics = []} = ts.transpileModule(source, {compilerOptions, reportDiagnostics: true});
  if (diagnostics.length)
    return diagnostics.map(({start = 0, messageText}) => {
      return {offset: start, message: ts.flattenDiagnosticMessageText(messageText, " ")};
    });
  const {code, map} = transformSync(source, {
    loader: "ts",
    sourcemap: "external",
    tsconfigRaw: '{"compilerOptions": {"verbatimModuleSyntax": true}}'
  });
  return faultOf(code, compile).map(({offset, message}) => ({offset: original(source, code, map, offset), message}));
}

/** The offset in the TypeScript of an offset in the JavaScript made from it: the nearest mapped place on its line. */
function original(source: string, code: string, map: string, offset: number): number {
  const sourceMap = new SourceMap(JSON.parse(map));
  const before = code.slice(0, offset).split("\n");
  const [row, length] = [before.length - 1, code.split("\n")[before.length - 1].length];
  for (let column = before.at(-1)!.length; column <= length; ++column) {
    const entry = sourceMap.findEntry(row, column);
    if (!("originalLine" in entry) || entry.generatedLine !== row) continue;
    const lines = source.split("\n").slice(0, entry.originalLine);
    return lines.reduce((sum, line) => sum + line.length + 1, entry.originalColumn);
  }
  return 0;
}

function faultOf(code: string, compile: (code: string) => unknown): Fault[] {
  try {
    compile(code);
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, text, line, column] = /^(.*?)(?: \((\d+):(\d+)\))?$/s.exec(error.message)!; // acorn's way, and Framework's
    const before = code.split("\n").slice(0, Number(line ?? 1) - 1);
    return [{offset: before.reduce((sum, {length}) => sum + length + 1, Number(column ?? 0)), message: text}];
  }
}
