import {evaluateFormula} from "./expression.js";
import {type FillIn, type Graded, grade, gradientOf} from "./fillIn.js";
import {type Draw, drawFrom} from "./trial.js";
import {rng} from "../../components/math/random.js";

/** The letters of the laboratory: matrices of 3 × 3, S symmetric and positive definite, and columns of 3. */
const letters = (draw: Draw) => ({
  ...{A: draw.regular(3), B: draw.regular(3), C: draw.regular(3), X: draw.regular(3), S: draw.positive(3)},
  ...{a: draw.column(3), b: draw.column(3), c: draw.column(3), x: draw.column(3)}
});

/** Whether a formula is the gradient of another by one of its letters, as central differences see it at five draws. */
export function examine(f: string, by: string, claimed: string): Graded {
  try {
    const value = evaluateFormula(f, letters(drawFrom(rng(1))));
    if (value.length !== 1 || value[0].length !== 1)
      throw new RangeError(`f: expected a number, got ${value.length} × ${value[0].length}`);
  } catch (reason) {
    return {passed: false, error: Infinity, problem: `f: ${reason instanceof Error ? reason.message : reason}`};
  }
  const problem: FillIn = gradientOf(f, by, letters);
  return grade(claimed, problem);
}
