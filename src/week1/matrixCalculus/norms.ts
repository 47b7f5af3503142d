import {numericJacobian} from "../../components/math/finiteDifference.js";
import {diagonal} from "../../components/math/matrix.js";
import {svd} from "../../components/math/svd.js";
import {I, length, minus, mul, T, times} from "./algebra.js";
import {gradient, row} from "./trial.js";

/** Derivatives of norms. Matrix Cookbook, sections 2.6 and 2.7; three rows are ours. */
export const norms = [
  row("id-norm", "∂‖x − a‖/∂x against (x − a)/‖x − a‖, 4", "x − a", (draw) => {
    const [x, a] = [draw.column(4), draw.column(4)];
    const r = minus(x, a);
    return [gradient((x) => length(minus(x, a)), x), times(1 / length(r), r), r];
  }),
  row("id-norm-direction", "∂/∂x of (x − a)/‖x − a‖ against (I − rrᵀ/‖r‖²)/‖r‖, 4", "I/‖r‖ alone", (draw) => {
    const [x, a] = [draw.column(4), draw.column(4)];
    const r = minus(x, a);
    const truth = numericJacobian((x) => {
      const r = minus(T([x]), a);
      return times(1 / length(r), r).flat();
    }, x.flat());
    const all = times(1 / length(r), I(4));
    return [truth, minus(all, times(1 / length(r) ** 3, mul(r, T(r)))), all];
  }),
  row("id-norm-square", "∂‖x‖²/∂x against 2x, 4", "x", (draw) => {
    const x = draw.column(4);
    return [gradient((x) => length(x) ** 2, x), times(2, x), x];
  }),
  row("id-frobenius-square", "∂‖X‖²/∂X against 2X, Frobenius, 4 × 3", "X", (draw) => {
    const X = draw.matrix(4, 3);
    return [gradient((X) => length(X) ** 2, X), times(2, X), X];
  }),
  row("id-frobenius", "∂‖X‖/∂X against X/‖X‖, Frobenius, 4 × 3", "X", (draw) => {
    const X = draw.matrix(4, 3);
    return [gradient(length, X), times(1 / length(X), X), X];
  }),
  row("id-spectral", "∂σ₁(X)/∂X against u₁v₁ᵀ, X 4 × 3 with σ = 5, 3, 1", "u₂v₂ᵀ", (draw) => {
    const {u, v} = svd(draw.matrix(4, 3));
    const X = mul(u, diagonal([5, 3, 1]), T(v));
    const by = (k: number) =>
      mul(
        u.map((r) => [r[k]]),
        T(v.map((r) => [r[k]]))
      );
    return [gradient((X) => svd(X).values[0], X), by(0), by(1)];
  }),
  row("id-nuclear", "∂(σ₁ + σ₂ + σ₃)/∂X against UVᵀ, X 4 × 3 with σ = 5, 3, 1", "u₁v₁ᵀ", (draw) => {
    const {u, v} = svd(draw.matrix(4, 3));
    const X = mul(u, diagonal([5, 3, 1]), T(v));
    const top = mul(
      u.map((r) => [r[0]]),
      T(v.map((r) => [r[0]]))
    );
    return [gradient((X) => svd(X).values.reduce((a, b) => a + b), X), mul(u, T(v)), top];
  })
];
