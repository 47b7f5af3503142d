import fs from "node:fs";
import {syncBuiltinESMExports} from "node:module";
import {posix, resolve} from "node:path";
import {transformSync, type TransformFailure} from "esbuild";
import {getModuleInfo} from "@observablehq/framework/dist/javascript/module.js";
import {parseProgram} from "@observablehq/framework/dist/javascript/parse.js";

/** A module as its file has it, what is wrong with it, and as it last parsed. */
interface Known {
  text: string;
  fault: string | null;
  good: string | null;
}

const modules = new Map<string, Known>();

/**
 * Lets Framework read a module that another program left unable to parse as it was when it last did, so that the cells
 * that import it keep what they show and do not run again. Only for the preview, and before Framework is loaded: it has
 * no place to hook into, but reads modules, and nothing else, as TypeScript text in "utf-8", so its reading is wrapped.
 * The editor reads bytes and gets the file's own.
 */
export function keepModules(): void {
  const {readFileSync} = fs;
  const {readFile} = fs.promises;
  const isModule = (path: unknown, encoding: unknown): path is string =>
    encoding === "utf-8" && typeof path === "string" && path.endsWith(".ts");
  fs.readFileSync = ((path: string, encoding: "utf-8") => {
    const text = readFileSync(path, encoding);
    return isModule(path, encoding) ? standing(path, text) : text;
  }) as typeof readFileSync;
  fs.promises.readFile = (async (path: string, encoding: "utf-8") => {
    const text = await readFile(path, encoding);
    return isModule(path, encoding) ? standing(path, text) : text;
  }) as typeof readFile;
  syncBuiltinESMExports();
}

/** The text that stands for a module's: its own when it parses, or when it never did. */
export function standing(path: string, text: string): string {
  const key = resolve(path);
  const before = modules.get(key);
  if (before?.text === text) return before.fault === null ? text : (before.good ?? text);
  const fault = faultOf(text);
  const good = fault === null ? text : (before?.good ?? null);
  modules.set(key, {text, fault, good});
  return good ?? text;
}

/** A module of a page: where it imports from, and what is wrong with it if it stands as it last parsed. */
interface Looked {
  imports: string[];
  stands: {file: string; fault: string} | undefined;
}

const looked = new WeakMap<object, Map<string, Looked>>(); // once a module and rendering of a page, for each asks the disk

/** A module that a cell imports, through others too, and that stands as it last parsed. */
export function standsFor(root: string, env: {path: string}, code: string): Looked["stands"] {
  const seen = looked.get(env) ?? new Map<string, Looked>();
  looked.set(env, seen);
  const specifiers = [...code.matchAll(/\b(?:from|import\()\s*["'](\.{1,2}\/[^"']+\.js)["']/g)].map(([, name]) => name);
  const paths = new Set(specifiers.map((name) => posix.join(posix.dirname(env.path), name)));
  for (const path of paths) {
    const module = seen.get(path) ?? look(root, path);
    seen.set(path, module);
    if (module.stands) return module.stands;
    for (const name of module.imports) paths.add(name);
  }
  return undefined;
}

function look(root: string, path: string): Looked {
  const names = getModuleInfo(root, path)?.localStaticImports ?? []; // which reads the module, if it has changed
  const imports = [...names].map((name) => posix.join(posix.dirname(path), name));
  const file = path.replace(/^\//, "").replace(/\.js$/, ".ts");
  const known = modules.get(resolve(root, file));
  return {imports, stands: known?.good && known.fault !== null ? {file, fault: known.fault} : undefined};
}

/** Why a module is none, or does not parse by either of Framework's parsers; null when it does. */
function faultOf(text: string): string | null {
  if (text === "") return "it is empty"; // as it is for a moment when another program writes it
  try {
    const {code} = transformSync(text, {
      loader: "ts",
      tsconfigRaw: '{"compilerOptions": {"verbatimModuleSyntax": true}}'
    });
    parseProgram(code);
    return null;
  } catch (error) {
    const [first] = (error as TransformFailure).errors ?? [];
    return first ? `line ${first.location?.line ?? 1} does not parse: ${first.text}` : (error as Error).message;
  }
}
