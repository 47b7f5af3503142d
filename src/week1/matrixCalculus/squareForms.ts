import {numericJacobian} from "../../components/math/finiteDifference.js";
import {build, type Matrix} from "../../components/math/matrix.js";
import {minus, mul, scalar, sum, T, times, unit} from "./algebra.js";
import {gradient, rate, row} from "./trial.js";

/** Forms of second order. Matrix Cookbook, sections 2.4.2 and 2.4.4. */
export const squareForms = [
  row("id-square-of-sum", "∂(Σ Xₖₗ)²/∂Xᵢⱼ against 2 Σ Xₖₗ, 3 × 4", "2Xᵢⱼ", (draw) => {
    const X = draw.matrix(3, 4);
    const total = (X: Matrix) => X.flat().reduce((a, b) => a + b);
    return [gradient((X) => total(X) ** 2, X), build(3, 4, () => 2 * total(X)), times(2, X)];
  }),
  row("id-gram-bilinear", "∂ bᵀXᵀXc/∂X against X(bcᵀ + cbᵀ), X 4 × 3", "2Xbcᵀ", (draw) => {
    const [X, b, c] = [draw.matrix(4, 3), draw.column(3), draw.column(3)];
    const right = mul(X, sum(mul(b, T(c)), mul(c, T(b))));
    return [gradient((X) => scalar(mul(T(b), T(X), X, c)), X), right, times(2, mul(X, b, T(c)))];
  }),
  row("id-affine-product", "∂ (Bx + b)ᵀC(Dx + d)/∂x, B 3 × 4, D 2 × 4", "second term left out", (draw) => {
    const [B, b, C] = [draw.matrix(3, 4), draw.column(3), draw.matrix(3, 2)];
    const [D, d, x] = [draw.matrix(2, 4), draw.column(2), draw.column(4)];
    const [left, right] = [(x: Matrix) => sum(mul(B, x), b), (x: Matrix) => sum(mul(D, x), d)];
    const first = mul(T(B), C, right(x));
    const f = (x: Matrix) => scalar(mul(T(left(x)), C, right(x)));
    return [gradient(f, x), sum(first, mul(T(D), T(C), left(x))), first];
  }),
  row("id-form-element", "∂(XᵀBX)ₖₗ/∂Xᵢⱼ for all i, j, 3 × 3", "k and l exchanged", (draw) => {
    const [X, B, k, l] = [draw.matrix(3, 3), draw.matrix(3, 3), 0, 2];
    const by = (k: number, l: number) =>
      build(3, 3, (i, j) => (l === j ? mul(T(X), B)[k][i] : 0) + (k === j ? mul(B, X)[i][l] : 0));
    return [gradient((X) => mul(T(X), B, X)[k][l], X), by(k, l), by(l, k)];
  }),
  row("id-form-matrix", "∂(XᵀBX)/∂Xᵢⱼ against XᵀBJⁱʲ + JʲⁱBX, X 4 × 3", "twice the first term", (draw) => {
    const [X, B, J] = [draw.matrix(4, 3), draw.matrix(4, 4), unit(4, 3, 2, 1)];
    const at = (t: number) => sum(X, times(t, J));
    const first = mul(T(X), B, J);
    return [rate((t) => mul(T(at(t)), B, at(t))), sum(first, mul(T(J), B, X)), times(2, first)];
  }),
  row("id-quadratic", "∂ xᵀBx/∂x against (B + Bᵀ)x, 4 × 4", "2Bx, right for a symmetric B only", (draw) => {
    const [B, x] = [draw.matrix(4, 4), draw.column(4)];
    return [gradient((x) => scalar(mul(T(x), B, x)), x), mul(sum(B, T(B)), x), times(2, mul(B, x))];
  }),
  row("id-form-bilinear", "∂ bᵀXᵀDXc/∂X against DᵀXbcᵀ + DXcbᵀ, X 4 × 3", "D for Dᵀ", (draw) => {
    const [X, D, b, c] = [draw.matrix(4, 3), draw.matrix(4, 4), draw.column(3), draw.column(3)];
    const by = (first: Matrix) => sum(mul(first, X, b, T(c)), mul(D, X, c, T(b)));
    return [gradient((X) => scalar(mul(T(b), T(X), D, X, c)), X), by(T(D)), by(D)];
  }),
  row("id-affine-form", "∂ (Xb + c)ᵀD(Xb + c)/∂X, X 4 × 3", "2D for D + Dᵀ", (draw) => {
    const [X, D, b, c] = [draw.matrix(4, 3), draw.matrix(4, 4), draw.column(3), draw.column(4)];
    const rest = (X: Matrix) => sum(mul(X, b), c);
    const by = (core: Matrix) => mul(core, rest(X), T(b));
    return [gradient((X) => scalar(mul(T(rest(X)), D, rest(X))), X), by(sum(D, T(D))), by(times(2, D))];
  }),
  ...residualForms(),
  row("id-quadratic-affine", "gradient and Hessian of xᵀAx + bᵀx, 4 × 4", "b left out of the gradient", (draw) => {
    const [A, b, x] = [draw.matrix(4, 4), draw.column(4), draw.column(4)];
    const slope = (x: Matrix) => gradient((x) => scalar(mul(T(x), A, x)) + scalar(mul(T(b), x)), x);
    const H = sum(A, T(A));
    const hessian = numericJacobian((x) => mul(H, T([x])).flat(), x.flat());
    const by = (g: Matrix) => [...g.flat(), ...H.flat()];
    return [[...slope(x).flat(), ...hessian.flat()], by(sum(mul(H, x), b)), by(mul(H, x))];
  })
];

/** (x − As)ᵀW(x − As), W symmetric, by each of its letters. */
function residualForms() {
  const slopes = {
    s: (r: Matrix, {A, W}: Record<string, Matrix>) => times(-2, mul(T(A), W, r)),
    x: (r: Matrix, {W}: Record<string, Matrix>) => times(2, mul(W, r)),
    A: (r: Matrix, {W, s}: Record<string, Matrix>) => times(-2, mul(W, r, T(s)))
  };
  const by = (letter: "s" | "x" | "A") =>
    row(
      `id-residual-${letter.toLowerCase()}${letter === "A" ? "-matrix" : ""}`,
      `∂ (x − As)ᵀW(x − As)/∂${letter}, W symmetric, A 4 × 3`,
      "+ for − inside, or the 2 left out",
      (draw) => {
        const parts = {A: draw.matrix(4, 3), s: draw.column(3), x: draw.column(4), W: draw.symmetric(4)};
        const rest = ({A, s, x}: typeof parts) => minus(x, mul(A, s));
        const f = (at: Matrix) => {
          const r = rest({...parts, [letter]: at});
          return scalar(mul(T(r), parts.W, r));
        };
        const right = slopes[letter](rest(parts), parts);
        return [gradient(f, parts[letter]), right, times(0.5, right)];
      }
    );
  const difference = row(
    "id-residual-difference",
    "∂ (x − s)ᵀW(x − s)/∂x and /∂s, W symmetric",
    "same sign",
    (draw) => {
      const [W, s, x] = [draw.symmetric(4), draw.column(4), draw.column(4)];
      const f = (x: Matrix, s: Matrix) => scalar(mul(T(minus(x, s)), W, minus(x, s)));
      const right = times(2, mul(W, minus(x, s)));
      const truth = [...gradient((x) => f(x, s), x), ...gradient((s) => f(x, s), s)];
      return [truth, [...right, ...times(-1, right)], [...right, ...right]];
    }
  );
  return [difference, by("s"), by("x"), by("A")];
}
