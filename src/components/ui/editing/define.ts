import type {CompiledCell} from "./compile.js";
import type {PageRuntime, Variable} from "./runtime.js";

/** A cell's place on the page: what it displays stands before a comment. */
interface Place {
  root: Comment;
  nodes: Node[];
  loading: Element | null;
  failed: boolean;
}

/**
 * Defines a compiled cell on the page, as Framework's client defines those of the build: each of its names becomes a
 * variable, `display` shows a value before the comment, and the values of an earlier run go when the next one shows its
 * first.
 */
export function defineCell(runtime: PageRuntime, root: Comment, cell: CompiledCell): Variable[] {
  const {id, inputs = [], outputs = [], body} = cell;
  const before = root.previousElementSibling;
  const loading = before?.localName === "observablehq-loading" && before.nextSibling === root ? before : null;
  const place: Place = {root, nodes: loading ? [loading] : [], loading, failed: false};
  const observer = {
    _node: root.parentNode,
    pending: () => place.failed && restart(place),
    rejected: (error: unknown) => fail(runtime, place, error)
  };
  const variable = runtime.module.variable(observer, {shadow: {}});
  if (inputs.some((name) => name === "display" || name === "view")) giveDisplay(runtime, variable, place, cell);
  variable.define(outputs.length ? `cell ${id}` : null, inputs, body);
  const names = outputs.map((name) =>
    runtime.module.variable(true).define(name, [`cell ${id}`], (values: Record<string, unknown>) => values[name])
  );
  return [variable, ...names];
}

/** Gives a cell its own `display` and `view`. */
function giveDisplay(runtime: PageRuntime, variable: Variable, place: Place, {mode, inputs = []}: CompiledCell): void {
  const implicit = 2; // a variable that exists because another refers to it
  const make = (shadow: boolean) => {
    const Kind = variable.constructor as new (...args: unknown[]) => Variable;
    return new Kind(implicit, variable._module, null, shadow ? {shadow: {}} : undefined);
  };
  let shown = -1;
  const display = make(false);
  const others = inputs.filter((name) => name !== "display" && name !== "view");
  display.define(null, others, () => {
    const version = variable._version;
    return (value: unknown) => {
      if (version < shown) throw new Error("stale display");
      if (version > shown) clear(place);
      shown = version;
      for (const node of nodesOf(runtime, value, mode)) show(place, node);
      return value;
    };
  });
  variable._shadow!.set("display", display);
  if (!inputs.includes("view")) return;
  const view = make(true);
  view._shadow!.set("display", display);
  view.define(
    null,
    ["display"],
    (display: (value: unknown) => unknown) => (value: unknown) => runtime.Generators.input(display(value))
  );
  variable._shadow!.set("view", view);
}

/** What a displayed value becomes: itself, text within a sentence, or the inspector's view of it. */
function nodesOf({Inspector}: PageRuntime, value: unknown, mode: CompiledCell["mode"]): Node[] {
  if (value instanceof Node) return value instanceof DocumentFragment ? [...value.childNodes] : [value];
  if (mode === "inline") {
    const many = typeof value === "object" && value !== null && Symbol.iterator in value;
    const values = many ? [...(value as Iterable<unknown>)] : [value];
    return values.map((part) => (part instanceof Node ? part : document.createTextNode(String(part))));
  }
  const box = document.createElement("div");
  new Inspector(box).fulfilled(value);
  return [box];
}

function show({root, nodes}: Place, node: Node): void {
  nodes.push(node);
  root.before(node);
}

function clear({nodes}: Place): void {
  for (const node of nodes.splice(0)) (node as ChildNode).remove();
}

function restart(place: Place): void {
  place.failed = false;
  clear(place);
  if (place.loading) show(place, place.loading);
}

function fail({Inspector}: PageRuntime, place: Place, error: unknown): void {
  place.failed = true;
  clear(place);
  const box = document.createElement("div");
  new Inspector(box).rejected(error);
  box.classList.add("observablehq--error");
  show(place, box);
}
