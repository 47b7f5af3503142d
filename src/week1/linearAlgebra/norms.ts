import {norm, type Matrix, type Vector} from "../../components/math/matrix.js";
import {svd} from "../../components/math/svd.js";

/** Which norm: the sum of sizes, Euclid's length, the largest size. */
export type NormKind = 1 | 2 | "∞";

/** ‖x‖ₚ. */
export function vectorNorm(x: Vector, kind: NormKind): number {
  if (kind === 2) return Math.hypot(...x);
  return kind === 1 ? x.reduce((sum, xi) => sum + Math.abs(xi), 0) : Math.max(...x.map(Math.abs));
}

/** ‖A‖ₚ = max ‖Ax‖ₚ over ‖x‖ₚ = 1. */
export function inducedNorm(a: Matrix, kind: NormKind): number {
  if (kind === 2) return svd(a).values[0];
  return norm(a, kind === 1 ? 1 : "infinity");
}

/** A unit vector for which ‖Ax‖ₚ = ‖A‖ₚ: an axis, v₁, or the signs of the largest row. */
export function worstInput(a: Matrix, kind: NormKind): Vector {
  if (kind === 2) return svd(a).v.map((row) => row[0]);
  const sums = (rows: Matrix) => rows.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0));
  const place = (values: number[]) => values.indexOf(Math.max(...values));
  if (kind === "∞") return a[place(sums(a))].map((x) => (x < 0 ? -1 : 1));
  const j = place(a[0].map((_, column) => a.reduce((sum, row) => sum + Math.abs(row[column]), 0)));
  return a[0].map((_, column) => (column === j ? 1 : 0));
}
