/** Element types of ONNX that a step needs. */
export type ElementType = "float32" | "int32" | "int64" | "bool";
export type Elements = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** Integers, lists of integers and strings stand as they are; a float says so, since 1 could be either. */
export type Attribute = number | number[] | string | {float: number};

/** A named tensor at the border of the graph. */
export interface Port {
  name: string;
  type: ElementType;
  shape: number[];
  /** Names of the axes whose sizes are free; null where the shape holds. */
  axes?: (string | null)[];
}

export interface Constant extends Port {
  data: Elements;
}

export interface Node {
  operator: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, Attribute>;
}

/** What runs: inputs, constants and nodes in the order of execution, none of them idle. */
export interface Graph {
  inputs: Port[];
  outputs: Port[];
  constants: Constant[];
  nodes: Node[];
}

export interface NodeOptions {
  /** "" is the standard operator set. */
  domain?: string;
  /** How many outputs; 1 unless told. */
  outputs?: number;
}

/** A graph that grows node by node; tensors are known by their names. */
export interface GraphBuilder {
  input(name: string, type: ElementType, shape: number[]): string;
  constant(type: ElementType, shape: number[], data: Elements): string;
  /** A list of int64, as shapes, axes and paddings are given. */
  integers(values: number[]): string;
  float(value: number): string;
  /** The same operator on the same inputs is one node: the second call returns the first one's output. */
  node(operator: string, inputs: string[], attributes?: Record<string, Attribute>, options?: NodeOptions): string;
  /** `node` for operators of several outputs. */
  nodes(operator: string, inputs: string[], attributes: Record<string, Attribute>, options: NodeOptions): string[];
  /** The node that makes a tensor; none makes an input or a constant. */
  maker(tensor: string): Node | undefined;
  /** Gives a tensor out under a name of its own. */
  output(name: string, tensor: string, type: ElementType, shape: number[]): void;
  /** The graph without what no output needs: nodes, constants and inputs. */
  finish(): Graph;
}

const shortest = 64; // longer constants are not compared: a step has few of them

/** An empty graph. Common subexpressions are one node from the start, dead ones go at the end. */
export function graphBuilder(): GraphBuilder {
  const graph: Graph = {inputs: [], outputs: [], constants: [], nodes: []};
  const known = new Map<string, string[]>();
  const makers = new Map<string, Node>();
  let count = 0;
  const once = (key: string | null, make: () => string[]): string[] => {
    const found = key === null ? undefined : known.get(key);
    if (found) return found;
    const made = make();
    if (key !== null) known.set(key, made);
    return made;
  };
  const push = (node: Node) => {
    graph.nodes.push(node);
    for (const output of node.outputs) makers.set(output, node);
    return node.outputs;
  };
  const self: GraphBuilder = {
    input(name, type, shape) {
      graph.inputs.push({name, type, shape});
      return name;
    },
    constant(type, shape, data) {
      const key = data.length > shortest ? null : `${type}|${shape}|${Array.from(data, exact)}`;
      return once(key, () => {
        const name = `constant_${count++}`;
        graph.constants.push({name, type, shape, data});
        return [name];
      })[0];
    },
    integers: (values) => self.constant("int64", [values.length], BigInt64Array.from(values.map(BigInt))),
    float: (value) => self.constant("float32", [], Float32Array.of(value)),
    node: (operator, inputs, attributes = {}, options = {}) => self.nodes(operator, inputs, attributes, options)[0],
    nodes(operator, inputs, attributes, {domain = "", outputs = 1}) {
      return once(JSON.stringify([domain, operator, inputs, attributes, outputs]), () => {
        const names = Array.from({length: outputs}, () => `${operator}_${count++}`);
        return push({operator, domain, inputs, outputs: names, attributes});
      });
    },
    maker: (tensor) => makers.get(tensor),
    output(name, tensor, type, shape) {
      push({operator: "Identity", domain: "", inputs: [tensor], outputs: [name], attributes: {}});
      graph.outputs.push({name, type, shape});
    },
    finish: () => withoutIdle(graph)
  };
  return self;
}

/** −0 and 0 are different constants. */
const exact = (value: number | bigint) => (Object.is(value, -0) ? "-0" : String(value));

/** What makes a tensor that is given out makes it under that name: no copy. Only inputs, constants and repeats are copied. */
function namedByOutputs(nodes: Node[]): Node[] {
  const made = new Set(nodes.filter(({operator}) => operator !== "Identity").flatMap(({outputs}) => outputs));
  const names = new Map<string, string>();
  const copies = nodes.filter(({operator, inputs: [from], outputs: [to]}) => {
    if (operator !== "Identity" || !made.has(from) || names.has(from)) return true;
    names.set(from, to);
    return false;
  });
  const named = (name: string) => names.get(name) ?? name;
  return copies.map((node) => ({...node, inputs: node.inputs.map(named), outputs: node.outputs.map(named)}));
}

function withoutIdle({inputs, outputs, constants, nodes}: Graph): Graph {
  const needed = new Set(outputs.map(({name}) => name));
  const kept = nodes.toReversed().filter((node) => {
    const used = node.outputs.some((name) => needed.has(name));
    if (used) for (const name of node.inputs) needed.add(name);
    return used;
  });
  const wanted = <T extends Port>(ports: T[]) => ports.filter(({name}) => needed.has(name));
  return {inputs: wanted(inputs), outputs, constants: wanted(constants), nodes: namedByOutputs(kept.reverse())};
}
