/** What a cell's code may be given: data that JSON keeps as it is. */
export type Plain = null | boolean | number | string | Plain[] | {[name: string]: Plain};

/**
 * Code of a cell as plain data: it stands in a run's `config` beside the numbers, crosses to the worker with them and is
 * kept with every checkpoint. The worker makes of it what the code makes (codeIn.ts), before the task is made.
 */
export interface CellCode {
  /** A function's source: `(modules, inputs) => …`. */
  code: string;
  /** URLs of modules, by the names that the code has for them. */
  imports: Record<string, string>;
  inputs: Plain;
}

/**
 * Code that a cell supplies for training: an optimizer, a loss, a model. It sees what is passed to it and nothing else of
 * its page, since it runs in the worker.
 *
 *   slot.offer({
 *     optimizer: cellCode(
 *       {tf: import.meta.resolve("@tensorflow/tfjs"), tree: import.meta.resolve("../components/tensor/tree.js")},
 *       {scale: 1},
 *       ({tf, tree}: {tf: typeof Tf; tree: typeof Tree}, {scale}): Optimizer<{}> => ({
 *         init: () => ({}),
 *         update: (params, grads, state, rate) => [
 *           tree.map((p, g) => tf.sub(p, tf.mul(tf.sign(g), tf.mul(rate, scale))), params, grads), state
 *         ]
 *       })
 *     )
 *   });
 *
 * with `import type * as Tf from "@tensorflow/tfjs"`: a type is not loaded. Edited in the page, the cell runs again like
 * any other; a run that goes on keeps the code it began with, and the next one has the new.
 *
 * @param imports URLs, from `import.meta.resolve`, which the build follows.
 * @param make an arrow function or a function expression, not a method.
 * @throws Error if the inputs are more than plain data, or `make` is no such function.
 */
export function cellCode<M extends object, I extends Plain>(
  imports: {[K in keyof M]: string},
  inputs: I,
  make: (modules: M, inputs: I) => unknown
): CellCode {
  const fault = notPlain(inputs, "inputs");
  if (fault) throw new Error(`cellCode: expected plain ${fault.path}, got ${fault.what}`);
  const code = make.toString();
  if (!/^(async\s*)?(\(|function\b|[\p{L}_$][\p{L}\p{N}_$]*\s*=>)/u.test(code) || code.includes("[native code]"))
    throw new Error(`cellCode: expected an arrow function, got ${code.slice(0, 40)}`);
  const here = Object.entries<string>(imports).map(([name, url]) => [name, new URL(url, location.href).href]);
  return {code, imports: Object.fromEntries(here), inputs};
}

/** Whether a value of a configuration is code. */
export function isCellCode(value: unknown): value is CellCode {
  const it = value as CellCode | null;
  return typeof it === "object" && it !== null && typeof it.code === "string" && typeof it.imports === "object";
}

/** Where a page's cells offer code for the next run. */
export interface CodeSlot {
  /** Puts code in the place of what was offered under the same names. */
  offer(code: Record<string, CellCode>): void;
  /** What the next run is given, by field of its `config`. */
  offered(): Record<string, CellCode>;
  /** Whom to tell of an offer. */
  watch(listener: () => void): void;
}

/**
 * A slot between the cells that supply code and a trainer panel. The panel's cell names the slot, not the code: it would
 * run again, and end its run, with every edit.
 */
export function codeSlot(): CodeSlot {
  let held: Record<string, CellCode> = {};
  let tell = () => {};
  return {
    offer(code) {
      held = {...held, ...code};
      tell();
    },
    offered: () => held,
    watch: (listener) => void (tell = listener)
  };
}

function notPlain(value: unknown, path: string): {path: string; what: string} | null {
  if (value === null || typeof value === "boolean" || typeof value === "string") return null;
  if (typeof value === "number") return Number.isFinite(value) ? null : {path, what: String(value)};
  const plain =
    typeof value === "object" && [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value));
  if (!plain) return {path, what: typeof value === "object" ? value.constructor.name : typeof value};
  for (const [name, part] of Object.entries(value)) {
    const fault = notPlain(part, `${path}.${name}`);
    if (fault) return fault;
  }
  return null;
}
