/**
 * What a differentiable function is written in. S is a number (`reals`), a dual number (`dual.ts`), a node of a tape
 * (`tape.ts`), or one of these over another: the same function then returns its value, a derivative, or a second one.
 */
export interface Field<S> {
  constant(x: number): S;
  plus(x: S, y: S): S;
  minus(x: S, y: S): S;
  times(x: S, y: S): S;
  over(x: S, y: S): S;
  /** f(x). */
  map(f: Primitive, x: S): S;
  /** x as a plain number, for a comparison: what it decides has no derivative. */
  value(x: S): number;
}

/** A function of one number that knows its derivative, written in any field: so it has derivatives of every order. */
export interface Primitive {
  name: string;
  value(x: number): number;
  /** f′(x), where y = f(x) is known already. */
  slope<S>(o: Field<S>, x: S, y: S): S;
}

/** A function from n numbers to m, written in the operations of a field. */
export type Differentiable = <S>(o: Field<S>, x: S[]) => S[];

/** Float64 itself. */
export const reals: Field<number> = {
  constant: (x) => x,
  plus: (x, y) => x + y,
  minus: (x, y) => x - y,
  times: (x, y) => x * y,
  over: (x, y) => x / y,
  map: (f, x) => f.value(x),
  value: (x) => x
};

/** f(x) as plain numbers. */
export const evaluate = (f: Differentiable, x: readonly number[]): number[] => f(reals, [...x]);

/** Σ xᵢ; 0 for no terms. */
export const sum = <S>(o: Field<S>, x: readonly S[]): S =>
  x.length ? x.reduce((total, xi) => o.plus(total, xi)) : o.constant(0);

/** Σ xᵢ yᵢ. @throws RangeError if the lengths differ. */
export function inner<S>(o: Field<S>, x: readonly S[], y: readonly S[]): S {
  if (x.length !== y.length) throw new RangeError(`inner: expected ${x.length} numbers, got ${y.length}`);
  return sum(
    o,
    x.map((xi, i) => o.times(xi, y[i]))
  );
}

/** A field that counts what is done in it: + − × ÷ and each primitive as one. */
export function counting<S>(o: Field<S>): {field: Field<S>; operations(): number} {
  let count = 0;
  const counted =
    <A extends unknown[], R>(f: (...args: A) => R) =>
    (...args: A) => {
      ++count;
      return f(...args);
    };
  const field = {
    ...o,
    plus: counted(o.plus),
    minus: counted(o.minus),
    times: counted(o.times),
    over: counted(o.over),
    map: counted(o.map)
  };
  return {field, operations: () => count};
}
