import {geluSlope} from "../components/math/activations.js";
import {layerNorm, layerNormJacobian} from "../components/math/layerNorm.js";
import {apply, dot} from "../components/math/matrix.js";
import {quadraticGradient} from "../components/math/quadraticForm.js";
import {crossEntropyGradient, crossEntropyHessian} from "../components/math/softmax.js";
import {number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {fillIns, grade} from "./matrixCalculus/fillIn.js";

/** A formula that is judged at five random points, against differences or the left side. */
const formula = (id: string, ask: string): [string, Verify] => [
  id,
  {kind: "text", ask, accepts: (text) => grade(text, fillIns[id]).passed}
];

const skew = [
  [1, 2],
  [0, 3]
];
const symmetric = [
  [2, 1],
  [1, 3]
];
const buggy = `function gradient(A, x) {
  // of xᵀ A x: 2 A x
  return A.map((row) => 2 * row.reduce((sum, a, j) => sum + a * x[j], 0));
}`;
const pullBack = `function pullBack(x, g) {
  // x̂ = (x − μ) / s with s² = mean (x − μ)²: return the gradient by x, given g, the gradient by x̂
  const n = x.length;
  return x.map(() => 0);
}`;
const batchGradient = `function gradient(X, W, labels) {
  // logits of row i: X[i] W; return the gradient of the mean cross-entropy by W, as rows like W
  return W.map((row) => row.map(() => 0));
}`;

const [few, upstream] = [
  [1, 2, 3],
  [0.5, -1, 2, 0.25]
];

/** The answers of the page's exercises. */
export const answers: Record<string, Verify> = Object.fromEntries<Verify>([
  formula("ex-bilinear", "∂ aᵀXb/∂X ="),
  formula("ex-trace", "∂ tr AXB/∂X ="),
  formula("ex-quadratic", "∂ xᵀBx/∂x ="),
  formula("ex-least-squares", "∂ ‖Ax − b‖²/∂x ="),
  formula("ex-trace-form", "∂ tr XᵀAX/∂X ="),
  formula("ex-log-det", "∂ ln det X/∂X ="),
  formula("ex-inverse-form", "∂ aᵀX⁻¹b/∂X ="),
  formula("ex-det-product", "∂ det AXB/∂X ="),
  formula("ex-trace-inverse", "∂ tr X⁻¹A/∂X ="),
  formula("ex-gaussian", "∂ (ln det X + tr X⁻¹S)/∂X ="),
  formula("ex-push", "(I + AB)⁻¹A ="),
  formula("ex-rank-one", "(A + bcᵀ)⁻¹ ="),
  ["ex-layernorm", number("∂x̂₁/∂x₁", layerNormJacobian(few)[0][0])],
  [
    "ex-layernorm-back",
    {
      ...{kind: "code", ask: "Write pullBack", start: pullBack},
      cases: [
        {x: [1, 2, 3, 6], g: upstream},
        {x: [-1, 0.5, 0, 2], g: [1, 0, 0, 0]},
        {x: [3, 1, 4, 1, 5], g: layerNorm([3, 1, 4, 1, 5]).unit}
      ].map(({x, g}) => ({args: [x, g], expected: apply(layerNormJacobian(x), g), within: 1e-9}))
    }
  ],
  ["ex-lse-hessian", number("vᵀHv", dot([1, 0, -1], apply(crossEntropyHessian(few), [1, 0, -1])))],
  [
    "ex-bug",
    {
      ...{kind: "code", ask: "Repair gradient", start: buggy},
      cases: [symmetric, skew].map((A) => ({
        ...{args: [A, [1, -1]], expected: quadraticGradient(A, [1, -1]), within: 1e-12}
      }))
    }
  ],
  ["ex-gelu", number("the largest slope", geluSlope(Math.SQRT2))],
  [
    "ex-batch",
    {
      ...{kind: "code", ask: "Write gradient", start: batchGradient},
      cases: [
        {X: [[1, 2]], W: [[0.5, -1, 0], [0, 1, 2]], labels: [2]}, // prettier-ignore
        {X: [[1, 0], [0, -2], [3, 1]], W: [[1, 0], [-1, 2]], labels: [0, 1, 1]}, // prettier-ignore
        {X: [[1, 1]], W: [[1000, 0], [0, -1000]], labels: [1]} // prettier-ignore
      ].map(({X, W, labels}) => ({args: [X, W, labels], expected: meanGradient(X, W, labels), within: 1e-9}))
    }
  ]
]);

/** Xᵀ(P − Y)/B. */
function meanGradient(X: number[][], W: number[][], labels: number[]): number[][] {
  const errors = X.map((x, i) => {
    const z = W[0].map((_, k) => x.reduce((sum, xd, d) => sum + xd * W[d][k], 0));
    return crossEntropyGradient(
      z,
      z.map((_, k) => (k === labels[i] ? 1 : 0))
    );
  });
  return W.map((row, d) => row.map((_, k) => X.reduce((sum, x, i) => sum + x[d] * errors[i][k], 0) / X.length));
}
