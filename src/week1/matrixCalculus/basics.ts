import {build, diagonal} from "../../components/math/matrix.js";
import {det, I, inv, mul, power, scalar, sum, T, times, tr} from "./algebra.js";
import {row} from "./trial.js";

/** Transposes, inverses, traces and determinants of products. Matrix Cookbook, section 1. */
export const basics = [
  row("id-inverse-product", "(AB)⁻¹ against B⁻¹A⁻¹, 3 × 3", "A⁻¹B⁻¹, the order kept", (draw) => {
    const [A, B] = [draw.regular(3), draw.regular(3)];
    return [inv(mul(A, B)), mul(inv(B), inv(A)), mul(inv(A), inv(B))];
  }),
  row("id-inverse-products", "(ABCD)⁻¹ against D⁻¹C⁻¹B⁻¹A⁻¹, 3 × 3", "two neighbours exchanged", (draw) => {
    const [A, B, C, D] = [draw.regular(3), draw.regular(3), draw.regular(3), draw.regular(3)];
    const [a, b, c, d] = [A, B, C, D].map(inv);
    return [inv(mul(A, B, C, D)), mul(d, c, b, a), mul(d, b, c, a)];
  }),
  row("id-inverse-transpose", "(Aᵀ)⁻¹ against (A⁻¹)ᵀ, 4 × 4", "A⁻¹, the transpose forgotten", (draw) => {
    const A = draw.regular(4);
    return [inv(T(A)), T(inv(A)), inv(A)];
  }),
  row("id-transpose-sum", "(A + B)ᵀ against Aᵀ + Bᵀ, 3 × 3", "Aᵀ + B", (draw) => {
    const [A, B] = [draw.matrix(3, 3), draw.matrix(3, 3)];
    return [T(sum(A, B)), sum(T(A), T(B)), sum(T(A), B)];
  }),
  row("id-transpose-product", "(AB)ᵀ against BᵀAᵀ, 3 × 3", "AᵀBᵀ, the order kept", (draw) => {
    const [A, B] = [draw.matrix(3, 3), draw.matrix(3, 3)];
    return [T(mul(A, B)), mul(T(B), T(A)), mul(T(A), T(B))];
  }),
  row("id-transpose-products", "(ABC)ᵀ against CᵀBᵀAᵀ, 2 × 3, 3 × 4, 4 × 2", "the middle factor's sign", (draw) => {
    const [A, B, C] = [draw.matrix(2, 3), draw.matrix(3, 4), draw.matrix(4, 2)];
    const right = mul(T(C), T(B), T(A));
    return [T(mul(A, B, C)), right, times(-1, right)];
  }),
  row("id-trace-eigenvalues", "tr A against the sum of the eigenvalues A was built from", "their product", (draw) => {
    const [values, S] = [draw.vector(4), draw.regular(4)];
    const A = mul(S, diagonal(values), inv(S));
    return [tr(A), values.reduce((a, b) => a + b), values.reduce((a, b) => a * b)];
  }),
  row("id-trace-transpose", "tr A against tr Aᵀ, 4 × 4", "−tr Aᵀ", (draw) => {
    const A = draw.matrix(4, 4);
    return [tr(A), tr(T(A)), -tr(T(A))];
  }),
  row("id-trace-swap", "tr AB against tr BA, 2 × 4 and 4 × 2", "tr A tr B of the square parts", (draw) => {
    const [A, B] = [draw.matrix(2, 4), draw.matrix(4, 2)];
    return [tr(mul(A, B)), tr(mul(B, A)), (A[0][0] + A[1][1]) * (B[0][0] + B[1][1])];
  }),
  row("id-trace-sum", "tr(A + B) against tr A + tr B, 3 × 3", "tr A − tr B", (draw) => {
    const [A, B] = [draw.matrix(3, 3), draw.matrix(3, 3)];
    return [tr(sum(A, B)), tr(A) + tr(B), tr(A) - tr(B)];
  }),
  row("id-trace-cycle", "tr ABC against tr BCA and tr CAB, 3 × 3", "tr ACB, which is no rotation", (draw) => {
    const [A, B, C] = [draw.matrix(3, 3), draw.matrix(3, 3), draw.matrix(3, 3)];
    const all = tr(mul(A, B, C));
    return [
      [all, all],
      [tr(mul(B, C, A)), tr(mul(C, A, B))],
      [tr(mul(A, C, B)), tr(mul(C, A, B))]
    ];
  }),
  row("id-trace-outer", "aᵀa against tr aaᵀ, 4", "aᵀa − 1", (draw) => {
    const a = draw.column(4);
    const outer = tr(mul(a, T(a)));
    return [scalar(mul(T(a), a)), outer, outer - 1];
  }),
  row("id-det-eigenvalues", "|A| against the product of the eigenvalues A was built from", "their sum", (draw) => {
    const [values, S] = [draw.vector(4), draw.regular(4)];
    const A = mul(S, diagonal(values), inv(S));
    return [det(A), values.reduce((a, b) => a * b), values.reduce((a, b) => a + b)];
  }),
  row("id-det-scale", "|cA| against c³|A|, 3 × 3", "c|A|, as if of one row", (draw) => {
    const [c, A] = [draw.number() + 3, draw.regular(3)];
    return [det(times(c, A)), c ** 3 * det(A), c * det(A)];
  }),
  row("id-det-transpose", "|Aᵀ| against |A|, 4 × 4", "−|A|", (draw) => {
    const A = draw.regular(4);
    return [det(T(A)), det(A), -det(A)];
  }),
  row("id-det-product", "|AB| against |A||B|, 3 × 3", "|A| + |B|", (draw) => {
    const [A, B] = [draw.regular(3), draw.regular(3)];
    return [det(mul(A, B)), det(A) * det(B), det(A) + det(B)];
  }),
  row("id-det-inverse", "|A⁻¹| against 1/|A|, 3 × 3", "|A|", (draw) => {
    const A = draw.regular(3);
    return [det(inv(A)), 1 / det(A), det(A)];
  }),
  row("id-det-power", "|A³| against |A|³, 3 × 3", "3|A|", (draw) => {
    const A = draw.regular(3);
    return [det(power(A, 3)), det(A) ** 3, 3 * det(A)];
  }),
  row("id-det-rank-one", "|I + uvᵀ| against 1 + uᵀv, 4", "1 − uᵀv", (draw) => {
    const [u, v] = [draw.column(4), draw.column(4)];
    const inner = scalar(mul(T(u), v));
    return [det(sum(I(4), mul(u, T(v)))), 1 + inner, 1 - inner];
  }),
  row("id-det-shift-2", "|I + A| against 1 + tr A + |A|, 2 × 2", "the trace left out", (draw) => {
    const A = draw.matrix(2, 2);
    return [det(sum(I(2), A)), 1 + tr(A) + det(A), 1 + det(A)];
  }),
  row("id-det-shift-3", "|I + A| against its four terms, 3 × 3", "+ ½ tr A² for − ½ tr A²", (draw) => {
    const A = draw.matrix(3, 3);
    const [t, s] = [tr(A), tr(power(A, 2))];
    return [det(sum(I(3), A)), 1 + t + (t * t - s) / 2 + det(A), 1 + t + (t * t + s) / 2 + det(A)];
  }),
  row("id-det-shift-4", "|I + A| against its five terms, 4 × 4", "the cubic term left out", (draw) => {
    const A = draw.matrix(4, 4);
    const [t, s, c] = [tr(A), tr(power(A, 2)), tr(power(A, 3))];
    const square = 1 + t + (t * t - s) / 2 + det(A);
    return [det(sum(I(4), A)), square + (t ** 3 - 3 * t * s + 2 * c) / 6, square];
  }),
  row(
    "id-det-small",
    "[|I + εA| − 1 − ε tr A] / ε² at ε = 10⁻⁴ against ½ (tr²A − tr A²), A symmetric 4 × 4",
    "½ (tr²A + tr A²)",
    (draw) => {
      const [A, e] = [draw.symmetric(4), 1e-4];
      const [t, s] = [tr(A), tr(power(A, 2))];
      return [(det(sum(I(4), times(e, A))) - 1 - e * t) / (e * e), (t * t - s) / 2, (t * t + s) / 2];
    },
    1e-2 // what is left is ε times the cubic term
  ),
  row("id-two-inverse", "A⁻¹ of a 2 × 2 matrix against its formula", "the off-diagonal signs kept", (draw) => {
    const A = draw.regular(2);
    const [[a, b], [c, d]] = A;
    const by = (sign: number) =>
      times(
        1 / (a * d - b * c),
        build(2, 2, (i, j) => (i === j ? [d, a][i] : sign * A[i][j]))
      );
    return [inv(A), by(-1), by(1)];
  }),
  row("id-two-characteristic", "A² − A tr A + |A| I against 0, 2 × 2", "+ A tr A", (draw) => {
    const A = draw.matrix(2, 2);
    const left = (sign: number) => sum(power(A, 2), times(sign * tr(A), A), times(det(A), I(2)));
    return [times(0, A), left(-1), left(1)];
  })
];
