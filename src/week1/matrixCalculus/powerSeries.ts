import type {Matrix} from "../../components/math/matrix.js";
import {I, mul, sum, times} from "./algebra.js";

/** Σ cₖ Xᵏ/k!, k < 24: for matrices of size 1 or so what is left out is below rounding. */
export function powerSeries(X: Matrix, c: (k: number) => number): Matrix {
  let term = I(X.length);
  let total = times(c(0), term);
  for (let k = 1; k < 24; ++k) {
    term = times(1 / k, mul(term, X));
    total = sum(total, times(c(k), term));
  }
  return total;
}
