import {add, apply, build, diagonal, dot, identity, multiply, scale, transpose, type Matrix, type Vector} from "../components/math/matrix.js"; // prettier-ignore
import {logSumExp, softmax} from "../components/math/softmax.js";

/** A function of a vector whose gradient and curvature are known. */
export interface Problem {
  value(x: Vector): number;
  gradient(x: Vector): Vector;
  hessian(x: Vector): Matrix;
}

/** Qᵀ diag(λ) Q for an orthogonal Q: its row i is the eigenvector of λᵢ. */
export const withEigenvalues = (q: Matrix, values: Vector): Matrix =>
  multiply(transpose(q), multiply(diagonal(values), q));

/** ½ xᵀA x for a symmetric A. */
export const quadratic = (a: Matrix): Problem => ({
  value: (x) => 0.5 * dot(x, apply(a, x)),
  gradient: (x) => apply(a, x),
  hessian: () => a
});

/**
 * ln Σₖ exp (B x)ₖ + μ/2 ‖x‖²: convex, μ-strongly convex, and smooth with L ≤ ½ ‖B‖₂² + μ.
 *
 * @param b (K, n)
 */
export const softMaximum = (b: Matrix, mu: number): Problem => ({
  value: (x) => logSumExp(apply(b, x)) + 0.5 * mu * dot(x, x),
  gradient: (x) => apply(transpose(b), softmax(apply(b, x))).map((g, i) => g + mu * x[i]),
  hessian(x) {
    const p = softmax(apply(b, x));
    const inner = build(p.length, p.length, (i, j) => (i === j ? p[i] : 0) - p[i] * p[j]);
    return add(multiply(transpose(b), multiply(inner, b)), scale(identity(x.length), mu));
  }
});

/** Σ x² / (1 + x²): not convex, smooth with L = 2, lowest value 0 at 0. */
export const wells: Problem = {
  value: (x) => x.reduce((sum, xi) => sum + (xi * xi) / (1 + xi * xi), 0),
  gradient: (x) => x.map((xi) => (2 * xi) / (1 + xi * xi) ** 2),
  hessian: (x) => diagonal(x.map((xi) => (2 * (1 - 3 * xi * xi)) / (1 + xi * xi) ** 3))
};

/** Huber's function: ½ x² up to |x| = δ, then straight with slope δ. Convex, L = 1, nowhere strongly convex as a whole. */
export const huber = (delta: number) => ({
  value: (x: number) => (Math.abs(x) <= delta ? 0.5 * x * x : delta * Math.abs(x) - 0.5 * delta * delta),
  gradient: (x: number) => Math.max(-delta, Math.min(delta, x))
});
