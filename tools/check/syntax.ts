import {readFileSync} from "node:fs";
import {transformSync} from "esbuild";
import ts from "typescript";
import {parseJavaScript, parseProgram} from "@observablehq/framework/dist/javascript/parse.js";
import {type Fault, faultOf, original} from "./faults.js";
import {problemIn, type Snippet} from "./snippets.js";
import type {Problem} from "./problem.js";

/**
 * What no compiler takes, and what only Framework's refuses: it strips the types and wants ECMAScript 2022 without
 * exports and without assignments to other cells' names. Its build shows such a fault on the page and exits with 0.
 */
export const syntaxProblems = (snippet: Snippet): Problem[] =>
  snippetFaults(snippet).map(({offset, message}) => problemIn(snippet, offset, message));

/** The same, by offsets in the snippet. */
export function snippetFaults({source, language, inline, page}: Snippet): Fault[] {
  const compile = (code: string) => parseJavaScript(code, {path: page.path, inline});
  return inline || language === "js" ? faultOf(source, compile) : typescriptFaults(source, compile);
}

/** The same for a component, which Framework would leave out of its dependency graph without a word. */
export function moduleProblems(file: string): Problem[] {
  const source = readFileSync(file, "utf8");
  return moduleFaults(source).map(({offset, message}) => {
    const before = source.slice(0, offset).split("\n");
    return {file, line: before.length, column: before.at(-1)!.length + 1, message};
  });
}

/** What is wrong with a component's source. */
export const moduleFaults = (source: string): Fault[] => typescriptFaults(source, parseProgram);

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
