import {blocks, det, I, inv, minus, mul, scalar, sum, T, times} from "./algebra.js";
import {row} from "./trial.js";

/** Determinants of updates, and inverses and determinants of blocks. Matrix Cookbook, sections 1.2 and 9.1. */
export const blockInverses = [
  row("id-det-lemma-rank-one", "|A + uvᵀ| against |A|(1 + vᵀA⁻¹u), 4 × 4", "A for A⁻¹", (draw) => {
    const [A, u, v] = [draw.regular(4), draw.column(4), draw.column(4)];
    const by = (core: number[][]) => det(A) * (1 + scalar(mul(T(v), core, u)));
    return [det(sum(A, mul(u, T(v)))), by(inv(A)), by(A)];
  }),
  row("id-det-lemma", "|A + UBV| against |B⁻¹ + VA⁻¹U||B||A|, A 4 × 4, B 2 × 2", "|B| left out", (draw) => {
    const [A, B, U, V] = [draw.regular(4), draw.regular(2), draw.matrix(4, 2), draw.matrix(2, 4)];
    const core = det(sum(inv(B), mul(V, inv(A), U))) * det(A);
    return [det(sum(A, mul(U, B, V))), core * det(B), core];
  }),
  row("id-det-sylvester", "|I + AB| against |I + BA|, A 4 × 2", "|I − BA|", (draw) => {
    const [A, B] = [draw.matrix(4, 2), draw.matrix(2, 4)];
    return [det(sum(I(4), mul(A, B))), det(sum(I(2), mul(B, A))), det(minus(I(2), mul(B, A)))];
  }),
  row("id-block-det", "|[A B; C D]| against |D||A − BD⁻¹C| and |A||D − CA⁻¹B|", "|A||D|", (draw) => {
    const [A, B, C, D] = [draw.regular(3), draw.matrix(3, 2), draw.matrix(2, 3), draw.regular(2)];
    const whole = det(
      blocks([
        [A, B],
        [C, D]
      ])
    );
    const first = det(D) * det(minus(A, mul(B, inv(D), C)));
    const second = det(A) * det(minus(D, mul(C, inv(A), B)));
    return [
      [whole, whole],
      [first, second],
      [det(A) * det(D), second]
    ];
  }),
  row("id-block-inverse", "[A B; C D]⁻¹ against its blocks, A 3 × 3, D 2 × 2", "D for the complement", (draw) => {
    const [A, B, C, D] = [draw.positive(3), times(0.3, draw.matrix(3, 2)), draw.matrix(2, 3), draw.positive(2)];
    const by = (S: number[][]) =>
      blocks([
        [sum(inv(A), mul(inv(A), B, inv(S), C, inv(A))), times(-1, mul(inv(A), B, inv(S)))],
        [times(-1, mul(inv(S), C, inv(A))), inv(S)]
      ]);
    const whole = blocks([
      [A, B],
      [C, D]
    ]);
    return [inv(whole), by(minus(D, mul(C, inv(A), B))), by(D)];
  }),
  row("id-block-diagonal", "inverse and determinant of diag(A, D) block by block", "|A| + |D|", (draw) => {
    const [A, D] = [draw.regular(3), draw.regular(2)];
    const zero = (m: number, n: number) => times(0, draw.matrix(m, n));
    const both = (X: number[][], Y: number[][]) =>
      blocks([
        [X, zero(3, 2)],
        [zero(2, 3), Y]
      ]);
    const right = both(inv(A), inv(D)).flat();
    const whole = both(A, D);
    return [
      [...inv(whole).flat(), det(whole)],
      [...right, det(A) * det(D)],
      [...right, det(A) + det(D)]
    ];
  })
];
