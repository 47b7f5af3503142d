import {adjugate, det, hadamard, inv, kron, minus, mul, sum, T, times, tr} from "./algebra.js";
import {type Draw, rate, rateOf, row} from "./trial.js";

/** A matrix that moves, X(t) = X₀ + t X₁ + t² X₂: at t = 0 it is X₀ and its rate is X₁. */
const path = (start: number[][], velocity: number[][], bend: number[][]) => (t: number) =>
  sum(start, times(t, velocity), times(t * t, bend));

const any = (draw: Draw, m: number, n: number) => {
  const [X, dX] = [draw.matrix(m, n), draw.matrix(m, n)];
  return {X, dX, at: path(X, dX, draw.matrix(m, n))};
};

const regular = (draw: Draw, n: number) => {
  const [X, dX] = [draw.regular(n), draw.matrix(n, n)];
  return {X, dX, at: path(X, dX, draw.matrix(n, n))};
};

/** Rules for differentials, along a curved path. Matrix Cookbook, section 2, before 2.1. */
export const differentials = [
  row("id-d-constant", "dA for a constant A, 3 × 4", "A", (draw) => {
    const A = draw.matrix(3, 4);
    return [rate(() => A), times(0, A), A];
  }),
  row("id-d-scale", "d(αX) against α dX, 3 × 4", "dX", (draw) => {
    const [{dX, at}, a] = [any(draw, 3, 4), draw.number() + 4];
    return [rate((t) => times(a, at(t))), times(a, dX), dX];
  }),
  row("id-d-sum", "d(X + Y) against dX + dY, 3 × 4", "dX − dY", (draw) => {
    const [x, y] = [any(draw, 3, 4), any(draw, 3, 4)];
    return [rate((t) => sum(x.at(t), y.at(t))), sum(x.dX, y.dX), minus(x.dX, y.dX)];
  }),
  row("id-d-trace", "d tr X against tr dX, 4 × 4", "tr X", (draw) => {
    const {X, dX, at} = any(draw, 4, 4);
    return [rateOf((t) => tr(at(t))), tr(dX), tr(X)];
  }),
  row("id-d-product", "d(XY) against dX Y + X dY, 3 × 3", "dX Y + dY X", (draw) => {
    const [x, y] = [any(draw, 3, 3), any(draw, 3, 3)];
    const first = mul(x.dX, y.X);
    return [rate((t) => mul(x.at(t), y.at(t))), sum(first, mul(x.X, y.dX)), sum(first, mul(y.dX, x.X))];
  }),
  row("id-d-hadamard", "d(X ⊙ Y) against dX ⊙ Y + X ⊙ dY, 3 × 4", "dX ⊙ dY", (draw) => {
    const [x, y] = [any(draw, 3, 4), any(draw, 3, 4)];
    const right = sum(hadamard(x.dX, y.X), hadamard(x.X, y.dX));
    return [rate((t) => hadamard(x.at(t), y.at(t))), right, hadamard(x.dX, y.dX)];
  }),
  row("id-d-kronecker", "d(X ⊗ Y) against dX ⊗ Y + X ⊗ dY, 2 × 2", "Y ⊗ dX for dX ⊗ Y", (draw) => {
    const [x, y] = [any(draw, 2, 2), any(draw, 2, 2)];
    const second = kron(x.X, y.dX);
    return [rate((t) => kron(x.at(t), y.at(t))), sum(kron(x.dX, y.X), second), sum(kron(y.X, x.dX), second)];
  }),
  row("id-d-transpose", "d(Xᵀ) against (dX)ᵀ, 3 × 3", "dX", (draw) => {
    const {dX, at} = any(draw, 3, 3);
    return [rate((t) => T(at(t))), T(dX), dX];
  }),
  row("id-d-inverse", "d(X⁻¹) against −X⁻¹ dX X⁻¹, 3 × 3", "−X⁻² dX, as for numbers", (draw) => {
    const {X, dX, at} = regular(draw, 3);
    return [rate((t) => inv(at(t))), times(-1, mul(inv(X), dX, inv(X))), times(-1, mul(inv(X), inv(X), dX))];
  }),
  row("id-d-det-adjugate", "d|X| against tr(adj(X) dX), 3 × 3", "adj(X)ᵀ", (draw) => {
    const {X, dX, at} = regular(draw, 3);
    return [rateOf((t) => det(at(t))), tr(mul(adjugate(X), dX)), tr(mul(T(adjugate(X)), dX))];
  }),
  row("id-d-det", "d|X| against |X| tr(X⁻¹ dX), 4 × 4", "|X| left out", (draw) => {
    const {X, dX, at} = regular(draw, 4);
    return [rateOf((t) => det(at(t))), det(X) * tr(mul(inv(X), dX)), tr(mul(inv(X), dX))];
  }),
  row("id-d-log-det", "d ln|X| against tr(X⁻¹ dX), 4 × 4", "tr(X⁻ᵀ dX)", (draw) => {
    const {X, dX, at} = regular(draw, 4);
    return [rateOf((t) => Math.log(det(at(t)))), tr(mul(inv(X), dX)), tr(mul(T(inv(X)), dX))];
  })
];
