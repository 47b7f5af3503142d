import {numericGradient} from "../../components/math/finiteDifference.js";
import {build, diagonal, type Matrix} from "../../components/math/matrix.js";
import {det, diagonalPart, hadamard, I, inv, minus, mul, sum, T, times, tr, unit} from "./algebra.js";
import {gradient, rate, row} from "./trial.js";

/** A symmetric matrix from its elements on and above the diagonal, row by row. */
const symmetricOf = (n: number, free: readonly number[]): Matrix =>
  build(n, n, (i, j) => free[place(n, Math.min(i, j), Math.max(i, j))]);
const place = (n: number, i: number, j: number): number => (i * (2 * n - i - 1)) / 2 + j;
const freeOf = (A: Matrix): number[] => A.flatMap((r, i) => r.slice(i));

/** ∂f/∂Xᵢⱼ for a symmetric X whose elements Xᵢⱼ and Xⱼᵢ are one number. */
const symmetricGradient = (f: (X: Matrix) => number, X: Matrix): Matrix =>
  symmetricOf(
    X.length,
    numericGradient((free) => f(symmetricOf(X.length, free)), freeOf(X))
  );

/** Toeplitz, n × n: Tᵢⱼ = t[j − i + n − 1]. */
const toeplitz = (n: number, t: readonly number[]): Matrix => build(n, n, (i, j) => t[j - i + n - 1]);

/** Σ of the elements of A with column − row = k. */
const diagonalSum = (A: Matrix, k: number): number =>
  A.reduce((total, r, i) => total + (i + k >= 0 && i + k < r.length ? r[i + k] : 0), 0);

/** Derivatives of structured matrices. Matrix Cookbook, section 2.8. */
export const structures = [
  row("id-structure", "df/dAᵢⱼ against tr(Gᵀ Sⁱʲ), A symmetric, f = tr(CA)", "Jⁱʲ for Sⁱʲ", (draw) => {
    const [C, A] = [draw.matrix(3, 3), draw.symmetric(3)];
    const S = (i: number, j: number) => (i === j ? unit(3, 3, i, i) : sum(unit(3, 3, i, j), unit(3, 3, j, i)));
    const by = (s: typeof S) => build(3, 3, (i, j) => tr(mul(C, s(i, j)))); // G = Cᵀ
    return [symmetricGradient((A) => tr(mul(C, A)), A), by(S), by((i, j) => unit(3, 3, i, j))];
  }),
  row(
    "id-structure-matrix",
    "∂A/∂Aᵢⱼ against Jⁱʲ + Jʲⁱ − JⁱʲJⁱʲ for i = j and i ≠ j, A symmetric",
    "Jⁱʲ + Jʲⁱ",
    (draw) => {
      const A = draw.symmetric(3);
      const pairs = [
        [1, 1],
        [0, 2]
      ];
      const truth = pairs.flatMap(([i, j]) =>
        rate((t) =>
          symmetricOf(
            3,
            freeOf(A).map((x, k) => (k === place(3, i, j) ? x + t : x))
          )
        )
      );
      const both = (i: number, j: number) => sum(unit(3, 3, i, j), unit(3, 3, j, i));
      const twice = (i: number, j: number) => mul(unit(3, 3, i, j), unit(3, 3, i, j));
      return [truth, pairs.flatMap(([i, j]) => minus(both(i, j), twice(i, j))), pairs.flatMap(([i, j]) => both(i, j))];
    }
  ),
  row("id-chain", "∂g(U)/∂Xᵢⱼ against tr((∂g/∂U)ᵀ ∂U/∂Xᵢⱼ), U = XᵀX, g = ln|U|, X 4 × 3", "half of it", (draw) => {
    const X = draw.matrix(4, 3);
    const G = inv(mul(T(X), X)); // ∂ ln|U|/∂U, symmetric
    const right = build(4, 3, (i, j) => {
      const J = unit(4, 3, i, j);
      return tr(mul(T(G), sum(mul(T(J), X), mul(T(X), J))));
    });
    return [gradient((X) => Math.log(det(mul(T(X), X))), X), right, times(0.5, right)];
  }),
  row("id-symmetric", "df/dA against G + Gᵀ − G ⊙ I, A symmetric, f = Σ sin(BA)ᵢⱼ", "G", (draw) => {
    const [A, B] = [draw.symmetric(3), draw.matrix(3, 3)];
    const f = (A: Matrix) =>
      mul(B, A)
        .flat()
        .reduce((total, x) => total + Math.sin(x), 0);
    const G = mul(
      T(B),
      mul(B, A).map((r) => r.map(Math.cos))
    );
    return [symmetricGradient(f, A), minus(sum(G, T(G)), diagonalPart(G)), G];
  }),
  row("id-symmetric-trace", "∂ tr AX/∂X against A + Aᵀ − A ⊙ I, X symmetric", "A + Aᵀ", (draw) => {
    const [A, X] = [draw.matrix(3, 3), draw.symmetric(3)];
    const both = sum(A, T(A));
    return [symmetricGradient((X) => tr(mul(A, X)), X), minus(both, diagonalPart(A)), both];
  }),
  row("id-symmetric-det", "∂|X|/∂X against |X|(2X⁻¹ − X⁻¹ ⊙ I), X symmetric", "|X|X⁻¹", (draw) => {
    const X = draw.positive(3);
    const W = times(det(X), inv(X));
    return [symmetricGradient(det, X), minus(times(2, W), diagonalPart(W)), W];
  }),
  row("id-symmetric-log-det", "∂ ln|X|/∂X against 2X⁻¹ − X⁻¹ ⊙ I, X symmetric", "X⁻¹", (draw) => {
    const X = draw.positive(3);
    const right = minus(times(2, inv(X)), diagonalPart(inv(X)));
    return [symmetricGradient((X) => Math.log(det(X)), X), right, inv(X)];
  }),
  row("id-diagonal", "∂ tr AX/∂X against A ⊙ I, X diagonal, 4 × 4", "A", (draw) => {
    const [A, x] = [draw.matrix(4, 4), draw.vector(4)];
    const g = numericGradient((x) => tr(mul(A, diagonal(x))), x);
    return [diagonal(g), hadamard(A, I(4)), A];
  }),
  row("id-toeplitz", "∂ tr AT/∂tₖ against the sum of A's diagonal −k, T Toeplitz 4 × 4", "diagonal k", (draw) => {
    const [A, t] = [draw.matrix(4, 4), draw.vector(7)];
    const by = (s: number) => t.map((_, k) => diagonalSum(A, s * (k - 3)));
    return [numericGradient((t) => tr(mul(A, toeplitz(4, t))), t), by(-1), by(1)];
  }),
  row(
    "id-toeplitz-symmetric",
    "∂ tr AT/∂tₖ against the sum of A's diagonals k and −k, T symmetric",
    "k alone",
    (draw) => {
      const [A, t] = [draw.matrix(4, 4), draw.vector(4)];
      const both = (t: number[]) => toeplitz(4, [...t.slice(1).reverse(), ...t]);
      const up = t.map((_, k) => diagonalSum(A, k));
      const right = up.map((s, k) => (k === 0 ? s : s + diagonalSum(A, -k)));
      return [numericGradient((t) => tr(mul(A, both(t))), t), right, up];
    }
  )
];
