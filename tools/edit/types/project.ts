import {statSync} from "node:fs";
import ts from "typescript";
import {readConfiguration} from "../../check/program.js";

/** The compiler's view of the source tree, with some files of our own text laid over it. */
export interface Project {
  service: ts.LanguageService;
  /** Makes these files, by path, the ones that are looked at: what they import comes along. */
  open(files: Map<string, string>): void;
}

/** A language service over the files on disk. Only the open files and what they import are read. */
export function project(configuration: string): Project {
  const {options} = readConfiguration(configuration);
  const laid = new Map<string, {text: string; version: number}>();
  let versions = 0; // a file that is laid over the tree again has none of its earlier versions
  let roots: string[] = [];
  let seen = new Map<string, string>(); // versions on disk, looked up once an opening
  const onDisk = (path: string) => {
    if (path.includes("/node_modules/")) return "0";
    const known = seen.get(path) ?? String(statSync(path, {throwIfNoEntry: false})?.mtimeMs);
    seen.set(path, known);
    return known;
  };
  const text = (path: string) => laid.get(path)?.text ?? ts.sys.readFile(path);
  const snapshot = (path: string) => {
    const content = text(path);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  };
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => roots,
    getScriptVersion: (path) => (laid.has(path) ? `laid ${laid.get(path)!.version}` : onDisk(path)),
    getScriptSnapshot: snapshot,
    getCurrentDirectory: () => process.cwd(),
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (path) => laid.has(path) || ts.sys.fileExists(path),
    readFile: text,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    realpath: ts.sys.realpath
  });
  return {
    service,
    open(files) {
      seen = new Map();
      roots = [...files.keys()];
      for (const path of laid.keys()) if (!files.has(path)) laid.delete(path);
      for (const [path, text] of files) if (laid.get(path)?.text !== text) laid.set(path, {text, version: ++versions});
    }
  };
}
