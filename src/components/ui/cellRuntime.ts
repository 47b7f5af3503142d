import {Runtime} from "observablehq:runtime";
import {loopOf, listening} from "./cellLoop.js";
import {placeOf} from "./cellPlace.js";

/** What is used of the runtime's variables; its package has no types for these. */
interface Variable {
  _observer: symbol | true | {_node?: Node};
  _inputs: Variable[];
  _module: {_runtime: {_variables: Set<Variable>; _updates: Set<Variable>; _compute(): unknown}};
  _invalidate(): void;
  _pending(): void;
  _fulfilled(value: unknown): void;
  _rejected(error: unknown): void;
  define(...definition: unknown[]): Variable;
}
type Body = (this: unknown, ...inputs: unknown[]) => unknown;

export type CellState = "fresh" | "running" | "stale" | "failed";

/** Its fence says `run=ask`, or the reader stopped it. */
export type Waiting = "asked" | "stopped";

/** A cell of the page as the runtime has it. */
export interface Cell {
  /** What it displays in. */
  node: HTMLElement;
  state: CellState;
  /** When the state began, in milliseconds of `performance.now()`. */
  since: number;
  /** Why it waits for the reader to run it, if it does. */
  waits: Waiting | null;
  run(): void;
  stop(): void;
}

interface Kept extends Cell {
  variable: Variable;
  open: (() => void) | null;
  cancel(): void;
  /** Ends what the cell's own code awaits. */
  end: (() => void) | null;
  loops: Set<() => void>;
  failed: Set<Variable>;
  phase: "waiting" | "entered" | "settled" | "stopped";
  asked: boolean;
}

const cells = new Map<Variable, Kept>();
const known = new WeakMap<Variable, Kept>(); // also those that were taken out of the runtime, and may come back
const wrapped = new WeakSet<Body>();
let changed = (): void => undefined;

/**
 * The cells that the page has now. They are known from the first on, when this module runs before the page's own: it
 * looks over the shoulder of the runtime, whose variables tell when they wait, run, are done, and fail.
 *
 * - **stale**: an input has changed and the cell's code has not been called since: it waits for another cell, or, when
 *   its fence says `run=ask`, for the reader. Also a cell that the reader stopped.
 * - **running**: its code was called and has not come to its end, or a generator of its own goes on. What only listens
 *   (`view`, `Mutable`, `Generators`) does not run.
 * - **failed**: its code threw, or what it needs has failed. Else it is **fresh**.
 */
export function cellsOfPage(): Cell[] {
  for (const [variable] of cells) if (!variable._module._runtime._variables.has(variable)) cells.delete(variable);
  return [...cells.values()].filter(({node}) => node.isConnected);
}

/** Calls a function whenever a cell may have come into another state. */
export function watchCells(listener: () => void): void {
  changed = listener;
}

const prototype = Object.getPrototypeOf(new Runtime().module().variable()) as Variable;
const {define, _pending, _fulfilled, _rejected} = prototype;

prototype.define = function (...definition) {
  const [name, inputs, body] = definition as [string | null, string[], Body];
  if (wrapped.has(body)) comeBack(this);
  if (definition.length < 3 || typeof body !== "function" || wrapped.has(body)) return define.apply(this, definition);
  const own = typeof this._observer === "object" && this._observer._node !== undefined;
  const output = this._observer === true && inputs.length === 1 && /^cell /.test(inputs[0]);
  if (!own && !output) return define.apply(this, definition);
  const made = own ? bodyOf(keep(this), {inputs, named: name !== null}, body) : outputOf(this, body);
  wrapped.add(made);
  return define.call(this, name, inputs, made);
};

prototype._pending = function () {
  const cell = cells.get(this);
  if (cell) {
    cell.cancel();
    become(cell, "waiting");
  }
  forgive(this);
  _pending.call(this);
};

prototype._fulfilled = function (value) {
  const cell = cells.get(this);
  if (cell && cell.phase !== "stopped") become(cell, "settled");
  _fulfilled.call(this, value);
};

