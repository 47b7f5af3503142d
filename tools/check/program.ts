import {resolve} from "node:path";
import ts from "typescript";
import {declared} from "./names.js";
import {problemIn, type Snippet} from "./snippets.js";
import type {Problem} from "./problem.js";
import type {VirtualFile} from "./virtual.js";

/** Diagnostics that say nothing of a cell: an import may serve other cells; JavaScript cannot name its types. */
const unused = new Set([6133, 6192, 6196, 6198, 6199]);
const implicitAny = (code: number) => code >= 7005 && code <= 7053;
const cannotFindModule = 2307;

export interface TypeCheck {
  /** The project's own TypeScript files, by the configuration file that names them; none when it is null. */
  configuration: string | null;
  files: VirtualFile[];
  /** Snippets whose syntax is wrong already. */
  skip(snippet: Snippet): boolean;
  /** Whether another snippet of the page mentions a name of this one's. */
  usedElsewhere(snippet: Snippet, name: string): boolean;
  /** Specifiers already reported with a better message. */
  reported(specifier: string): boolean;
}

/** Checks the cells, and the project's files with them, in one program. */
export function typeProblems({configuration, files, skip, usedElsewhere, reported}: TypeCheck): Problem[] {
  const {options, fileNames} = readConfiguration(configuration ?? "tsconfig.json");
  const virtual = new Map(files.map((file) => [file.path, file]));
  const program = ts.createProgram({
    rootNames: [...(configuration ? fileNames : []), ...virtual.keys()],
    options,
    host: hostWith(virtual, options)
  });
  const problems: Problem[] = [];
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const {file, start = 0, messageText} = diagnostic;
    const message = ts.flattenDiagnosticMessageText(messageText, "\n  ");
    const cell = file && virtual.get(file.fileName);
    if (!file) problems.push({file: configuration ?? "tsconfig.json", line: 1, column: 1, message});
    else if (!cell) problems.push(problemOf(file, start, message));
    else if (!skip(cell.snippet))
      problems.push(
        ...findings(cell, diagnostic, {usedElsewhere, reported}).map(({start, message}) =>
          problemIn(cell.snippet, start, message)
        )
      );
  }
  return problems;
}

/** What the compiler says of a snippet's own source, by offsets there. */
export interface Finding {
  start: number;
  length: number;
  message: string;
  /** Whether it is but a name that nothing uses. */
  unused: boolean;
}

/** A diagnostic of a cell's file as findings of the cell: none for what the file has around the cell's own source. */
export function findings(
  {snippet, start: from}: VirtualFile,
  {start = 0, length = 0, code, messageText}: ts.Diagnostic,
  {usedElsewhere, reported}: Pick<TypeCheck, "usedElsewhere" | "reported">
): Finding[] {
  const at = start - from;
  if (at < 0 || at > snippet.source.length) return [];
  const message = ts.flattenDiagnosticMessageText(messageText, "\n  ");
  if (unused.has(code)) return unusedNames(snippet, {start: at, length, message, unused: true}, usedElsewhere);
  if (snippet.language === "js" && implicitAny(code)) return [];
  if (code === cannotFindModule && reported(/'(.*)'/.exec(message)?.[1] ?? "")) return [];
  return [{start: at, length, message, unused: false}];
}

/** What is unused by its own cell and, when it is a name of the page's, by the others too. */
function unusedNames(snippet: Snippet, found: Finding, usedElsewhere: TypeCheck["usedElsewhere"]): Finding[] {
  const {start, length} = found;
  const ofPage = declared(snippet).filter((name) => name.start >= start && name.start < start + length);
  if (!ofPage.length) return [found];
  const message = (name: string) => `'${name}' is declared but its value is never read.`;
  return ofPage
    .filter(({name}) => !usedElsewhere(snippet, name))
    .map(({name, start}) => ({start, length: name.length, message: message(name), unused: true}));
}

function problemOf(file: ts.SourceFile, start: number, message: string): Problem {
  const {line, character} = file.getLineAndCharacterOfPosition(start);
  const name = file.fileName.replace(`${resolve(".").replaceAll("\\", "/")}/`, "");
  return {file: name, line: line + 1, column: character + 1, message};
}

export function readConfiguration(path: string): ts.ParsedCommandLine {
  const host = {...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined};
  const parsed = ts.getParsedCommandLineOfConfigFile(path, {noEmit: true}, host);
  if (!parsed) throw new Error(`check: expected a TypeScript configuration in ${path}, got none`);
  return parsed;
}

const libraries = new Map<string, ts.SourceFile | undefined>(); // the same for every program of a process

function hostWith(virtual: Map<string, VirtualFile>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const {getSourceFile, fileExists, readFile} = host;
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => virtual.get(path)?.text ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const file = virtual.get(path);
    if (file) return ts.createSourceFile(path, file.text, rest[0], true);
    if (!path.includes("/node_modules/")) return getSourceFile(path, ...rest);
    if (!libraries.has(path)) libraries.set(path, getSourceFile(path, ...rest));
    return libraries.get(path);
  };
  return host;
}
