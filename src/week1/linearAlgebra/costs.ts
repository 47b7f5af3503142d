import {jvp} from "../../components/math/dual.js";
import {type Differentiable, type Field, counting, inner, reals} from "../../components/math/field.js";
import {build} from "../../components/math/matrix.js";
import {tanh} from "../../components/math/primitives.js";
import {hessianVector, tape, vjp} from "../../components/math/tape.js";

/** A network n → 8 → m, for any n, with fixed weights: what it computes does not matter here, how much does. */
export const network =
  (outputs: number): Differentiable =>
  (o, x) => {
    const layer = (rows: number, values: typeof x) =>
      build(rows, values.length, (i, j) => Math.sin(i + 2 * j + 1) / values.length).map((row) =>
        o.map(tanh, inner(o, row.map(o.constant), values))
      );
    return layer(outputs, layer(8, x));
  };

function operations(work: (o: Field<number>) => void): number {
  const {field, operations} = counting(reals);
  work(field);
  return operations();
}

/** Operations (+ − × ÷ and each function as one) of a network from n numbers to m and of its derivatives. */
export function costs(inputs: number, outputs: number) {
  const f = network(outputs);
  const x = Array.from({length: inputs}, (_, i) => Math.cos(i));
  const direction = x.map(() => 1);
  const weights = Array.from({length: outputs}, () => 1);
  const value = operations((o) => f(o, x));
  const forward = operations((o) => jvp(f, x, direction, o));
  const reverse = operations((o) => vjp(f, x, weights, o));
  return {
    value,
    forward,
    reverse,
    byColumns: inputs * forward,
    byRows: outputs * reverse,
    differences: 2 * inputs * value
  };
}

/** A row of the tape's table. */
export interface TapeRow {
  place: string;
  operation: string;
  value: number;
  tangent: number;
  adjoint: number;
}

/** f(x, y) = tanh(x y) + x, operation by operation: values and tangents downwards, adjoints from below. */
export function tapeRows(x: number, y: number, direction: [number, number]): TapeRow[] {
  const f: Differentiable = (o, [a, b]) => [o.plus(o.map(tanh, o.times(a, b)), a)];
  const {nodes, field, input, pullBack} = tape(reals);
  const inputs = [input(x), input(y)];
  const adjoints = pullBack(f(field, inputs), [1]);
  const tangents: number[] = [];
  for (const {index, edges} of nodes)
    tangents.push(index < 2 ? direction[index] : edges.reduce((sum, {from, slope}) => sum + slope * tangents[from], 0));
  const name = (index: number) => (index < 2 ? "xy"[index] : `n${index + 1}`);
  return nodes.map(({index, name: operation, value, edges}) => {
    const [first, second] = edges.map(({from}) => name(from));
    const done = second ? `${first} ${operation} ${second}` : first ? `${operation} ${first}` : operation;
    return {place: name(index), operation: done, value, tangent: tangents[index], adjoint: adjoints[index]};
  });
}

/** Operations of one Hessian-vector product of a scalar network over those of its value. */
export function hessianVectorFactor(inputs: number): number {
  const f = network(1);
  const x = Array.from({length: inputs}, (_, i) => Math.cos(i));
  return operations((o) => hessianVector(f, x, x, o)) / operations((o) => f(o, x));
}
