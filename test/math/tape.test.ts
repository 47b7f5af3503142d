import {expect, test} from "vitest";
import {jacobianByColumns, jvp} from "../../src/components/math/dual.js";
import {type Differentiable, counting, inner, reals, sum} from "../../src/components/math/field.js";
import {numericJacobian} from "../../src/components/math/finiteDifference.js";
import {add, dot, norm} from "../../src/components/math/matrix.js";
import * as p from "../../src/components/math/primitives.js";
import {rng} from "../../src/components/math/random.js";
import * as t from "../../src/components/math/tape.js";

/** Two layers, 4 → 5 → 3, with a quotient at the end: values are used many times over. */
const net: Differentiable = (o, x) => {
  const weights = rng(9).normal(35);
  const row = (i: number, n: number, from: number) =>
    Array.from(weights.slice(from + i * n, from + (i + 1) * n), o.constant);
  const hidden = [0, 1, 2, 3, 4].map((i) => o.map(p.tanh, inner(o, row(i, 4, 0), x)));
  const out = [0, 1, 2].map((i) => o.map(p.exp, inner(o, row(i, 5, 20), hidden)));
  const total = sum(o, out);
  return out.map((y) => o.over(y, total));
};
const draw = (seed: number, n: number) => Array.from(rng(seed).normal(n));

test("uᵀ(J v) = (Jᵀ u)ᵀ v to 1e-12", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const [x, v, u] = [draw(seed, 4), draw(seed + 10, 4), draw(seed + 20, 3)];
    const forward = dot(u, jvp(net, x, v).product);
    expect(Math.abs(forward - dot(t.vjp(net, x, u).product, v)) / Math.abs(forward)).toBeLessThan(1e-12);
  }
});

test("rows of the tape are columns of the duals", () => {
  const x = draw(6, 4);
  expect(norm(add(t.jacobianByRows(net, x), jacobianByColumns(net, x), -1))).toBeLessThan(1e-14);
});

test("a value used twice collects twice: ∇(x·x + x) = 2x + 1, and an output may be an input", () => {
  expect(t.gradient((o, [x]) => [o.plus(o.times(x, x), x)], [3])).toEqual([7]);
  expect(t.vjp((_, [x, y]) => [y, x, y], [1, 2], [10, 20, 30])).toEqual({value: [2, 1, 2], product: [20, 40]});
});

test("∇xᵀAx = (A + Aᵀ)x: A = [[1, 2], [0, 3]] at (1, −1) gives value 2 and (0, −4)", () => {
  const form: Differentiable = (o, [x, y]) => [
    sum(o, [o.times(x, x), o.times(o.constant(2), o.times(x, y)), o.times(o.constant(3), o.times(y, y))])
  ];
  expect(t.vjp(form, [1, -1], [1])).toEqual({value: [2], product: [0, -4]});
  expect(t.hessian(form, [1, -1])).toEqual([
    [2, 2],
    [2, 6]
  ]);
});

test("H v by forward over reverse is the difference of gradients, and H is symmetric", () => {
  const scalar: Differentiable = (o, x) => [o.map(p.log, net(o, x)[1])];
  const x = draw(7, 4);
  const v = draw(8, 4);
  const {gradient, product} = t.hessianVector(scalar, x, v);
  expect(gradient).toEqual(t.gradient(scalar, x));
  const h = t.hessian(scalar, x);
  const differenced = numericJacobian((at) => t.gradient(scalar, at), x);
  expect(norm(add(h, differenced, -1)) / norm(h)).toBeLessThan(1e-8);
  h.forEach((row, i) => {
    expect(Math.abs(dot(row, v) - product[i])).toBeLessThan(1e-13);
    row.forEach((value, j) => expect(Math.abs(value - h[j][i])).toBeLessThan(1e-13));
  });
});

test("one pass each way costs at most 4 and 10 times the function, whatever the numbers of inputs and outputs", () => {
  const cost = (work: (o: typeof reals) => void) => {
    const {field, operations} = counting(reals);
    work(field);
    return operations();
  };
  const x = draw(1, 4);
  const f = cost((o) => net(o, x));
  const forward = cost((o) => jvp(net, x, draw(2, 4), o));
  const reverse = cost((o) => t.vjp(net, x, draw(3, 3), o));
  expect(forward / f).toBeGreaterThan(1);
  expect(forward / f).toBeLessThan(4);
  expect(reverse / f).toBeLessThan(10);
});

test("the tape names what was done, arguments before results", () => {
  const {nodes, field, input} = t.tape(reals);
  const x = input(2);
  field.map(p.tanh, field.times(x, field.constant(3)));
  expect(nodes.map(({name}) => name)).toEqual(["input", "constant", "×", "tanh"]);
  for (const {index, edges} of nodes) for (const {from} of edges) expect(from).toBeLessThan(index);
  expect(nodes[2].edges).toEqual([
    {from: 0, slope: 3},
    {from: 1, slope: 2}
  ]);
});

test("weights and directions of another length are refused", () => {
  expect(() => t.vjp(net, draw(1, 4), [1])).toThrow("vjp: expected a weight for each of 3 outputs, got 1");
  expect(() => t.hessianVector(net, draw(1, 4), [1])).toThrow(
    "hessianVector: expected a direction of 4 numbers, got 1"
  );
});
