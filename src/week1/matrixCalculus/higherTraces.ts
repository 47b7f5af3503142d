import type {Matrix} from "../../components/math/matrix.js";
import {inv, mul, power, sum, sumOver, T, times, tr} from "./algebra.js";
import {powerSeries} from "./powerSeries.js";
import {gradient, row} from "./trial.js";

/** Traces of higher order, and with inverses. Matrix Cookbook, sections 2.5.3 and 2.5.4. */
export const higherTraces = [
  row("id-tr-power", "∂ tr X⁴/∂X against 4(X³)ᵀ, 3 × 3", "4X³", (draw) => {
    const X = draw.matrix(3, 3);
    return [gradient((X) => tr(power(X, 4)), X), times(4, T(power(X, 3))), times(4, power(X, 3))];
  }),
  row("id-tr-a-power", "∂ tr AX³/∂X against Σ (XʳAX²⁻ʳ)ᵀ, 3 × 3", "3(AX²)ᵀ", (draw) => {
    const [A, X] = [draw.matrix(3, 3), draw.matrix(3, 3)];
    const right = T(sumOver(3, (r) => mul(power(X, r), A, power(X, 2 - r))));
    return [gradient((X) => tr(mul(A, power(X, 3))), X), right, times(3, T(mul(A, power(X, 2))))];
  }),
  row("id-tr-quartic", "∂ tr BᵀXᵀCXXᵀCXB/∂X against its four terms, X 3 × 2", "last term left out", (draw) => {
    const [X, B, C] = [draw.matrix(3, 2), draw.matrix(2, 2), draw.matrix(3, 3)];
    const [S, M, N] = [mul(B, T(B)), mul(T(X), C, X), mul(T(X), T(C), X)];
    const three = sum(mul(C, X, M, S), mul(C, X, S, M), mul(T(C), X, S, N));
    const f = (X: Matrix) => tr(mul(T(B), T(X), C, X, T(X), C, X, B));
    return [gradient(f, X), sum(three, mul(T(C), X, N, S)), three];
  }),
  row(
    "id-tr-inverse-form",
    "∂ tr((XᵀCX)⁻¹A)/∂X, C symmetric, X 4 × 2",
    "2A for A + Aᵀ",
    (draw) => {
      const [X, C, A] = [draw.matrix(4, 2), draw.positive(4), draw.matrix(2, 2)];
      const W = inv(mul(T(X), C, X));
      const by = (core: Matrix) => times(-1, mul(C, X, W, core, W));
      return [gradient((X) => tr(mul(inv(mul(T(X), C, X)), A)), X), by(sum(A, T(A))), by(times(2, A))];
    },
    1e-6
  ), // XᵀCX may come close to singular
  row(
    "id-tr-ratio",
    "∂ tr((XᵀCX)⁻¹XᵀBX)/∂X, B and C symmetric, X 4 × 2",
    "second term left out",
    (draw) => {
      const [X, B, C] = [draw.matrix(4, 2), draw.symmetric(4), draw.positive(4)];
      const W = inv(mul(T(X), C, X));
      const first = times(-2, mul(C, X, W, T(X), B, X, W));
      const f = (X: Matrix) => tr(mul(inv(mul(T(X), C, X)), T(X), B, X));
      return [gradient(f, X), sum(first, times(2, mul(B, X, W))), first];
    },
    1e-6
  ),
  row("id-tr-ratio-shift", "∂ tr((A + XᵀCX)⁻¹XᵀBX)/∂X, A, B, C symmetric, X 4 × 2", "first term left out", (draw) => {
    const [X, A, B, C] = [draw.matrix(4, 2), draw.positive(2), draw.symmetric(4), draw.positive(4)];
    const W = inv(sum(A, mul(T(X), C, X)));
    const second = times(2, mul(B, X, W));
    const f = (X: Matrix) => tr(mul(inv(sum(A, mul(T(X), C, X))), T(X), B, X));
    return [gradient(f, X), sum(times(-2, mul(C, X, W, T(X), B, X, W)), second), second];
  }),
  row("id-tr-sine", "∂ tr sin X/∂X against (cos X)ᵀ, 3 × 3", "cos X", (draw) => {
    const X = times(0.5, draw.matrix(3, 3));
    const sine = (X: Matrix) => powerSeries(X, (k) => [0, 1, 0, -1][k % 4]);
    const cosine = powerSeries(X, (k) => [1, 0, -1, 0][k % 4]);
    return [gradient((X) => tr(sine(X)), X), T(cosine), cosine];
  })
];
