import {reals} from "../../components/math/field.js";
import {tape, type TapeNode} from "../../components/math/tape.js";
import {readExpression} from "./expression.js";

/** A formula's graph at a point: the tape, the name of each node, and every adjoint. */
export interface Computed {
  names: string[];
  nodes: TapeNode<number>[];
  /** What is written in a node: an input's name, a constant's value, an operation's sign. */
  labels: string[];
  /** ∂result/∂node by the node's place. */
  adjoints: number[];
  /** Place of the result. */
  output: number;
}

/**
 * Runs a formula on the tape, forward and back. Inputs without a value are 1.
 *
 * @throws RangeError if the formula cannot be read.
 */
export function computeGraph(text: string, at: Record<string, number>): Computed {
  const {names, f} = readExpression(text);
  const {nodes, field, input, pullBack} = tape(reals);
  const inputs = names.map((name) => input(at[name] ?? 1));
  const [result] = f(field, inputs);
  const labels = nodes.map(({name, value}, i) => names[i] ?? (name === "constant" ? String(value) : name));
  return {names, nodes, labels, adjoints: pullBack([result], [1]), output: result.index};
}

/**
 * ∂result/∂node as the sum over all paths from the node to the result of the product of the slopes along each.
 * Exponential in the worst case: it is here to be compared with the sweep.
 */
export function sumOverPaths(nodes: TapeNode<number>[], output: number, from: number): {sum: number; paths: number} {
  let [sum, paths] = [0, 0];
  const walk = (at: number, product: number) => {
    if (at === from) {
      sum += product;
      paths += 1;
    }
    for (const edge of nodes[at].edges) if (edge.from >= from) walk(edge.from, product * edge.slope);
  };
  walk(output, 1);
  return {sum, paths};
}

/** Paths from input 0 and edges of x ← x · x, repeated: the tape grows by 2 edges a time, the paths double. */
export function diamonds(length: number): {paths: number; edges: number; sum: number; sweep: number} {
  const {nodes, field, input, pullBack} = tape(reals);
  let x = input(0.999);
  const start = x.index;
  for (let k = 0; k < length; ++k) x = field.times(x, x);
  const {sum, paths} = sumOverPaths(nodes, x.index, start);
  return {
    paths,
    sum,
    edges: nodes.reduce((count, {edges}) => count + edges.length, 0),
    sweep: pullBack([x], [1])[start]
  };
}

/** The gradient when adjoints are overwritten instead of added up: the classic mistake, for comparison. */
export function overwriting(nodes: TapeNode<number>[], output: number): number[] {
  const adjoints = nodes.map(() => 0);
  adjoints[output] = 1;
  for (let k = output; k >= 0; --k) for (const {from, slope} of nodes[k].edges) adjoints[from] = slope * adjoints[k];
  return adjoints;
}
