import {duals} from "./dual.js";
import {type Differentiable, type Field, type Primitive, evaluate, reals} from "./field.js";
import {identity, type Matrix, type Vector} from "./matrix.js";

/** One operation that was done: its result, and how the result depends on each of its arguments. */
export interface TapeNode<S> {
  /** Its place on the tape; its arguments stand before it. */
  index: number;
  /** `input`, `constant`, `+`, `−`, `×`, `÷`, or the name of a primitive. */
  name: string;
  value: S;
  /** ∂value/∂argument for each argument, by the argument's place. */
  edges: {from: number; slope: S}[];
}

export interface Tape<S> {
  nodes: TapeNode<S>[];
  /** Operations that compute, and write down what they did. */
  field: Field<TapeNode<S>>;
  input(value: S): TapeNode<S>;
  /**
   * The adjoint of every node, n̄ = Σᵢ uᵢ ∂yᵢ/∂n for outputs y with seeds u: from the last operation to the first, each
   * node hands its adjoint to its arguments, times the slope on the edge.
   */
  pullBack(outputs: TapeNode<S>[], seeds: readonly S[]): S[];
}

/** An empty tape over a field: reverse-mode differentiation. */
export function tape<S>(o: Field<S>): Tape<S> {
  const nodes: TapeNode<S>[] = [];
  const [zero, one, minusOne] = [o.constant(0), o.constant(1), o.constant(-1)];
  const write = (name: string, value: S, ...edges: [TapeNode<S>, S][]): TapeNode<S> => {
    const node = {index: nodes.length, name, value, edges: edges.map(([{index}, slope]) => ({from: index, slope}))};
    nodes.push(node);
    return node;
  };
  const field: Field<TapeNode<S>> = {
    constant: (x) => write("constant", o.constant(x)),
    plus: (x, y) => write("+", o.plus(x.value, y.value), [x, one], [y, one]),
    minus: (x, y) => write("−", o.minus(x.value, y.value), [x, one], [y, minusOne]),
    times: (x, y) => write("×", o.times(x.value, y.value), [x, y.value], [y, x.value]),
    over(x, y) {
      const z = o.over(x.value, y.value);
      return write("÷", z, [x, o.over(one, y.value)], [y, o.over(o.minus(zero, z), y.value)]);
    },
    map(f: Primitive, x) {
      const y = o.map(f, x.value);
      return write(f.name, y, [x, f.slope(o, x.value, y)]);
    },
    value: (x) => o.value(x.value)
  };
  const pullBack = (outputs: TapeNode<S>[], seeds: readonly S[]): S[] => {
    const adjoints = nodes.map(() => zero);
    outputs.forEach(({index}, i) => (adjoints[index] = o.plus(adjoints[index], seeds[i])));
    for (let k = nodes.length - 1; k >= 0; --k)
      for (const {from, slope} of nodes[k].edges) adjoints[from] = o.plus(adjoints[from], o.times(slope, adjoints[k])); // a value used twice collects twice
    return adjoints;
  };
  return {nodes, field, input: (value) => write("input", value), pullBack};
}

/**
 * f(x) and the vector-Jacobian product Jᵀ u, by one pass forward and one back, whatever n and m are.
 *
 * @param u (m), one weight for each output.
 * @param o the field to compute in; float64 unless told.
 * @returns value (m) and product (n).
 * @throws RangeError if u has not one number for each output.
 */
export function vjp(f: Differentiable, x: readonly number[], u: readonly number[]): {value: Vector; product: Vector};
export function vjp<S>(f: Differentiable, x: readonly S[], u: readonly S[], o: Field<S>): {value: S[]; product: S[]};
export function vjp<S>(f: Differentiable, x: readonly S[], u: readonly S[], o = reals as unknown as Field<S>) {
  const {field, input, pullBack} = tape(o);
  const inputs = x.map(input);
  const outputs = f(field, inputs);
  if (u.length !== outputs.length)
    throw new RangeError(`vjp: expected a weight for each of ${outputs.length} outputs, got ${u.length}`);
  const adjoints = pullBack(outputs, u);
  return {value: outputs.map(({value}) => value), product: inputs.map(({index}) => adjoints[index])};
}

/** ∇f for a function with one output: the VJP with u = 1. */
export const gradient = (f: Differentiable, x: readonly number[]): Vector => vjp(f, x, [1]).product;

/** The Jacobian J[i][j] = ∂fᵢ/∂xⱼ, (m, n), one row a pass: m passes. */
export function jacobianByRows(f: Differentiable, x: readonly number[]): Matrix {
  return identity(evaluate(f, x).length).map((weights) => vjp(f, x, weights).product);
}

/**
 * ∇f(x) and H v, the Hessian times a vector, forward over reverse: the tape runs in dual numbers x + ε v, so each adjoint
 * is ∂f/∂x + ε (H v). A constant times the cost of f, without H.
 *
 * @param f has one output.
 * @param inside float64, or float64 that counts its operations.
 */
export function hessianVector(f: Differentiable, x: readonly number[], v: readonly number[], inside = reals) {
  if (v.length !== x.length)
    throw new RangeError(`hessianVector: expected a direction of ${x.length} numbers, got ${v.length}`);
  const o = duals(inside);
  const at = x.map((primal, i) => ({primal, tangent: v[i]}));
  const {product} = vjp(f, at, [o.constant(1)], o);
  return {gradient: product.map(({primal}) => primal), product: product.map(({tangent}) => tangent)};
}

/** The Hessian, (n, n), one column a pass. */
export const hessian = (f: Differentiable, x: readonly number[]): Matrix =>
  identity(x.length).map((direction) => hessianVector(f, x, direction).product); // symmetric: its columns are its rows
