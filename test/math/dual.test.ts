import {expect, test} from "vitest";
import {duals, jacobianByColumns, jvp} from "../../src/components/math/dual.js";
import {type Differentiable, evaluate, reals} from "../../src/components/math/field.js";
import {numericJacobian} from "../../src/components/math/finiteDifference.js";
import {add, norm} from "../../src/components/math/matrix.js";
import * as p from "../../src/components/math/primitives.js";
import {rng} from "../../src/components/math/random.js";

const every: Differentiable = (o, [x, y, z]) => [
  o.over(o.map(p.exp, o.times(x, y)), o.plus(o.constant(2), o.times(z, z))),
  o.minus(o.map(p.log, o.plus(o.constant(3), o.times(x, x))), o.map(p.sqrt, o.plus(o.times(y, y), o.constant(1)))),
  o.times(o.map(p.sin, x), o.map(p.cos, o.times(y, z))),
  o.plus(o.map(p.tanh, o.minus(x, z)), o.map(p.sigmoid, o.times(o.constant(-2), y)))
];

test("(x + ε)(y + ε ẏ): the product rule is ε² = 0", () => {
  const o = duals(reals);
  expect(o.times({primal: 3, tangent: 1}, {primal: 5, tangent: 7})).toEqual({primal: 15, tangent: 5 + 3 * 7});
  expect(o.over({primal: 3, tangent: 1}, {primal: 2, tangent: 4})).toEqual({primal: 1.5, tangent: (1 - 1.5 * 4) / 2});
  expect(o.constant(4)).toEqual({primal: 4, tangent: 0});
});

test("the Jacobian by columns is that of central differences, for each operation and primitive", () => {
  for (const seed of [1, 2, 3]) {
    const x = Array.from(rng(seed).normal(3));
    const byDifferences = numericJacobian((at) => evaluate(every, at), x);
    expect(norm(add(jacobianByColumns(every, x), byDifferences, -1)) / norm(byDifferences)).toBeLessThan(1e-8);
  }
});

test("duals of duals give a second derivative: (x⁵)″ = 20 x³", () => {
  const fifth: Differentiable = (o, [x]) => [o.times(x, o.times(o.times(x, x), o.times(x, x)))];
  const slope: Differentiable = (o, [x]) => jvp(fifth, [x], [o.constant(1)], o).product;
  expect(jvp(slope, [1.5], [1]).product[0]).toBeCloseTo(20 * 1.5 ** 3, 12);
});

test("two directions at once are not confused: ∂/∂x [x · ∂(x + y)/∂y] is 1", () => {
  const f: Differentiable = (o, [x]) => [
    o.times(x, jvp((q, [y, z]) => [q.plus(y, z)], [o.constant(1), x], [o.constant(1), o.constant(0)], o).product[0])
  ];
  expect(jvp(f, [1], [1]).product[0]).toBe(1); // with one ε for both it would be 2
});

test("the derivative of each primitive has a derivative: f″ by duals against differences of f′", () => {
  for (const f of [p.exp, p.log, p.sqrt, p.sin, p.cos, p.tanh, p.sigmoid]) {
    const slope: Differentiable = (o, x) => jvp((q, [z]) => [q.map(f, z)], x, [o.constant(1)], o).product;
    const [[second]] = jacobianByColumns(slope, [0.7]);
    const [[differenced]] = numericJacobian((at) => evaluate(slope, at), [0.7]);
    expect(Math.abs(second - differenced), f.name).toBeLessThan(1e-9);
  }
});

test("relu has slope 1 above and 0 at its kink; σ does not overflow", () => {
  const f: Differentiable = (o, x) => x.map((xi) => o.map(p.relu, xi));
  expect(jvp(f, [2, 0, -1], [1, 1, 1]).product).toEqual([1, 0, 0]);
  expect([p.sigmoid.value(800), p.sigmoid.value(-800)]).toEqual([1, 0]);
});

test("a direction of another length is refused", () => {
  expect(() => jvp(every, [1, 2, 3], [1, 2])).toThrow("jvp: expected a direction of 3 numbers, got 2");
});
