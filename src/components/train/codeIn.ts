import {type CellCode, isCellCode} from "./cellCode.js";

type Exports = Record<string, unknown>;

/** How a worker comes by code. */
export interface Loader {
  /** The exports of a module of this site. */
  load(url: string): Promise<Exports>;
  /** The exports of a module with this text. */
  compile(text: string): Promise<Exports>;
}

/**
 * A configuration as its task is made from it: where a cell's code stands, what the code makes.
 *
 * @throws Error that names the field, if its code cannot be made, for example because it uses what it was not given.
 */
export async function withCode(config: Exports, loader: Loader): Promise<Exports> {
  const fields = Object.entries(config).map(async ([name, value]) => [
    name,
    isCellCode(value) ? await made(name, value, loader) : value
  ]);
  return Object.fromEntries(await Promise.all(fields)) as Exports;
}

async function made(name: string, {code, imports, inputs}: CellCode, {load, compile}: Loader): Promise<unknown> {
  const modules = Object.entries(imports).map(async ([as, url]) => [as, await load(url)]);
  const {default: make} = await compile(`export default ${code};\n//# sourceURL=cell-${name}.js\n`);
  const given = Object.fromEntries(await Promise.all(modules)) as Exports;
  const result: unknown = await explaining(name, () => (make as (...values: unknown[]) => unknown)(given, inputs));
  if (typeof result === "function") return explained(name, null, result as Method);
  if (typeof result !== "object" || result === null)
    throw new Error(`${name}: expected code that makes something, got ${String(result)}`);
  const parts = Object.entries(result).map(([key, part]) => [
    key,
    typeof part === "function" ? explained(name, result, part as Method) : part
  ]);
  return Object.fromEntries(parts);
}

type Method = (...values: unknown[]) => unknown;

const explained =
  (name: string, self: unknown, method: Method): Method =>
  (...values) =>
    explaining(name, () => method.apply(self, values));

/** Says of a name that is not there why it is not. */
function explaining<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new Error(`${name}: ${error.message}: a cell's code sees only its imports and its inputs`, {cause: error});
  }
}
