import type {Constant, Graph, Node, Port} from "./graph.js";

/** The name of a free batch size in a model. */
export const batchAxis = "N";

// Two sizes that no axis of a network has, so that where they stand the batch is meant.
const [one, other] = [1009, 1013];

/**
 * A graph for batches of any size, from one that holds for a given size. It is made at two sizes; what differs between
 * them, and is a whole multiple of the size, follows the input's first axis. Lists of integers (shapes, repeats, ends of
 * slices) are put together in the graph, from the shape of the images that came.
 *
 * @param input the tensor whose first axis is the batch.
 * @throws Error if something else depends on the size, an attribute or a number among the values.
 */
export function withFreeBatch(make: (size: number) => Graph, input: string): Graph {
  const [graph, twin] = [make(one), make(other)];
  if (JSON.stringify(graph.nodes) !== JSON.stringify(twin.nodes) || graph.constants.length !== twin.constants.length)
    throw new Error("withFreeBatch: expected the same operators at every batch size, got others");
  const count: Node = node("Shape", [input], "batch_size", {start: 0, end: 1});
  const lists: Node[] = [];
  const constants = graph.constants.flatMap((constant, i): Constant[] => {
    const [here, there] = [constant.data, twin.constants[i].data].map((data) => Array.from(data, Number));
    if (here.length === there.length && here.every((value, k) => Object.is(value, there[k]))) return [constant];
    const parts = here.map((value, k) => (value === there[k] ? {fixed: value} : {times: value / one}));
    const whole = parts.every(
      (part, k) => !part.times || (Number.isInteger(part.times) && part.times * other === there[k])
    );
    if (constant.type !== "int64" || here.length !== there.length || !whole)
      throw new Error(
        `withFreeBatch: expected shapes alone to follow the batch size, got ${readersOf(graph, constant)}`
      );
    const made = parts.map((part, k) => partOf(part, `${constant.name}_${k}`, count));
    lists.push(...made.flatMap(({nodes}) => nodes));
    lists.push(node("Concat", made.map(({name}) => name), constant.name, {axis: 0})); // prettier-ignore
    return made.flatMap(({constants}) => constants);
  });
  const free = (ports: Port[], twins: Port[]) => ports.map((port, i) => withFreeAxes(port, twins[i]));
  return {
    inputs: free(graph.inputs, twin.inputs),
    outputs: free(graph.outputs, twin.outputs),
    constants,
    nodes: lists.length ? [count, ...lists, ...graph.nodes] : graph.nodes
  };
}

/** One entry of a list: a number, the batch size, or a multiple of it. */
function partOf({fixed, times}: {fixed?: number; times?: number}, name: string, count: Node) {
  if (times === 1) return {name: count.outputs[0], nodes: [], constants: []};
  const value = integer(name, fixed ?? times!);
  if (times === undefined) return {name, nodes: [], constants: [value]};
  const product = node("Mul", [count.outputs[0], name], `${name}_times_batch`);
  return {name: product.outputs[0], nodes: [product], constants: [value]};
}

const integer = (name: string, value: number): Constant => ({
  ...{name, type: "int64", shape: [1]},
  data: BigInt64Array.of(BigInt(value))
});

const node = (operator: string, inputs: string[], output: string, attributes: Node["attributes"] = {}): Node => ({
  ...{operator, domain: "", inputs, outputs: [output], attributes}
});

const withFreeAxes = (port: Port, twin: Port): Port => ({
  ...port,
  axes: port.shape.map((size, axis) => (size === twin.shape[axis] ? null : batchAxis))
});

const readersOf = ({nodes}: Graph, {name}: Constant): string =>
  [...new Set(nodes.filter(({inputs}) => inputs.includes(name)).map(({operator}) => operator))].join(", ");
