import ts from "typescript";
import {importProblems} from "../../check/imports.js";
import {declared} from "../../check/names.js";
import {type Finding, findings} from "../../check/program.js";
import {moduleFaults, snippetFaults} from "../../check/syntax.js";
import {mentioned} from "../../check/virtual.js";
import type {Opened} from "./open.js";
import type {Diagnosis} from "./question.js";

/**
 * What is wrong with an open text. The same as `npm run check` says of it: what does not parse, here or in Framework;
 * then names, imports and types.
 */
export function diagnose(service: ts.LanguageService, opened: Opened): Diagnosis[] {
  const faults = opened.cell ? snippetFaults(opened.cell.snippet) : moduleFaults(opened.text);
  const errors = faults.map(({offset, message}) => ({start: offset, length: 0, message, unused: false}));
  const found = errors.length ? errors : [...namesAndImports(opened), ...types(service, opened)];
  return found.map(({start, length, message, unused}) => {
    const from = Math.min(start, opened.text.length);
    const to = Math.min(from + length, opened.text.length);
    return {from, to: Math.max(to, wordEnd(opened.text, from)), severity: unused ? "warning" : "error", message};
  });
}

function types(service: ts.LanguageService, {path, cell, snippets, start}: Opened): Finding[] {
  const list = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)];
  if (cell) {
    const others = snippets.filter((snippet) => snippet !== cell.snippet);
    const usedElsewhere = (_: unknown, name: string) => others.some(({source}) => mentioned(source).has(name));
    return list.flatMap((diagnostic) => findings(cell, diagnostic, {usedElsewhere, reported: () => false}));
  }
  return list.map(({start: at = 0, length = 0, messageText, reportsUnnecessary}) => {
    const message = ts.flattenDiagnosticMessageText(messageText, "\n  ");
    return {start: at - start, length, message, unused: reportsUnnecessary !== undefined};
  });
}

function namesAndImports({path, text, cell, snippets}: Opened): Finding[] {
  const source = ts.createSourceFile("open.ts", text, ts.ScriptTarget.ES2022, true);
  const file = cell ? cell.snippet.page.file : path;
  const imports = importProblems(source, file).map(({start, message, specifier}) => {
    return {start, length: specifier.length + 2, message, unused: false};
  });
  if (!cell) return imports;
  const taken = new Set(
    snippets
      .filter((other) => other !== cell.snippet)
      .flatMap((other) => declared(other))
      .map(nameOf)
  );
  const twice = declared(cell.snippet)
    .filter(({name}) => taken.has(name))
    .map(({name, start}) => {
      return {start, length: name.length, message: `${name} is already defined by another cell`, unused: false};
    });
  return [...imports, ...twice];
}

const nameOf = ({name}: {name: string}) => name;

/** The end of the word at an offset, so that a fault without a length is seen; at least one character. */
function wordEnd(text: string, from: number): number {
  const word = /^[\p{L}\p{N}_$]*/u.exec(text.slice(from))![0].length;
  return Math.min(from + Math.max(word, 1), text.length);
}
