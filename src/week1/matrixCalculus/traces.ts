import type {Matrix} from "../../components/math/matrix.js";
import {I, kron, length, mul, power, sum, T, times, tr} from "./algebra.js";
import {powerSeries} from "./powerSeries.js";
import {gradient, row} from "./trial.js";

const exp = (X: Matrix) => powerSeries(X, () => 1);

/** Traces of first order, and of functions of a matrix. Matrix Cookbook, section 2.5 and 2.5.1. */
export const linearTraces = [
  row("id-tr-function", "∂ tr exp(X)/∂X against exp(X)ᵀ, 3 × 3", "exp(X)", (draw) => {
    const X = times(0.5, draw.matrix(3, 3));
    return [gradient((X) => tr(exp(X)), X), T(exp(X)), exp(X)];
  }),
  row("id-tr-x", "∂ tr X/∂X against I, 4 × 4", "X", (draw) => {
    const X = draw.matrix(4, 4);
    return [gradient(tr, X), I(4), X];
  }),
  row("id-tr-xa", "∂ tr XA/∂X against Aᵀ, 3 × 3", "A", (draw) => {
    const [X, A] = [draw.matrix(3, 3), draw.matrix(3, 3)];
    return [gradient((X) => tr(mul(X, A)), X), T(A), A];
  }),
  row("id-tr-axb", "∂ tr AXB/∂X against AᵀBᵀ, 3 × 3", "BᵀAᵀ", (draw) => {
    const [A, X, B] = [draw.matrix(3, 3), draw.matrix(3, 3), draw.matrix(3, 3)];
    return [gradient((X) => tr(mul(A, X, B)), X), mul(T(A), T(B)), mul(T(B), T(A))];
  }),
  row("id-tr-axtb", "∂ tr AXᵀB/∂X against BA, 3 × 3", "AB", (draw) => {
    const [A, X, B] = [draw.matrix(3, 3), draw.matrix(3, 3), draw.matrix(3, 3)];
    return [gradient((X) => tr(mul(A, T(X), B)), X), mul(B, A), mul(A, B)];
  }),
  row("id-tr-xta", "∂ tr XᵀA/∂X and ∂ tr AXᵀ/∂X against A, 3 × 3", "Aᵀ", (draw) => {
    const [X, A] = [draw.matrix(3, 3), draw.matrix(3, 3)];
    const truth = [...gradient((X) => tr(mul(T(X), A)), X), ...gradient((X) => tr(mul(A, T(X))), X)];
    return [truth, [...A, ...A], [...T(A), ...T(A)]];
  }),
  row("id-tr-kronecker", "∂ tr(A ⊗ X)/∂X against tr(A) I, 3 × 3", "A", (draw) => {
    const [X, A] = [draw.matrix(3, 3), draw.matrix(3, 3)];
    return [gradient((X) => tr(kron(A, X)), X), times(tr(A), I(3)), A];
  })
];

