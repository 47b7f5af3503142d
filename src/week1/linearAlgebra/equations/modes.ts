import {duals, jacobianByColumns, jvp} from "../../../components/math/dual.js";
import type {Equation} from "../../../components/math/equation.js";
import {type Differentiable, counting, evaluate, reals} from "../../../components/math/field.js";
import {numericDirectional} from "../../../components/math/finiteDifference.js";
import {apply, dot, transpose} from "../../../components/math/matrix.js";
import {sin} from "../../../components/math/primitives.js";
import {randomMatrix, randomVector} from "../../../components/math/randomMatrix.js";
import {gradient, hessianVector, vjp} from "../../../components/math/tape.js";
import {numbered} from "../../../components/math/numbered.js";
import {layer} from "./derivatives.js";
import {column, same} from "./same.js";

/** Forward and reverse mode. */
export const modes: Equation[] = [
  numbered(
    "dual",
    "sin(x · y) / y on x + ε ẋ, y + ε ẏ against its value and derivative by the calculus",
    "ẋẏ for ε²",
    (rng, wrong) => {
      // prettier-ignore
      const [x, dx, dy] = randomVector(rng, 3);
      const y = 1 + rng.next();
      const o = duals(reals);
      const dualX = {primal: x, tangent: dx};
      const dualY = {primal: y, tangent: dy};
      const {tangent} = o.over(o.map(sin, o.times(dualX, dualY)), dualY);
      const inside = dx * y + x * dy + (wrong ? dx * dy : 0);
      const slope = (Math.cos(x * y) * inside) / y - (Math.sin(x * y) * dy) / y ** 2;
      return {got: tangent, expected: slope, within: 1e-12};
    }
  ),
  numbered("adjoint", "uᵀ(J v) by duals against (Jᵀu)ᵀ v by the tape", "J for Jᵀ", (rng, wrong) => {
    const f = layer(randomMatrix(rng, 4));
    const [x, v, u] = [randomVector(rng, 4), randomVector(rng, 4), randomVector(rng, 4)];
    const back = wrong ? jvp(f, x, u).product : vjp(f, x, u).product;
    return {got: dot(back, v), expected: dot(u, jvp(f, x, v).product), within: 1e-12};
  }),
  numbered("reverse", "J₁ᵀ(J₂ᵀu) against the tape of g ∘ f", "J₂ᵀ(J₁ᵀu)", (rng, wrong) => {
    const [f, g] = [layer(randomMatrix(rng, 3)), layer(randomMatrix(rng, 3))];
    const [x, u] = [randomVector(rng, 3), randomVector(rng, 3)];
    const both: Differentiable = (o, at) => g(o, f(o, at));
    const factors = [jacobianByColumns(f, x), jacobianByColumns(g, evaluate(f, x))].map(transpose);
    const [last, first] = wrong ? factors.reverse() : factors;
    return same(column(apply(last, apply(first, u))), column(vjp(both, x, u).product));
  }),
  numbered("cost", "operations of ten JVPs over those of one", "as many as outputs", (rng, wrong) => {
    const [f, x] = [layer(randomMatrix(rng, 3, 10)), randomVector(rng, 10)];
    const {field, operations} = counting(reals);
    jvp(f, x, randomVector(rng, 10), field);
    const one = operations();
    for (let j = 1; j < 10; ++j) jvp(f, x, randomVector(rng, 10), field);
    return {got: operations() / one, expected: wrong ? 3 : 10, within: 1e-12};
  }),
  numbered("hvp", "H v by duals on a tape against [∇f(x + hv) − ∇f(x − hv)] / 2h", "½ H v", (rng, wrong) => {
    const weights = randomMatrix(rng, 3);
    const f: Differentiable = (o, at) => [layer(weights)(o, at).reduce((a, b) => o.times(a, b))];
    const [x, v] = [randomVector(rng, 3), randomVector(rng, 3)];
    const product = hessianVector(f, x, v).product.map((value) => (wrong ? value / 2 : value));
    return same(column(product), column(numericDirectional((at) => gradient(f, at), x, v)), 1e-6);
  })
];
