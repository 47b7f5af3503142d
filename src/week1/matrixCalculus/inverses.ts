import {pseudoInverse} from "../../components/math/pseudoInverse.js";
import {adjugate, blocks, det, I, inv, minor, minus, mul, power, scalar, sum, sumOver, T, times} from "./algebra.js";
import {apart, row} from "./trial.js";

/** Inverses of sums and products, and of blocks. Matrix Cookbook, sections 3 and 9.1. */
export const inverses = [
  row("id-adjugate", "A⁻¹ against adj(A)/|A|, 4 × 4", "cofactors not transposed", (draw) => {
    const A = draw.regular(4);
    const right = times(1 / det(A), adjugate(A));
    return [inv(A), right, T(right)];
  }),
  row("id-laplace", "|A| against its expansion along the first row, 4 × 4", "no alternating sign", (draw) => {
    const A = draw.regular(4);
    const terms = A[0].map((a, j) => a * det(minor(A, 0, j)));
    return [det(A), terms.reduce((all, x, j) => all + (-1) ** j * x, 0), terms.reduce((a, b) => a + b)];
  }),
  row("id-woodbury", "(A + UBV)⁻¹ against Woodbury, A 5 × 5, B 2 × 2", "+ for −", (draw) => {
    const [A, B, U, V] = [draw.positive(5), draw.positive(2), draw.matrix(5, 2), draw.matrix(2, 5)];
    const small = times(0.2, U); // keeps A + UBV regular
    const core = inv(sum(inv(B), mul(V, inv(A), small)));
    const change = mul(inv(A), small, core, V, inv(A));
    return [inv(sum(A, mul(small, B, V))), minus(inv(A), change), sum(inv(A), change)];
  }),
  row("id-woodbury-symmetric", "(A + CBCᵀ)⁻¹ against Woodbury, A 5 × 5, B 2 × 2", "B for B⁻¹ inside", (draw) => {
    const [A, B, C] = [draw.positive(5), draw.positive(2), draw.matrix(5, 2)];
    const by = (b: number[][]) => minus(inv(A), mul(inv(A), C, inv(sum(b, mul(T(C), inv(A), C))), T(C), inv(A)));
    return [inv(sum(A, mul(C, B, T(C)))), by(inv(B)), by(B)];
  }),
  row("id-gain", "(P⁻¹ + BᵀR⁻¹B)⁻¹BᵀR⁻¹ against PBᵀ(BPBᵀ + R)⁻¹, P 4 × 4, R 2 × 2", "R⁻¹ for R", (draw) => {
    const [P, R, B] = [draw.positive(4), draw.positive(2), draw.matrix(2, 4)];
    const by = (r: number[][]) => mul(P, T(B), inv(sum(mul(B, P, T(B)), r)));
    return [mul(inv(sum(inv(P), mul(T(B), inv(R), B))), T(B), inv(R)), by(R), by(inv(R))];
  }),
  row("id-kailath", "(A + BC)⁻¹ against Kailath's form, A 4 × 4, B 4 × 2", "I − CA⁻¹B inside", (draw) => {
    const [A, B, C] = [draw.positive(4), times(0.2, draw.matrix(4, 2)), draw.matrix(2, 4)];
    const by = (s: number) => minus(inv(A), mul(inv(A), B, inv(sum(I(2), times(s, mul(C, inv(A), B)))), C, inv(A)));
    return [inv(sum(A, mul(B, C))), by(1), by(-1)];
  }),
  row("id-sherman-morrison", "(A + bcᵀ)⁻¹ against Sherman–Morrison, 4 × 4", "1 − cᵀA⁻¹b below", (draw) => {
    const [A, b, c] = [draw.positive(4), times(0.3, draw.column(4)), draw.column(4)];
    const by = (s: number) => {
      const below = 1 + s * scalar(mul(T(c), inv(A), b));
      return minus(inv(A), times(1 / below, mul(inv(A), b, T(c), inv(A))));
    };
    return [inv(sum(A, mul(b, T(c)))), by(1), by(-1)];
  }),
  row("id-searle-one", "(I + A⁻¹)⁻¹ against A(A + I)⁻¹, 3 × 3", "A⁻¹(A + I)⁻¹", (draw) => {
    const A = draw.positive(3);
    return [inv(sum(I(3), inv(A))), mul(A, inv(sum(A, I(3)))), mul(inv(A), inv(sum(A, I(3))))];
  }),
  row("id-searle-two", "(A + BBᵀ)⁻¹B against A⁻¹B(I + BᵀA⁻¹B)⁻¹, 4 × 2", "I left out", (draw) => {
    const [A, B] = [draw.positive(4), draw.matrix(4, 2)];
    const core = mul(T(B), inv(A), B);
    return [mul(inv(sum(A, mul(B, T(B)))), B), mul(inv(A), B, inv(sum(I(2), core))), mul(inv(A), B, inv(core))];
  }),
  row("id-parallel", "(A⁻¹ + B⁻¹)⁻¹ against A(A + B)⁻¹B and B(A + B)⁻¹A", "A(A + B)⁻¹A", (draw) => {
    const [A, B] = [draw.positive(3), draw.positive(3)];
    const [left, core] = [inv(sum(inv(A), inv(B))), inv(sum(A, B))];
    return [blocks([[left, left]]), blocks([[mul(A, core, B), mul(B, core, A)]]), blocks([[mul(A, core, A), left]])];
  }),
  row("id-parallel-difference", "A − A(A + B)⁻¹A against B − B(A + B)⁻¹B", "+ for −", (draw) => {
    const [A, B] = [draw.positive(3), draw.positive(3)];
    const core = inv(sum(A, B));
    return [minus(A, mul(A, core, A)), minus(B, mul(B, core, B)), sum(B, mul(B, core, B))];
  }),
  row("id-inverse-sum", "A⁻¹ + B⁻¹ against A⁻¹(A + B)B⁻¹, 3 × 3", "(A + B)⁻¹ inside", (draw) => {
    const [A, B] = [draw.regular(3), draw.regular(3)];
    const by = (core: number[][]) => mul(inv(A), core, inv(B));
    return [sum(inv(A), inv(B)), by(sum(A, B)), by(inv(sum(A, B)))];
  }),
  row("id-push-inverse", "(I + AB)⁻¹ against I − A(I + BA)⁻¹B, A 4 × 2", "+ for −", (draw) => {
    const [A, B] = [draw.matrix(4, 2), times(0.1, draw.matrix(2, 4))];
    const change = mul(A, inv(sum(I(2), mul(B, A))), B);
    return [inv(sum(I(4), mul(A, B))), minus(I(4), change), sum(I(4), change)];
  }),
  row("id-push-through", "(I + AB)⁻¹A against A(I + BA)⁻¹, A 4 × 2", "A itself", (draw) => {
    const [A, B] = [draw.matrix(4, 2), times(0.1, draw.matrix(2, 4))];
    return [mul(inv(sum(I(4), mul(A, B))), A), mul(A, inv(sum(I(2), mul(B, A)))), A];
  }),
  row("id-ridge", "(XᵀX + λI)⁻¹Xᵀ against Xᵀ(XXᵀ + λI)⁻¹, X 6 × 3", "λ of the other sign", (draw) => {
    const [X, ridge] = [draw.matrix(6, 3), 0.7];
    const by = (s: number) => mul(T(X), inv(sum(mul(X, T(X)), times(s, I(6)))));
    return [mul(inv(sum(mul(T(X), X), times(ridge, I(3)))), T(X)), by(ridge), by(-ridge)];
  }),
  row("id-inverse-additive", "AB⁻¹A against BA⁻¹B where (A + B)⁻¹ = A⁻¹ + B⁻¹, 2 × 2", "for any B", (draw) => {
    const [A, S, other] = [draw.regular(2), draw.regular(2), draw.positive(2)];
    const third = [
      [-0.5, -Math.sqrt(0.75)],
      [Math.sqrt(0.75), -0.5]
    ]; // a third of a turn: M² + M + I = 0
    const B = mul(A, S, third, inv(S));
    const premise = apart(inv(sum(A, B)), sum(inv(A), inv(B)));
    return [
      [...mul(A, inv(B), A).flat(), 0],
      [...mul(B, inv(A), B).flat(), premise],
      [...mul(other, inv(A), other).flat(), 0]
    ];
  }),
  row("id-neumann", "(I − A)⁻¹ against I + A + ⋯ + A⁴ + A⁵(I − A)⁻¹, 3 × 3", "the rest left out", (draw) => {
    const A = times(0.2, draw.matrix(3, 3));
    const [whole, head] = [inv(minus(I(3), A)), sumOver(5, (k) => power(A, k))];
    return [whole, sum(head, mul(power(A, 5), whole)), head];
  }),
  row("id-new-column", "([X v]ᵀ[X v])⁻¹ against its blocks, X 6 × 2", "the top left block left as it was", (draw) => {
    const [X, v] = [draw.matrix(6, 2), draw.column(6)];
    const [A, wide] = [inv(mul(T(X), X)), blocks([[X, v]])];
    const w = mul(A, T(X), v);
    const rest = scalar(mul(T(v), v)) - scalar(mul(T(v), X, w));
    const by = (corner: number[][]) =>
      blocks([
        [corner, times(-1 / rest, w)],
        [times(-1 / rest, T(w)), [[1 / rest]]]
      ]);
    return [inv(mul(T(wide), wide)), by(sum(A, times(1 / rest, mul(w, T(w))))), by(A)];
  }),
  row("id-pseudo-inverse", "X⁺ from the SVD against (XᵀX)⁻¹Xᵀ, X 5 × 3", "(XᵀX)⁻¹Xᵀ twice", (draw) => {
    const X = draw.matrix(5, 3);
    const left = mul(inv(mul(T(X), X)), T(X));
    return [pseudoInverse(X), left, times(2, left)];
  })
];
