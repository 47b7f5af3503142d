import {type Differentiable, inner} from "./field.js";
import {add, apply, dot, transpose, type Matrix, type Vector} from "./matrix.js";

/** xᵀ A x = Σᵢⱼ Aᵢⱼ xᵢ xⱼ, A (n, n), symmetric or not. */
export const quadraticForm = (a: Matrix, x: Vector): number => dot(x, apply(a, x));

/** ∇ xᵀ A x = (A + Aᵀ) x, a column of n; 2 A x only where A is symmetric. */
export const quadraticGradient = (a: Matrix, x: Vector): Vector => apply(quadraticHessian(a), x);

/** ∇² xᵀ A x = A + Aᵀ, (n, n), the same at every x. */
export const quadraticHessian = (a: Matrix): Matrix => add(a, transpose(a));

/** `quadraticForm` for dual numbers and for the tape. */
export const quadraticFormOn =
  (a: Matrix): Differentiable =>
  (o, x) => [
    inner(
      o,
      x,
      a.map((row) => inner(o, row.map(o.constant), x))
    )
  ];
