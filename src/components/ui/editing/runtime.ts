import {spareRoot} from "./pageSource.js";

/** What is used of Observable's runtime; its package has no types for these. */
export interface Variable {
  _name: string | null;
  _inputs: Variable[];
  _outputs: Set<Variable>;
  _definition: unknown;
  _observer: symbol | true | {_node?: Node};
  _shadow: Map<string, Variable> | null;
  _version: number;
  _module: RuntimeModule;
  define(name: string | null, inputs: string[], definition: unknown): Variable;
  delete(): void;
}
interface RuntimeModule {
  _runtime: {_variables: Set<Variable>};
  variable(observer: unknown, options?: {shadow: Record<string, unknown>}): Variable;
}

/** The runtime of the page that is shown. */
export interface PageRuntime {
  module: RuntimeModule;
  Inspector: new (node: Element) => {fulfilled(value: unknown): void; rejected(error: unknown): void};
  /** Framework's inputs: `view(input)` is what it yields. */
  Generators: {input(element: unknown): unknown};
}

/** Reaches the page's runtime: Framework's client defines a cell in the comment that every page has for it. */
export async function pageRuntime(root: URL, files: {client: string; runtime: string}): Promise<PageRuntime> {
  const {define} = await import(new URL(files.client, root).href);
  const {Inspector} = await import(new URL(files.runtime, root).href);
  const body = (variable: Variable, Generators: PageRuntime["Generators"]) => ({variable, Generators});
  const own = await new Promise<{variable: Variable; Generators: PageRuntime["Generators"]}>((resolve) =>
    define({
      id: spareRoot,
      inputs: ["@variable", "Generators"],
      body: (...inputs: Parameters<typeof body>) => resolve(body(...inputs))
    })
  );
  const module = own.variable._module;
  own.variable.delete();
  return {module, Inspector, Generators: own.Generators};
}

/** Cells that were taken out of the runtime, and can be put back as they were. */
export interface Suspended {
  restore(): void;
}

/** Takes the cells that display inside an element out of the runtime: their loops end, their names are free. */
export function suspend({module}: PageRuntime, element: Element): Suspended {
  const cells = [...module._runtime._variables].filter(({_observer}) => {
    const node = typeof _observer === "object" ? _observer._node : undefined;
    return node !== undefined && element.contains(node);
  });
  const variables = cells.flatMap((cell) => [cell, ...[...cell._outputs].filter(({_observer}) => _observer === true)]);
  const definitions = variables.map((variable) => ({
    variable,
    name: variable._name,
    inputs: variable._inputs.map((input) => nameOf(variable, input)),
    definition: variable._definition
  }));
  for (const variable of variables.toReversed()) variable.delete();
  return {
    restore() {
      for (const {variable, name, inputs, definition} of definitions) variable.define(name, inputs, definition);
    }
  };
}

/** What a cell calls an input: `display` and `view` are its own. */
function nameOf({_shadow}: Variable, input: Variable): string {
  const own = [...(_shadow ?? [])].find(([, variable]) => variable === input);
  return own ? own[0] : input._name!;
}
