import {cholesky, choleskySolve} from "../../components/math/cholesky.js";
import {apply, multiply, transpose, type Matrix, type Vector} from "../../components/math/matrix.js";
import {pseudoInverse} from "../../components/math/pseudoInverse.js";
import {svd} from "../../components/math/svd.js";
import type {Mark} from "../../components/plots/marks.js";
import type {Panel} from "../../components/plots/plane.js";
import type {Point} from "../../components/plots/series.js";
import {formatNumber} from "../../components/ui/number.js";

/** Rows (1, t, t², … t^degree). */
export const powers = (at: readonly number[], degree: number): Matrix =>
  at.map((t) => Array.from({length: degree + 1}, (_, k) => t ** k));

/** κ = σ₁ / σₙ over the values that are not rounding. */
export function conditionNumber(a: Matrix): number {
  const {values} = svd(a);
  const kept = values.filter((value) => value > 1e-14 * values[0]);
  return kept[0] / kept[kept.length - 1];
}

/** The coefficients: (AᵀA + λI)⁻¹Aᵀb by the SVD, for λ = 0 the shortest least-squares solution A⁺b. */
export function ridge(a: Matrix, b: Vector, lambda: number): Vector {
  if (lambda === 0) return apply(pseudoInverse(a), b);
  const {u, values, v} = svd(a);
  const parts = apply(transpose(u), b).map((y, i) => (y * values[i]) / (values[i] ** 2 + lambda));
  return apply(v, parts);
}

/** How far two solvers miss the coefficients (1, 1, … 1) of a polynomial on 40 points of [0, 1]: ‖x − 1‖ / ‖1‖. */
export function solverErrors(degree: number): {kappa: number; normal: number; orthogonal: number} {
  const a = powers(Array.from({length: 40}, (_, i) => i / 39), degree); // prettier-ignore
  const b = a.map((row) => row.reduce((sum, x) => sum + x, 0));
  const error = (x: ArrayLike<number>) => Math.hypot(...Array.from(x, (value) => value - 1)) / Math.sqrt(degree + 1);
  return {kappa: conditionNumber(a), normal: error(normalEquations(a, b)), orthogonal: error(ridge(a, b, 0))};
}

/** AᵀA x = Aᵀb by Cholesky; NaN where rounding has made AᵀA indefinite. */
function normalEquations(a: Matrix, b: Vector): Float64Array {
  const gram = multiply(transpose(a), a).flat();
  try {
    return choleskySolve(cholesky(gram), Float64Array.from(apply(transpose(a), b)));
  } catch {
    return Float64Array.of(NaN);
  }
}

const at = (x: Vector, t: number) => x.reduceRight((sum, c) => sum * t + c, 0);
const start: Point[] = [[-0.9, -0.4], [-0.6, 0.35], [-0.3, 0.5], [0, 0.1], [0.3, -0.25], [0.6, -0.1], [0.9, 0.7]]; // prettier-ignore

function solved(points: Point[], degree: number, lambda: number) {
  const a = powers(points.map(([t]) => t), degree); // prettier-ignore
  const b = points.map(([, y]) => y);
  const x = ridge(a, b, lambda);
  const residual = Math.hypot(...apply(a, x).map((y, i) => y - b[i]));
  return {a, x, residual};
}

/** Seven points and the polynomial that fits them best. */
export const fitPanels: Panel<{degree: number; lambda: number}>[] = [
  {
    ...{x: [-1.1, 1.1], y: [-1.2, 1.2], aspect: 0.8, title: "seven points and a polynomial"},
    handles: start.map((point, i) => ({name: `point ${i + 1}`, at: point, color: "var(--series-2)"})),
    draw(points, {degree, lambda}) {
      const {x} = solved(points, degree, lambda);
      const line = Array.from({length: 111}, (_, i): Point => [-1.1 + i / 50, at(x, -1.1 + i / 50)]);
      return [
        {kind: "curve", points: line, color: "var(--series-1)"},
        ...points.map(([t, y]) => ({kind: "curve" as const, points: [[t, y], [t, at(x, t)]] as Point[], color: "var(--series-2)", thin: true, dashed: true}))
      ]; // prettier-ignore
    },
    describe(points, {degree, lambda}) {
      const {a, x, residual} = solved(points, degree, lambda);
      const freedom = degree + 1 > points.length ? " More coefficients than points: infinitely many fit, the shortest is drawn." : ""; // prettier-ignore
      return `Degree ${degree}, λ = ${lambda}: ‖Ax − b‖ = ${formatNumber(residual, 3)}, ‖x‖ = ${formatNumber(Math.hypot(...x), 3)}, κ(A) = ${formatNumber(conditionNumber(a), 3)}.${freedom}`;
    }
  },
  {
    ...{x: [0, 12], y: [-6.5, 1.5], aspect: 0.8, title: "log₁₀ of the singular values of A"},
    draw(points, {degree, lambda}) {
      const {values} = svd(solved(points, degree, lambda).a);
      const level = Math.log10(lambda) / 2;
      const dots = values.map((value, i): Point => [i + 1, Math.log10(value)]);
      const line: Mark = {kind: "curve", points: [[0, level], [12, level]], color: "var(--series-2)", dashed: true}; // prettier-ignore
      return [...(lambda > 0 ? [line] : []), {kind: "dots", points: dots, color: "var(--series-1)"}];
    },
    describe(points, {degree, lambda}) {
      const {values} = svd(solved(points, degree, lambda).a);
      const kept = values.map((value) => formatNumber(value ** 2 / (value ** 2 + lambda), 2)).join(", ");
      return lambda > 0
        ? `Dashed: √λ. Of each direction's least-squares part ridge keeps σ²/(σ² + λ): ${kept}.`
        : `σ = ${values.map((value) => formatNumber(value, 2)).join(", ")}. Without ridge each is divided by as it is.`;
    }
  }
];
