import {type Differentiable, evaluate, inner} from "../../components/math/field.js";
import {hessianVector, vjp} from "../../components/math/tape.js";
import {jvp} from "../../components/math/dual.js";
import {layerNormJacobian, layerNormOn} from "../../components/math/layerNorm.js";
import {numericDirectional} from "../../components/math/finiteDifference.js";
import {apply, dot, type Matrix} from "../../components/math/matrix.js";
import {quadraticFormOn} from "../../components/math/quadraticForm.js";
import {crossEntropyHessian, crossEntropyOn, softmaxOn} from "../../components/math/softmax.js";
import {det, inv, length, minus, mul, power, sum, T, times, tr} from "./algebra.js";
import {differentials} from "./differentials.js";
import {threeWays} from "./threeWays.js";
import {gradient, rateOf, row} from "./trial.js";

/** A row of the table under another name: what the text derives at length is checked as the table is. */
const sameAs = (known: string, name: string) => ({...differentials.find((row) => row.name === known)!, name});

/** z ↦ softmax(A z): neither symmetric nor square. */
const composed =
  (A: Matrix): Differentiable =>
  (o, z) =>
    softmaxOn(
      o,
      A.map((r) => inner(o, r.map(o.constant), z))
    );

/** Differentials, and what the checks themselves rest on. */
export const methodEquations = [
  row("identify", "df along a random dX against tr(GᵀdX), f = tr X³, G = 3(X²)ᵀ, 3 × 3", "tr(G dX)", (draw) => {
    const [X, dX] = [draw.matrix(3, 3), draw.matrix(3, 3)];
    const G = times(3, T(power(X, 2)));
    return [rateOf((t) => tr(power(sum(X, times(t, dX)), 3))), tr(mul(T(G), dX)), tr(mul(G, dX))];
  }),
  sameAs("id-d-product", "d-product"),
  sameAs("id-d-inverse", "d-inverse"),
  sameAs("id-d-det", "d-det"),
  sameAs("id-d-log-det", "d-log-det"),
  row("least-squares", "∂ ½‖XW − Y‖²/∂W against Xᵀ(XW − Y), X 5 × 3, W 3 × 2", "2Xᵀ(XW − Y)", (draw) => {
    const [X, W, Y] = [draw.matrix(5, 3), draw.matrix(3, 2), draw.matrix(5, 2)];
    const right = mul(T(X), minus(mul(X, W), Y));
    return [gradient((W) => 0.5 * length(minus(mul(X, W), Y)) ** 2, W), right, times(2, right)];
  }),
  row("gaussian-gradient", "∂(ln|Σ| + tr Σ⁻¹S)/∂Σ against (Σ⁻¹ − Σ⁻¹SΣ⁻¹)ᵀ, 3 × 3", "+ for −", (draw) => {
    const [X, S] = [draw.positive(3), draw.positive(3)];
    const by = (s: number) => T(sum(inv(X), times(s, mul(inv(X), S, inv(X)))));
    return [gradient((X) => Math.log(det(X)) + tr(mul(inv(X), S)), X), by(-1), by(1)];
  }),
  ...threeWays("layernorm", "(I − 11ᵀ/n − x̂x̂ᵀ/n)/s, n = 5, ε = 10⁻³", "the mean's term left out", (draw) => {
    const [x, epsilon] = [draw.vector(5), 1e-3];
    const jacobian = layerNormJacobian(x, epsilon);
    const each = 1 / (5 * Math.sqrt(variance(x) + epsilon));
    return {f: layerNormOn(epsilon), x, jacobian, wrong: jacobian.map((r) => r.map((J) => J + each))};
  }),
  row(
    "central-error",
    "[(f(x + h) − f(x − h))/2h − f′]/h² at h = 10⁻² against f‴/6, f = exp",
    "f‴/2",
    (draw) => {
      const [x, h] = [draw.number(), 1e-2];
      const found = numericDirectional(([at]) => [Math.exp(at)], [x], [1], h)[0];
      return [(found - Math.exp(x)) / (h * h), Math.exp(x) / 6, Math.exp(x) / 2];
    },
    1e-4
  ), // the next term is h² f⁽⁵⁾/120
  row(
    "best-step",
    "where h²c/6 + e/h is least, on a grid of 2,000, against (3e/c)^(1/3)",
    "(3e/c)^(1/2)",
    (draw) => {
      const [c, e] = [1 + draw.number() ** 2, 1e-3 * (1 + draw.number() ** 2)];
      const error = (h: number) => (h * h * c) / 6 + e / h;
      const grid = Array.from({length: 2000}, (_, i) => 10 ** (-3 + i / 500));
      const best = grid.reduce((a, b) => (error(b) < error(a) ? b : a));
      return [Math.log(best), Math.log((3 * e) / c) / 3, Math.log((3 * e) / c) / 2];
    },
    4e-3 // half a step of the grid
  ),
  row(
    "adjoint",
    "uᵀ(Jv) by dual numbers against (Jᵀu)ᵀv by the tape, J 4 × 3",
    "(Jᵀu)ᵀ2v",
    (draw) => {
      const [f, z] = [composed(draw.matrix(4, 3)), draw.vector(3)];
      const [u, v] = [draw.vector(4), draw.vector(3)];
      const right = dot(vjp(f, z, u).product, v);
      return [dot(u, jvp(f, z, v).product), right, 2 * right];
    },
    1e-12
  ),
  row(
    "hessian-vector",
    "the dual part of the gradient against Hv, cross-entropy of 4 classes",
    "v",
    (draw) => {
      const [z, v, y] = [draw.vector(4), draw.vector(4), [0.1, 0.2, 0.3, 0.4]];
      return [hessianVector(crossEntropyOn(y), z, v).product, apply(crossEntropyHessian(z), v), v];
    },
    1e-12
  ),
  row(
    "taylor",
    "f(x + dx) of xᵀAx against f + gᵀdx + ½dxᵀH dx, exactly",
    "the ½ left out",
    (draw) => {
      const [A, x, dx] = [draw.matrix(3, 3), draw.vector(3), draw.vector(3)];
      const f = (x: number[]) => evaluate(quadraticFormOn(A), x)[0];
      const H = sum(A, T(A));
      const [first, second] = [f(x) + dot(apply(H, x), dx), dot(dx, apply(H, dx))];
      return [f(x.map((xi, i) => xi + dx[i])), first + 0.5 * second, first + second];
    },
    1e-10
  )
];

function variance(x: number[]): number {
  const mean = x.reduce((a, b) => a + b) / x.length;
  return x.reduce((total, xi) => total + (xi - mean) ** 2, 0) / x.length;
}
