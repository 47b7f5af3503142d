import {type Differentiable, type Field, reals} from "./field.js";
import {identity, transpose, type Matrix, type Vector} from "./matrix.js";

/** x + ε ẋ with ε² = 0: a number and how fast it changes. */
export interface Dual<S> {
  primal: S;
  tangent: S;
}

/**
 * The dual numbers over a field: forward-mode differentiation. Each rule is the product (x + ε ẋ) ∘ (y + ε ẏ) with ε² = 0,
 * and f(x + ε ẋ) = f(x) + ε f′(x) ẋ. Duals of duals give second derivatives: their two ε are different numbers.
 */
export function duals<S>(o: Field<S>): Field<Dual<S>> {
  const dual = (primal: S, tangent: S): Dual<S> => ({primal, tangent});
  return {
    constant: (x) => dual(o.constant(x), o.constant(0)),
    plus: (x, y) => dual(o.plus(x.primal, y.primal), o.plus(x.tangent, y.tangent)),
    minus: (x, y) => dual(o.minus(x.primal, y.primal), o.minus(x.tangent, y.tangent)),
    times: (x, y) =>
      dual(o.times(x.primal, y.primal), o.plus(o.times(x.tangent, y.primal), o.times(x.primal, y.tangent))),
    over(x, y) {
      const z = o.over(x.primal, y.primal); // ż = (ẋ − z ẏ) / y, from ẋ = ż y + z ẏ
      return dual(z, o.over(o.minus(x.tangent, o.times(z, y.tangent)), y.primal));
    },
    map(f, x) {
      const y = o.map(f, x.primal);
      return dual(y, o.times(f.slope(o, x.primal, y), x.tangent));
    },
    value: (x) => o.value(x.primal)
  };
}

/**
 * f(x) and the Jacobian-vector product J v, in one pass whatever n and m are.
 *
 * @param v (n), the direction in which x moves.
 * @param o the field to compute in; float64 unless told.
 * @returns value and product, both (m).
 * @throws RangeError if x and v differ in length.
 */
export function jvp(f: Differentiable, x: readonly number[], v: readonly number[]): {value: Vector; product: Vector};
export function jvp<S>(f: Differentiable, x: readonly S[], v: readonly S[], o: Field<S>): {value: S[]; product: S[]};
export function jvp<S>(f: Differentiable, x: readonly S[], v: readonly S[], o = reals as unknown as Field<S>) {
  if (v.length !== x.length) throw new RangeError(`jvp: expected a direction of ${x.length} numbers, got ${v.length}`);
  const y = f(
    duals(o),
    x.map((primal, i) => ({primal, tangent: v[i]}))
  );
  return {value: y.map(({primal}) => primal), product: y.map(({tangent}) => tangent)};
}

/** The Jacobian J[i][j] = ∂fᵢ/∂xⱼ, (m, n), one column a pass: n passes. */
export function jacobianByColumns(f: Differentiable, x: readonly number[]): Matrix {
  return transpose(identity(x.length).map((direction) => jvp(f, x, direction).product));
}
