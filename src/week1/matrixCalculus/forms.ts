import {build, type Matrix} from "../../components/math/matrix.js";
import {I, minus, mul, power, scalar, sum, sumOver, T, times, unit} from "./algebra.js";
import {gradient, rate, row} from "./trial.js";

/** Forms of first order in X or x. Matrix Cookbook, section 2.4.1. */
export const linearForms = [
  row("id-linear", "∂ aᵀx/∂x against a, 5", "x", (draw) => {
    const [a, x] = [draw.column(5), draw.column(5)];
    return [gradient((x) => scalar(mul(T(a), x)), x), a, x];
  }),
  row("id-bilinear", "∂ aᵀXb/∂X against abᵀ, 3 × 3", "baᵀ", (draw) => {
    const [a, b, X] = [draw.column(3), draw.column(3), draw.matrix(3, 3)];
    return [gradient((X) => scalar(mul(T(a), X, b)), X), mul(a, T(b)), mul(b, T(a))];
  }),
  row("id-bilinear-transpose", "∂ aᵀXᵀb/∂X against baᵀ, 3 × 3", "abᵀ", (draw) => {
    const [a, b, X] = [draw.column(3), draw.column(3), draw.matrix(3, 3)];
    return [gradient((X) => scalar(mul(T(a), T(X), b)), X), mul(b, T(a)), mul(a, T(b))];
  }),
  row("id-bilinear-same", "∂ aᵀXa/∂X and ∂ aᵀXᵀa/∂X against aaᵀ, 3 × 3", "2aaᵀ", (draw) => {
    const [a, X] = [draw.column(3), draw.matrix(3, 3)];
    const truth = (f: (X: Matrix) => Matrix) => gradient((X) => scalar(mul(T(a), f(X), a)), X);
    const right = mul(a, T(a));
    return [[...truth((X) => X), ...truth(T)], [...right, ...right], times(2, [...right, ...right])];
  }),
  row("id-element", "∂X/∂Xᵢⱼ against Jⁱʲ, 3 × 4", "Jⁱʲ one column on", (draw) => {
    const [X, J] = [draw.matrix(3, 4), unit(3, 4, 1, 2)];
    return [rate((t) => sum(X, times(t, J))), J, unit(3, 4, 1, 3)];
  }),
  row("id-element-right", "∂(XA)ᵢⱼ/∂Xₘₙ against δᵢₘAₙⱼ for all m, n", "Aⱼₙ", (draw) => {
    const [X, A, i, j] = [draw.matrix(3, 3), draw.matrix(3, 3), 1, 2];
    const by = (B: Matrix) => build(3, 3, (m, n) => (i === m ? B[n][j] : 0));
    return [gradient((X) => mul(X, A)[i][j], X), by(A), by(T(A))];
  }),
  row("id-element-left", "∂(XᵀA)ᵢⱼ/∂Xₘₙ against δᵢₙAₘⱼ for all m, n", "δᵢₘAₙⱼ", (draw) => {
    const [X, A, i, j] = [draw.matrix(3, 3), draw.matrix(3, 3), 1, 2];
    const right = build(3, 3, (m, n) => (i === n ? A[m][j] : 0));
    return [gradient((X) => mul(T(X), A)[i][j], X), right, T(right)];
  })
];

/** Forms of higher order, and forms of functions. Matrix Cookbook, section 2.4.3. */
export const higherForms = [
  row("id-power-element", "∂(X³)/∂Xᵢⱼ against Σ XʳJⁱʲX²⁻ʳ, 3 × 3", "3X²Jⁱʲ, as for numbers", (draw) => {
    const [X, J] = [draw.matrix(3, 3), unit(3, 3, 0, 2)];
    const right = sumOver(3, (r) => mul(power(X, r), J, power(X, 2 - r)));
    return [rate((t) => power(sum(X, times(t, J)), 3)), right, times(3, mul(power(X, 2), J))];
  }),
  row("id-power-bilinear", "∂ aᵀX³b/∂X against Σ (Xʳ)ᵀabᵀ(X²⁻ʳ)ᵀ, 3 × 3", "no transposes", (draw) => {
    const [X, a, b] = [draw.matrix(3, 3), draw.column(3), draw.column(3)];
    const by = (Y: Matrix) => sumOver(3, (r) => mul(power(Y, r), a, T(b), power(Y, 2 - r)));
    return [gradient((X) => scalar(mul(T(a), power(X, 3), b)), X), by(T(X)), by(X)];
  }),
  row("id-power-gram", "∂ aᵀ(X²)ᵀX²b/∂X against Σ (Xʳ)ᵀX²(abᵀ + baᵀ)(X¹⁻ʳ)ᵀ", "baᵀ left out, times 2", (draw) => {
    const [X, a, b] = [draw.matrix(3, 3), draw.column(3), draw.column(3)];
    const by = (core: Matrix) => sumOver(2, (r) => mul(T(power(X, r)), power(X, 2), core, T(power(X, 1 - r))));
    const f = (X: Matrix) => scalar(mul(T(a), T(power(X, 2)), power(X, 2), b));
    const both = sum(mul(a, T(b)), mul(b, T(a)));
    return [gradient(f, X), by(both), by(times(2, mul(a, T(b))))];
  }),
  row("id-form-functions", "∂ s(x)ᵀAr(x)/∂x, s = sin Bx, r = (Cx)², B 3 × 4, C 2 × 4", "A for Aᵀ's term", (draw) => {
    const [A, B, C, x] = [draw.matrix(3, 2), draw.matrix(3, 4), draw.matrix(2, 4), draw.column(4)];
    const each = (f: (u: number) => number, u: Matrix) => u.map((r) => r.map(f));
    const s = (x: Matrix) => each(Math.sin, mul(B, x));
    const r = (x: Matrix) => each((u) => u * u, mul(C, x));
    const S = each(Math.cos, mul(B, x)).map(([u], i) => B[i].map((b) => u * b)); // ∂s/∂x
    const R = mul(C, x).map(([u], i) => C[i].map((c) => 2 * u * c)); // ∂r/∂x
    const first = mul(T(S), A, r(x));
    const right = sum(first, mul(T(R), T(A), s(x)));
    return [gradient((x) => scalar(mul(T(s(x)), A, r(x))), x), right, times(2, first)];
  }),
  row("id-quotient", "∂ (xᵀAᵀAx / xᵀBᵀBx)/∂x, A, B 3 × 4", "second term left out", (draw) => {
    const [A, B, x] = [draw.matrix(3, 4), draw.matrix(4, 4), draw.column(4)];
    const form = (M: Matrix, x: Matrix) => scalar(mul(T(x), T(M), M, x));
    const [up, down] = [form(A, x), form(sum(B, times(5, I(4))), x)];
    const D = sum(B, times(5, I(4))); // xᵀDᵀDx stays away from 0
    const first = times(2 / down, mul(T(A), A, x));
    const right = minus(first, times((2 * up) / down ** 2, mul(T(D), D, x)));
    return [gradient((x) => form(A, x) / form(D, x), x), right, first];
  })
];
