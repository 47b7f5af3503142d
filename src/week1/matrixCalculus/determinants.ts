import {pseudoInverse} from "../../components/math/pseudoInverse.js";
import {det, I, inv, invT, mul, power, sum, T, times, tr} from "./algebra.js";
import {gradient, rateOf, row} from "./trial.js";

/** Derivatives of determinants. Matrix Cookbook, section 2.1. */
export const determinants = [
  row("id-det-rows", "(∂|X|/∂X) Xᵀ against |X| I, 3 × 3", "(∂|X|/∂X) X", (draw) => {
    const X = draw.regular(3);
    const G = gradient(det, X);
    return [times(det(X), I(3)), mul(G, T(X)), mul(G, X)];
  }),
  row("id-det-second", "∂²|Y|/∂t² against its three terms, 3 × 3", "the squared trace left out", (draw) => {
    const [A, B, C] = [draw.regular(3), draw.matrix(3, 3), draw.matrix(3, 3)];
    const Y = (t: number) => sum(A, times(t, B), times(t * t, C));
    const slope = (t: number) => det(Y(t)) * tr(mul(inv(Y(t)), sum(B, times(2 * t, C))));
    const step = mul(inv(A), B);
    const bend = tr(mul(inv(A), times(2, C))) - tr(mul(step, step));
    return [rateOf(slope), det(A) * (bend + tr(step) ** 2), det(A) * bend];
  }),
  row("id-det-x", "∂|X|/∂X against |X| X⁻ᵀ, 4 × 4", "|X| X⁻¹", (draw) => {
    const X = draw.regular(4);
    return [gradient(det, X), times(det(X), invT(X)), times(det(X), inv(X))];
  }),
  row("id-det-axb", "∂|AXB|/∂X against |AXB| X⁻ᵀ, 3 × 3", "|X| X⁻ᵀ", (draw) => {
    const [A, B, X] = [draw.regular(3), draw.regular(3), draw.regular(3)];
    return [gradient((X) => det(mul(A, X, B)), X), times(det(mul(A, X, B)), invT(X)), times(det(X), invT(X))];
  }),
  row("id-det-axb-any", "∂|AXB|/∂X against |AXB| Aᵀ(AXB)⁻ᵀBᵀ, X 3 × 4", "(AXB)⁻¹ not transposed", (draw) => {
    const [A, B, X] = [draw.matrix(2, 3), draw.matrix(4, 2), draw.matrix(3, 4)];
    const M = mul(A, X, B);
    const by = (core: number[][]) => times(det(M), mul(T(A), core, T(B)));
    return [gradient((X) => det(mul(A, X, B)), X), by(invT(M)), by(inv(M))];
  }),
  row("id-det-square-form", "∂|XᵀAX|/∂X against 2|XᵀAX| X⁻ᵀ, 3 × 3", "the 2 left out", (draw) => {
    const [A, X] = [draw.regular(3), draw.regular(3)];
    const right = times(det(mul(T(X), A, X)), invT(X));
    return [gradient((X) => det(mul(T(X), A, X)), X), times(2, right), right];
  }),
  row("id-det-form-symmetric", "∂|XᵀAX|/∂X, A symmetric, X 4 × 2", "A left out", (draw) => {
    const [A, X] = [draw.positive(4), draw.matrix(4, 2)];
    const M = mul(T(X), A, X);
    const by = (left: number[][]) => times(2 * det(M), mul(left, X, inv(M)));
    return [gradient((X) => det(mul(T(X), A, X)), X), by(A), by(I(4))];
  }),
  row("id-det-form", "∂|XᵀAX|/∂X, A any, X 4 × 2", "as if A were symmetric", (draw) => {
    const [A, X] = [draw.regular(4), draw.matrix(4, 2)];
    const M = mul(T(X), A, X);
    const first = mul(A, X, inv(M));
    const right = times(det(M), sum(first, mul(T(A), X, invT(M))));
    return [gradient((X) => det(mul(T(X), A, X)), X), right, times(2 * det(M), first)];
  }),
  row("id-log-det-gram", "∂ ln|XᵀX|/∂X against 2(X⁺)ᵀ, X 5 × 3", "the 2 left out", (draw) => {
    const X = draw.matrix(5, 3);
    const right = T(pseudoInverse(X));
    return [gradient((X) => Math.log(det(mul(T(X), X))), X), times(2, right), right];
  }),
  row("id-log-det-gram-inverse", "∂ ln|XᵀX|/∂(X⁺) against −2Xᵀ, X 5 × 3", "+ 2Xᵀ", (draw) => {
    const X = draw.matrix(5, 3);
    const f = (Y: number[][]) => -Math.log(det(mul(Y, T(Y)))); // |XᵀX| |X⁺X⁺ᵀ| = 1
    return [gradient(f, pseudoInverse(X)), times(-2, T(X)), times(2, T(X))];
  }),
  row("id-log-abs-det", "∂ ln(abs |X|)/∂X against X⁻ᵀ, 4 × 4, |X| < 0", "−X⁻ᵀ: the sign of |X|", (draw) => {
    const X = draw.regular(4).map((r, i) => (i === 0 ? r.map((x) => -x) : r));
    return [gradient((X) => Math.log(Math.abs(det(X))), X), invT(X), times(-1, invT(X))];
  }),
  row("id-det-power-x", "∂|X³|/∂X against 3|X³| X⁻ᵀ, 3 × 3", "|X³| X⁻ᵀ", (draw) => {
    const X = times(0.5, draw.regular(3));
    const right = times(det(power(X, 3)), invT(X));
    return [gradient((X) => det(power(X, 3)), X), times(3, right), right];
  })
];
