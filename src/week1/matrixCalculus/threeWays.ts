import {jacobianByColumns} from "../../components/math/dual.js";
import type {Equation} from "../../components/math/equation.js";
import {type Differentiable, evaluate} from "../../components/math/field.js";
import {numericJacobian} from "../../components/math/finiteDifference.js";
import type {Matrix, Vector} from "../../components/math/matrix.js";
import {jacobianByRows} from "../../components/math/tape.js";
import {type Draw, row} from "./trial.js";

/** A function, a point, and its Jacobian as it was derived by hand, right and wrong. */
export interface ByHand {
  f: Differentiable;
  x: Vector;
  /** (m, n): a row for each output. */
  jacobian: Matrix;
  wrong: Matrix;
}

/**
 * A Jacobian derived by hand as three checks: against dual numbers, column by column, and against the tape, row by row,
 * both exact up to rounding; and against central differences with h = 10⁻⁵, to 10⁻⁷.
 */
export function threeWays(name: string, what: string, slip: string, at: (draw: Draw) => ByHand): Equation[] {
  const ways: [string, (f: Differentiable, x: Vector) => Matrix, number][] = [
    ["dual numbers", jacobianByColumns, 1e-12],
    ["the tape", jacobianByRows, 1e-12],
    ["central differences", (f, x) => numericJacobian((at) => evaluate(f, at), x), 1e-7]
  ];
  return ways.map(([way, derive, within]) =>
    row(
      name,
      `${what} against ${way}`,
      slip,
      (draw) => {
        const {f, x, jacobian, wrong} = at(draw);
        return [derive(f, x), jacobian, wrong];
      },
      within
    )
  );
}

/** The Jacobian of a function that is applied element by element: slopes on the diagonal. */
export const onDiagonal = (slopes: Vector): Matrix => slopes.map((s, i) => slopes.map((_, j) => (i === j ? s : 0)));