prototype._rejected = function (error) {
  const cell = cells.get(this) ?? cells.get(this._inputs[0]);
  cell?.failed.add(this);
  if (cell) become(cell, cell.variable === this && cell.phase !== "stopped" ? "settled" : cell.phase);
  _rejected.call(this, error);
};

/** A variable is computed anew: what it said before is forgotten. */
function forgive(variable: Variable): void {
  const cell = cells.get(variable) ?? cells.get(variable._inputs[0]);
  if (cell?.failed.delete(variable)) settle(cell);
}

function become(cell: Kept, phase: Kept["phase"]): void {
  cell.phase = phase;
  settle(cell);
}

function settle(cell: Kept): void {
  const {phase, loops, failed} = cell;
  const runs = phase === "entered" || loops.size > 0;
  const waits = phase === "waiting" || phase === "stopped";
  const state = runs ? "running" : waits ? "stale" : failed.size ? "failed" : "fresh";
  cell.waits = phase === "stopped" ? "stopped" : cell.open && "asked";
  if (state !== cell.state) Object.assign(cell, {state, since: performance.now()});
  changed();
}

/** A cell that was taken out of the runtime and is defined again as it was: the reader's own text in its place is gone. */
function comeBack(variable: Variable): void {
  const cell = known.get(variable);
  if (!cell || cells.has(variable)) return;
  cell.loops.clear();
  cell.failed.clear();
  Object.assign(cell, {open: null, end: null, cancel: () => undefined, asked: false});
  cells.set(variable, cell);
  become(cell, "waiting");
}

function keep(variable: Variable): Kept {
  const first = (variable._observer as {_node: HTMLElement})._node;
  const place = placeOf(first);
  const cell: Kept = {
    get node() {
      return place?.parentElement ?? first;
    },
    ...{variable, state: "stale", since: performance.now(), waits: null, phase: "waiting", asked: false},
    ...{open: null, end: null, cancel: () => undefined, loops: new Set<() => void>(), failed: new Set<Variable>()},
    run() {
      if (cell.open) return cell.open();
      if (cell.phase !== "stopped") return;
      const runtime = variable._module._runtime;
      cell.asked = true;
      runtime._updates.add(variable);
      runtime._compute();
    },
    stop() {
      if (cell.state !== "running") return;
      for (const end of cell.loops) end();
      cell.loops.clear();
      variable._invalidate();
      cell.end?.();
      become(cell, "stopped");
    }
  };
  cells.set(variable, cell);
  known.set(variable, cell);
  return cell;
}

/** A cell's code that tells when it is called, waits to be asked if it must, and can be ended. */
function bodyOf(cell: Kept, {inputs, named}: {inputs: string[]; named: boolean}, body: Body): Body {
  return function (...values) {
    const given = values.map((value, i) => listening(inputs[i], value));
    const start = () => {
      become(cell, "entered");
      const result = loopOf(cell.loops, body.apply(this, given), () => settle(cell));
      if (!(result instanceof Promise)) return result;
      const ended = new Promise((resolve, reject) => {
        const nothing = named && this === undefined; // others need a value, and there is no earlier one
        cell.end = () => (nothing ? reject(new Error("The cell was stopped.")) : resolve(this));
      });
      return Promise.race([result, ended]);
    };
    return cell.node.dataset.run === "ask" && !cell.asked ? asked(cell).then(start) : ((cell.asked = false), start());
  };
}

/** Waits until the reader asks for the cell; given up when an input changes once more. */
function asked(cell: Kept): Promise<void> {
  return new Promise((open, reject) => {
    const answer = (then: () => void) => () => {
      Object.assign(cell, {open: null, cancel: () => undefined});
      then();
    };
    cell.open = answer(open);
    cell.cancel = answer(() => reject(new Error("An input has changed.")));
    settle(cell);
  });
}

/** The value of one of a cell's names, whose generator is part of the cell's running. */
function outputOf(variable: Variable, body: Body): Body {
  return (...exports) => {
    const cell = cells.get(variable._inputs[0]);
    const value = body(...exports);
    return cell ? loopOf(cell.loops, value, () => settle(cell)) : value;
  };
}
