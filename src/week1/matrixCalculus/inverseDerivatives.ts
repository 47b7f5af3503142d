import {eigen} from "../../components/math/eigen.js";
import {build, diagonal, type Matrix} from "../../components/math/matrix.js";
import {pseudoInverse} from "../../components/math/pseudoInverse.js";
import {det, I, inv, invT, minus, mul, scalar, sum, T, times, tr} from "./algebra.js";
import {type Draw, gradient, rate, rateOf, row} from "./trial.js";

/** Derivatives of an inverse. Matrix Cookbook, section 2.2. */
export const inverseDerivatives = [
  row("id-inverse-element", "∂(X⁻¹)ₖₗ/∂Xᵢⱼ against −(X⁻¹)ₖᵢ(X⁻¹)ⱼₗ for all i, j", "k and l exchanged", (draw) => {
    const [X, k, l] = [draw.regular(3), 0, 2];
    const W = inv(X);
    const by = (k: number, l: number) => build(3, 3, (i, j) => -W[k][i] * W[j][l]);
    return [gradient((X) => inv(X)[k][l], X), by(k, l), by(l, k)];
  }),
  row("id-inverse-bilinear", "∂ aᵀX⁻¹b/∂X against −X⁻ᵀabᵀX⁻ᵀ, 3 × 3", "X⁻¹ for X⁻ᵀ", (draw) => {
    const [X, a, b] = [draw.regular(3), draw.column(3), draw.column(3)];
    const by = (W: Matrix) => times(-1, mul(W, a, T(b), W));
    return [gradient((X) => scalar(mul(T(a), inv(X), b)), X), by(invT(X)), by(inv(X))];
  }),
  row("id-inverse-det", "∂|X⁻¹|/∂X against −|X|⁻¹ X⁻ᵀ, 3 × 3", "+ for −", (draw) => {
    const X = times(0.6, draw.regular(3));
    const right = times(-1 / det(X), invT(X));
    return [gradient((X) => det(inv(X)), X), right, times(-1, right)];
  }),
  row("id-inverse-trace", "∂ tr(AX⁻¹B)/∂X against −(X⁻¹BAX⁻¹)ᵀ, X 3 × 3", "AB for BA", (draw) => {
    const [X, A, B] = [draw.regular(3), draw.matrix(3, 3), draw.matrix(3, 3)];
    const by = (core: Matrix) => times(-1, T(mul(inv(X), core, inv(X))));
    return [gradient((X) => tr(mul(A, inv(X), B)), X), by(mul(B, A)), by(mul(A, B))];
  }),
  row("id-inverse-trace-shift", "∂ tr((X + A)⁻¹)/∂X against −((X + A)⁻²)ᵀ, 3 × 3", "not transposed", (draw) => {
    const [X, A] = [draw.regular(3), draw.regular(3)];
    const W = inv(sum(X, A));
    const right = times(-1, mul(W, W));
    return [gradient((X) => tr(inv(sum(X, A))), X), T(right), right];
  }),
  row("id-inverse-chain", "∂f(X⁻¹)/∂X against −X⁻ᵀ(∂f/∂W)X⁻ᵀ, f(W) = Σ sin Wᵢⱼ", "X⁻¹ for X⁻ᵀ", (draw) => {
    const X = draw.regular(3);
    const f = (W: Matrix) => W.flat().reduce((total, w) => total + Math.sin(w), 0);
    const G = inv(X).map((r) => r.map(Math.cos));
    const by = (W: Matrix) => times(-1, mul(W, G, W));
    return [gradient((X) => f(inv(X)), X), by(invT(X)), by(inv(X))];
  })
];

/** Symmetric, with the eigenvalues 7, 4.5, 2.5, 1, and a symmetric direction E: A(t) = A + tE. */
function apartBy(draw: Draw): {A: Matrix; E: Matrix; at: (t: number) => Matrix} {
  const Q = eigen(draw.symmetric(4)).vectors;
  const [A, E] = [mul(Q, diagonal([7, 4.5, 2.5, 1]), T(Q)), draw.symmetric(4)];
  const half = times(0.5, sum(A, T(A))); // symmetric to the last bit
  return {A: half, E, at: (t) => sum(half, times(t, E))};
}

const column = (a: Matrix, j: number): Matrix => a.map((r) => [r[j]]);
const product = (x: number[]) => x.reduce((a, b) => a * b);

/** Derivatives of eigenvalues and eigenvectors. Matrix Cookbook, section 2.3. */
export const eigenvalueDerivatives = [
  row("id-eigen-sum", "d(λ₁ + ⋯ + λₙ) against tr(I dX), dX symmetric, 4 × 4", "Σ of all elements of dX", (draw) => {
    const {E, at} = apartBy(draw);
    return [
      rateOf((t) => eigen(at(t)).values.reduce((a, b) => a + b)),
      tr(mul(I(4), E)),
      E.flat().reduce((a, b) => a + b)
    ];
  }),
  row("id-eigen-product", "d(λ₁ ⋯ λₙ) against tr(|X| X⁻¹ dX), dX symmetric", "|X| left out", (draw) => {
    const {A, E, at} = apartBy(draw);
    const right = tr(mul(inv(A), E));
    return [rateOf((t) => product(eigen(at(t)).values)), det(A) * right, right];
  }),
  row("id-eigen-value", "dλᵢ against vᵢᵀ dA vᵢ for all i, 4 × 4", "the neighbour's eigenvector", (draw) => {
    const {A, E, at} = apartBy(draw);
    const V = eigen(A).vectors;
    const by = (j: number) => scalar(mul(T(column(V, j)), E, column(V, j)));
    return [T(rate((t) => [eigen(at(t)).values])), [0, 1, 2, 3].map((i) => [by(i)]), [1, 0, 3, 2].map((i) => [by(i)])];
  }),
  row("id-eigen-vector", "dvᵢ against (λᵢI − A)⁺ dA vᵢ, i = 2, 4 × 4", "(A − λᵢI)⁺", (draw) => {
    const {A, E, at} = apartBy(draw);
    const {values, vectors} = eigen(A);
    const v = column(vectors, 1);
    const sameSign = (w: Matrix) => times(Math.sign(scalar(mul(T(v), w))), w);
    const right = mul(pseudoInverse(minus(times(values[1], I(4)), A), 1e-9), E, v);
    return [rate((t) => sameSign(column(eigen(at(t)).vectors, 1))), right, times(-1, right)];
  }),
  row("id-eigen-curvature", "d²λ₁ against 2 Σ (vⱼᵀ dA v₁)²/(λ₁ − λⱼ), 4 × 4", "the 2 left out", (draw) => {
    const {A, E, at} = apartBy(draw);
    const {values, vectors} = eigen(A);
    const slope = (t: number) => {
      const v = column(eigen(at(t)).vectors, 0);
      return scalar(mul(T(v), E, v));
    };
    const pulls = [1, 2, 3].map((j) => {
      const pull = scalar(mul(T(column(vectors, j)), E, column(vectors, 0)));
      return (pull * pull) / (values[0] - values[j]);
    });
    const right = pulls.reduce((a, b) => a + b);
    return [rateOf(slope), 2 * right, right];
  })
];
