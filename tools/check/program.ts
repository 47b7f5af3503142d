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
    const {file, start = 0, code} = diagnostic;
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n  ");
    const cell = file && virtual.get(file.fileName);
    if (!file) problems.push({file: configuration ?? "tsconfig.json", line: 1, column: 1, message});
    else if (!cell) problems.push(problemOf(file, start, message));
    else if (skip(cell.snippet)) continue;
    else if (start >= cell.start && start <= cell.start + cell.snippet.source.length) {
      if (unused.has(code)) {
        problems.push(...unusedNames(cell, diagnostic, usedElsewhere));
        continue;
      }
      if (cell.snippet.language === "js" && implicitAny(code)) continue;
      if (code === cannotFindModule && reported(/'(.*)'/.exec(message)?.[1] ?? "")) continue;
      problems.push(problemIn(cell.snippet, start - cell.start, message));
    }
  }
  return problems;
}

/** What is unused by its own cell and, when it is a name of the page's, by the others too. */
function unusedNames(
  {snippet, start: from}: VirtualFile,
  {messageText, start = 0, length = 0}: ts.Diagnostic,
  usedElsewhere: TypeCheck["usedElsewhere"]
): Problem[] {
  const ofPage = declared(snippet).filter((name) => name.start >= start - from && name.start < start - from + length);
  if (!ofPage.length) return [problemIn(snippet, start - from, String(messageText))];
  return ofPage
    .filter(({name}) => !usedElsewhere(snippet, name))
    .map(({name, start: at}) => problemIn(snippet, at, `'${name}' is declared but its value is never read.`));
}

function problemOf(file: ts.SourceFile, start: number, message: string): Problem {
  const {line, character} = file.getLineAndCharacterOfPosition(start);
  const name = file.fileName.replace(`${resolve(".").replaceAll("\\", "/")}/`, "");
  return {file: name, line: line + 1, column: character + 1, message};
}

function readConfiguration(path: string): ts.ParsedCommandLine {
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
