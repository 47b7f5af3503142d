import {jacobianByColumns, jvp} from "../../../components/math/dual.js";
import type {Equation} from "../../../components/math/equation.js";
import {type Differentiable, evaluate, inner} from "../../../components/math/field.js";
import {numericJacobian} from "../../../components/math/finiteDifference.js";
import {add, apply, dot, outer, scale, transpose, type Matrix} from "../../../components/math/matrix.js";
import {exp, tanh} from "../../../components/math/primitives.js";
import {randomMatrix, randomVector} from "../../../components/math/randomMatrix.js";
import type {Rng} from "../../../components/math/random.js";
import {gradient, hessian, hessianVector} from "../../../components/math/tape.js";
import {numbered} from "../../../components/math/numbered.js";
import {column, product, same} from "./same.js";

/** x ↦ tanh(W x). */
export const layer =
  (weights: Matrix): Differentiable =>
  (o, x) =>
    weights.map((row) => o.map(tanh, inner(o, row.map(o.constant), x)));

/** Σ exp(W x), a function with derivatives of every order. */
const sumOfExponentials =
  (weights: Matrix): Differentiable =>
  (o, x) => [weights.map((row) => o.map(exp, inner(o, row.map(o.constant), x))).reduce((a, b) => o.plus(a, b))];

const quadratic =
  (a: Matrix): Differentiable =>
  (o, x) => [inner(o, x, a.map((row) => inner(o, row.map(o.constant), x)))]; // prettier-ignore

/** What is left of exp(wᵀx) + xᵀAx after its Taylor polynomial of second order; wᵀh = size. */
function remainder(rng: Rng, size: number, half: number): number {
  const [w, x, a] = [randomVector(rng, 4), scale([randomVector(rng, 4)], 0.3)[0], randomMatrix(rng, 4)];
  const f: Differentiable = (o, at) => [o.plus(o.map(exp, inner(o, w.map(o.constant), at)), quadratic(a)(o, at)[0])];
  const h = w.map((value) => (size * value) / dot(w, w));
  const {gradient: slope, product: curved} = hessianVector(f, x, h);
  const ahead = evaluate(f, x.map((value, i) => value + h[i])); // prettier-ignore
  return ahead[0] - evaluate(f, x)[0] - dot(slope, h) - half * dot(h, curved);
}

/** Jacobian, Hessian, Taylor, quadratic forms. */
export const derivatives: Equation[] = [
  numbered(
    "chain",
    "J of g ∘ f by dual numbers, against the product of two Jacobians by differences",
    "the factors exchanged",
    (rng, wrong) => {
      // prettier-ignore
      const [f, g] = [layer(randomMatrix(rng, 3)), layer(randomMatrix(rng, 3))];
      const x = randomVector(rng, 3);
      const inside = evaluate(f, x);
      const factors = [numericJacobian((at) => evaluate(g, at), inside), numericJacobian((at) => evaluate(f, at), x)];
      const whole = jacobianByColumns((o, at) => g(o, f(o, at)), x);
      return same(product(...(wrong ? factors.reverse() : factors)), whole, 1e-7);
    }
  ),
  numbered(
    "hessian",
    "H by forward over reverse against the transposed Jacobian of ∇f by differences",
    "H = −Hᵀ",
    (rng, wrong) => {
      // prettier-ignore
      const f = sumOfExponentials(randomMatrix(rng, 3));
      const x = scale([randomVector(rng, 3)], 0.3)[0];
      const byDifferences = transpose(numericJacobian((at) => gradient(f, at), x));
      return same(scale(byDifferences, wrong ? -1 : 1), hessian(f, x), 1e-7);
    }
  ),
  numbered("taylor", "the remainder at h over that at h/2 against 2³", "without the factor ½", (rng, wrong) => {
    const [whole, half] = [0.04, 0.02].map((size) => remainder(rng.fork("point"), size, wrong ? 1 : 0.5));
    return {got: whole / half, expected: 8, within: 0.2};
  }),
  numbered("symmetric-part", "xᵀAx against xᵀ½(A + Aᵀ)x", "½(A − Aᵀ)", (rng, wrong) => {
    const [a, x] = [randomMatrix(rng, 4), randomVector(rng, 4)];
    const part = scale(add(a, transpose(a), wrong ? -1 : 1), 0.5);
    return {got: dot(x, apply(part, x)), expected: dot(x, apply(a, x)), within: 1e-12};
  }),
  numbered("form-gradient", "∇xᵀAx by the tape against (A + Aᵀ)x", "2Ax", (rng, wrong) => {
    const [a, x] = [randomMatrix(rng, 4), randomVector(rng, 4)];
    const formula = wrong ? scale(a, 2) : add(a, transpose(a));
    return same(column(gradient(quadratic(a), x)), column(apply(formula, x)));
  }),
  numbered("form-gradient", "the Hessian by forward over reverse against A + Aᵀ", "2A", (rng, wrong) => {
    const [a, x] = [randomMatrix(rng, 4), randomVector(rng, 4)];
    return same(hessian(quadratic(a), x), wrong ? scale(a, 2) : add(a, transpose(a)));
  }),
  numbered("linear-part", "f(x + h) − f(x) − J h over ‖h‖², at h and at h/2: the same", "Jᵀ h", (rng, wrong) => {
    const [x, h] = [randomVector(rng, 3), randomVector(rng, 3)];
    const f: Differentiable = (o, at) => outer([1, 1, 1], [1, 1, 1]).map((_, i) => o.map(exp, o.times(at[i], at[(i + 1) % 3]))); // prettier-ignore
    const j = jacobianByColumns(f, x);
    const left = (size: number) => {
      const step = h.map((value) => size * value);
      const ahead = evaluate(f, x.map((value, i) => value + step[i])); // prettier-ignore
      const linear = apply(wrong ? transpose(j) : j, step);
      return Math.hypot(...evaluate(f, x).map((y, i) => ahead[i] - y - linear[i])) / size ** 2;
    };
    return {got: left(1e-4) / left(5e-5), expected: 1, within: 0.05};
  }),
  numbered("directional", "J v by dual numbers against [f(x + hv) − f(x − hv)] / 2h", "Jᵀ v", (rng, wrong) => {
    const [x, v, f] = [randomVector(rng, 3), randomVector(rng, 3), layer(randomMatrix(rng, 3))];
    const j = numericJacobian((at) => evaluate(f, at), x);
    return same(column(apply(wrong ? transpose(j) : j, v)), column(jvp(f, x, v).product), 1e-7);
  })
];
