import ts from "typescript";
import {declared} from "../../check/names.js";
import {pageNames} from "../../check/virtual.js";
import type {Opened} from "./open.js";
import type {Completions, Explanation} from "./question.js";

const preferences: ts.UserPreferences = {importModuleSpecifierEnding: "js", includeCompletionsWithInsertText: false};
const most = 400;
const paths = new Set<string | undefined>(["script", "directory", "external module name"]);

/**
 * What may stand at an offset: members after a dot, paths in an import, else names, other cells' and Framework's among
 * them. A text's file declares of these only what the text mentions, so they are added here.
 */
export function complete(service: ts.LanguageService, opened: Opened, at: number): Completions | null {
  const {path, start, text} = opened;
  const answer = service.getCompletionsAtPosition(path, start + at, preferences);
  const found = (answer?.entries ?? []).map(({name, kind, sortText}) => ({label: name, kind, sortText}));
  const word = paths.has(found[0]?.kind) ? /[^/"'`]*$/ : /[\p{L}\p{N}_$]*$/u;
  const from = at - word.exec(text.slice(0, at))![0].length;
  const names = found.some(({label}) => label === "globalThis") ? namesOfPage(opened) : []; // not after a dot, nor in a text
  const known = new Set(names.map(({label}) => label));
  const fitting = [...names, ...found.filter(({label}) => !known.has(label))]
    .filter(({label}) => isWithin(text.slice(from, at), label))
    .sort((a, b) => (a.sortText < b.sortText ? -1 : Number(a.sortText > b.sortText)));
  if (!fitting.length) return null;
  const options = fitting.slice(0, most).map(({label, kind}) => ({label, kind}));
  return {from, complete: fitting.length <= most, options};
}

/** The type and the docstring of a completion. */
export function describe(service: ts.LanguageService, opened: Opened, at: number, label: string): Explanation | null {
  const {path, start} = opened;
  const details = service.getCompletionEntryDetails(path, start + at, label, {}, undefined, preferences, undefined);
  if (!details) return null;
  return {from: at, to: at, type: ts.displayPartsToString(details.displayParts), text: docstring(details)};
}

/** The type and the docstring of what stands at an offset. */
export function hover(service: ts.LanguageService, {path, start, text}: Opened, at: number): Explanation | null {
  const info = service.getQuickInfoAtPosition(path, start + at);
  if (!info) return null;
  const from = info.textSpan.start - start;
  if (from < 0 || from > text.length) return null;
  const type = ts.displayPartsToString(info.displayParts);
  return {from, to: from + info.textSpan.length, type, text: docstring(info)};
}

function docstring({documentation, tags = []}: Pick<ts.QuickInfo, "documentation" | "tags">): string {
  const lines = tags.map(({name, text}) => `@${name} ${ts.displayPartsToString(text)}`);
  return [ts.displayPartsToString(documentation), ...lines].filter(Boolean).join("\n");
}

function namesOfPage({cell, snippets}: Opened) {
  if (!cell) return [];
  const others = snippets.filter((snippet) => snippet !== cell.snippet).flatMap((snippet) => declared(snippet));
  const names = others.map(({name, kind}) => ({label: name, kind: kind === "value" ? "const" : kind, sortText: "10"}));
  const builtins = pageNames.map((name) => ({label: name, kind: "const", sortText: "12"}));
  return [...new Map([...builtins, ...names].map((name) => [name.label, name])).values()];
}

/** Whether the letters come in the label in this order, whatever their case. */
function isWithin(letters: string, label: string): boolean {
  let i = 0;
  const wanted = letters.toLowerCase();
  for (const letter of label.toLowerCase()) if (letter === wanted[i]) ++i;
  return i >= wanted.length;
}
