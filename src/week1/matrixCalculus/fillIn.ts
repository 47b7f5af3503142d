import type {Matrix} from "../../components/math/matrix.js";
import {rng} from "../../components/math/random.js";
import {I, inv, mul, sum, T, times} from "./algebra.js";
import {evaluateFormula, type Letters} from "./expression.js";
import {apart, drawFrom, gradient, type Draw} from "./trial.js";

/** What the reader completes: the truth is found by central differences or by computing the left side, never by a formula. */
export interface FillIn {
  letters(draw: Draw): Letters;
  truth(letters: Letters): Matrix;
}

export interface Graded {
  passed: boolean;
  /** The largest relative error over the trials; infinite where the formula has no value or another shape. */
  error: number;
  /** Why it has none. */
  problem?: string;
}

const trials = 5;

/** ∂f/∂X as a problem: f is itself a formula, in the letters drawn. */
export const gradientOf = (f: string, by: string, letters: (draw: Draw) => Letters): FillIn => ({
  letters,
  truth: (drawn) => gradient((at) => evaluateFormula(f, {...drawn, [by]: at})[0][0], drawn[by])
});

/** Compares a formula with the truth at five random draws; it passes at a relative error of 10⁻⁷ in all. */
export function grade(text: string, {letters, truth}: FillIn, seed = 1): Graded {
  let error = 0;
  for (let k = 0; k < trials; ++k) {
    const drawn = letters(drawFrom(rng(seed).fork(k)));
    try {
      const right = truth(drawn);
      const found = evaluateFormula(text, drawn);
      const single = found.length === 1 && found[0].length === 1 && right.length === right[0].length;
      error = Math.max(error, apart(right, single ? times(found[0][0], I(right.length)) : found));
    } catch (reason) {
      return {passed: false, error: Infinity, problem: reason instanceof Error ? reason.message : String(reason)};
    }
  }
  return {passed: error <= 1e-7, error};
}

const three = (draw: Draw) => ({A: draw.regular(3), B: draw.regular(3), X: draw.regular(3)});

/** The twelve identities to fill in, by exercise. */
export const fillIns: Record<string, FillIn> = {
  "ex-bilinear": gradientOf("a'Xb", "X", (draw) => ({a: draw.column(3), b: draw.column(4), X: draw.matrix(3, 4)})),
  "ex-trace": gradientOf("tr(AXB)", "X", (draw) => ({
    ...{A: draw.matrix(2, 3), B: draw.matrix(4, 2)},
    X: draw.matrix(3, 4)
  })),
  "ex-quadratic": gradientOf("x'Bx", "x", (draw) => ({B: draw.matrix(4, 4), x: draw.column(4)})),
  "ex-least-squares": gradientOf("(Ax - b)'(Ax - b)", "x", (draw) => ({
    ...{A: draw.matrix(5, 3), b: draw.column(5)},
    x: draw.column(3)
  })),
  "ex-trace-form": gradientOf("tr(X'AX)", "X", (draw) => ({A: draw.matrix(4, 4), X: draw.matrix(4, 3)})),
  "ex-log-det": gradientOf("ln(det(X))", "X", (draw) => ({X: draw.regular(3)})),
  "ex-inverse-form": gradientOf("a' inv(X) b", "X", (draw) => ({
    ...{a: draw.column(3), b: draw.column(3)},
    X: draw.regular(3)
  })),
  "ex-det-product": gradientOf("det(AXB)", "X", (draw) => {
    const {A, B, X} = three(draw);
    return {A: times(0.3, A), B: times(0.3, B), X};
  }),
  "ex-trace-inverse": gradientOf("tr(inv(X) A)", "X", (draw) => ({A: draw.matrix(3, 3), X: draw.regular(3)})),
  "ex-gaussian": gradientOf("ln(det(X)) + tr(inv(X) S)", "X", (draw) => ({S: draw.matrix(3, 3), X: draw.regular(3)})),
  "ex-push": {
    letters: (draw) => ({A: draw.matrix(4, 2), B: times(0.1, draw.matrix(2, 4))}),
    truth: ({A, B}) => mul(inv(sum(I(4), mul(A, B))), A)
  },
  "ex-rank-one": {
    letters: (draw) => ({A: draw.positive(4), b: times(0.3, draw.column(4)), c: draw.column(4)}),
    truth: ({A, b, c}) => inv(sum(A, mul(b, T(c))))
  }
};