/** Traces of second order. Matrix Cookbook, section 2.5.2. */
export const squareTraces = [
  row("id-tr-square", "∂ tr X²/∂X against 2Xᵀ, 3 × 3", "2X", (draw) => {
    const X = draw.matrix(3, 3);
    return [gradient((X) => tr(power(X, 2)), X), times(2, T(X)), times(2, X)];
  }),
  row("id-tr-square-b", "∂ tr X²B/∂X against (XB + BX)ᵀ, 3 × 3", "not transposed", (draw) => {
    const [X, B] = [draw.matrix(3, 3), draw.matrix(3, 3)];
    const right = sum(mul(X, B), mul(B, X));
    return [gradient((X) => tr(mul(X, X, B)), X), T(right), right];
  }),
  row("id-tr-form-left", "∂/∂X of tr XᵀBX, tr BXXᵀ, tr XXᵀB against (B + Bᵀ)X, X 4 × 3", "2BX", (draw) => {
    const [X, B] = [draw.matrix(4, 3), draw.matrix(4, 4)];
    const forms = [(X: Matrix) => mul(T(X), B, X), (X: Matrix) => mul(B, X, T(X)), (X: Matrix) => mul(X, T(X), B)];
    const truth = forms.flatMap((form) => gradient((X) => tr(form(X)), X));
    const by = (core: Matrix) => forms.flatMap(() => mul(core, X));
    return [truth, by(sum(B, T(B))), by(times(2, B))];
  }),
  row("id-tr-form-right", "∂/∂X of tr XBXᵀ, tr BXᵀX, tr XᵀXB against X(B + Bᵀ), X 4 × 3", "2XB", (draw) => {
    const [X, B] = [draw.matrix(4, 3), draw.matrix(3, 3)];
    const forms = [(X: Matrix) => mul(X, B, T(X)), (X: Matrix) => mul(B, T(X), X), (X: Matrix) => mul(T(X), X, B)];
    const truth = forms.flatMap((form) => gradient((X) => tr(form(X)), X));
    const by = (core: Matrix) => forms.flatMap(() => mul(X, core));
    return [truth, by(sum(B, T(B))), by(times(2, B))];
  }),
  row("id-tr-axbx", "∂ tr AXBX/∂X against AᵀXᵀBᵀ + BᵀXᵀAᵀ, X 3 × 3", "twice the first", (draw) => {
    const [A, B, X] = [draw.matrix(3, 3), draw.matrix(3, 3), draw.matrix(3, 3)];
    const [first, second] = [mul(T(A), T(X), T(B)), mul(T(B), T(X), T(A))];
    return [gradient((X) => tr(mul(A, X, B, X)), X), sum(first, second), times(2, first)];
  }),
  row("id-tr-gram", "∂ tr XᵀX/∂X and ∂ tr XXᵀ/∂X against 2X, 4 × 3", "X", (draw) => {
    const X = draw.matrix(4, 3);
    const truth = [...gradient((X) => tr(mul(T(X), X)), X), ...gradient((X) => tr(mul(X, T(X))), X)];
    return [truth, times(2, [...X, ...X]), [...X, ...X]];
  }),
  row("id-tr-form-both", "∂ tr BᵀXᵀCXB/∂X against (C + Cᵀ)XBBᵀ, X 4 × 3", "BᵀB for BBᵀ", (draw) => {
    const [X, B, C] = [draw.matrix(4, 3), draw.matrix(3, 3), draw.matrix(4, 4)];
    const by = (core: Matrix) => mul(sum(C, T(C)), X, core);
    return [gradient((X) => tr(mul(T(B), T(X), C, X, B)), X), by(mul(B, T(B))), by(mul(T(B), B))];
  }),
  row("id-tr-xtbxc", "∂ tr XᵀBXC/∂X against BXC + BᵀXCᵀ, X 4 × 3", "BᵀXC", (draw) => {
    const [X, B, C] = [draw.matrix(4, 3), draw.matrix(4, 4), draw.matrix(3, 3)];
    const by = (last: Matrix) => sum(mul(B, X, C), mul(T(B), X, last));
    return [gradient((X) => tr(mul(T(X), B, X, C)), X), by(T(C)), by(C)];
  }),
  row("id-tr-axbxtc", "∂ tr AXBXᵀC/∂X against AᵀCᵀXBᵀ + CAXB, X 4 × 3", "AC for CA", (draw) => {
    const [A, X, B, C] = [draw.matrix(4, 4), draw.matrix(4, 3), draw.matrix(3, 3), draw.matrix(4, 4)];
    const by = (core: Matrix) => sum(mul(T(A), T(C), X, T(B)), mul(core, X, B));
    return [gradient((X) => tr(mul(A, X, B, T(X), C)), X), by(mul(C, A)), by(mul(A, C))];
  }),
  row("id-tr-least-squares", "∂ ‖AXB + C‖²/∂X against 2Aᵀ(AXB + C)Bᵀ, X 3 × 2", "C left out", (draw) => {
    const [A, X, B, C] = [draw.matrix(4, 3), draw.matrix(3, 2), draw.matrix(2, 5), draw.matrix(4, 5)];
    const by = (rest: Matrix) => times(2, mul(T(A), rest, T(B)));
    const rest = (X: Matrix) => sum(mul(A, X, B), C);
    return [gradient((X) => length(rest(X)) ** 2, X), by(rest(X)), by(mul(A, X, B))];
  }),
  row("id-tr-kronecker-square", "∂ tr(X ⊗ X)/∂X against 2 tr(X) I, 3 × 3", "2X", (draw) => {
    const X = draw.matrix(3, 3);
    return [gradient((X) => tr(kron(X, X)), X), times(2 * tr(X), I(3)), times(2, X)];
  })
];
