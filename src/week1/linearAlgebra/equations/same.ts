import type {Comparison} from "../../../components/math/equation.js";
import {add, multiply, norm, type Matrix} from "../../../components/math/matrix.js";

/** ‖A − B‖ / ‖B‖ against 0. */
export const same = (a: Matrix, b: Matrix, within = 1e-12): Comparison => ({
  got: norm(add(a, b, -1)) / norm(b),
  expected: 0,
  within
});

/** A₁ A₂ ⋯ */
export const product = (...factors: Matrix[]): Matrix => factors.reduce(multiply);

/** A vector as a column. */
export const column = (x: readonly number[]): Matrix => x.map((value) => [value]);
