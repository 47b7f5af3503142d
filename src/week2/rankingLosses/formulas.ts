import {eigen} from "../../components/math/eigen.js";
import {dot, type Vector} from "../../components/math/matrix.js";

/** The page's losses in float64, for drawing and for checking; what trains is in `components/losses/`. */

export const minus = (a: Vector, b: Vector): Vector => a.map((x, i) => x - b[i]);
export const times = (a: Vector, s: number): Vector => a.map((x) => s * x);
export const squared = (a: Vector, b: Vector): number => dot(minus(a, b), minus(a, b));
export const unit = (a: Vector): Vector => times(a, 1 / Math.sqrt(dot(a, a)));

export interface Triplet {
  a: Vector;
  p: Vector;
  n: Vector;
}

/** max(0, ‖a − p‖² − ‖a − n‖² + m). */
export const triplet = ({a, p, n}: Triplet, margin: number): number =>
  Math.max(0, squared(a, p) - squared(a, n) + margin);

/** Its gradient: 2 (n − p), 2 (p − a), 2 (a − n) where it is not 0. */
export function tripletGradient({a, p, n}: Triplet, margin: number): Triplet {
  const on = triplet({a, p, n}, margin) > 0 ? 2 : 0;
  return {a: times(minus(n, p), on), p: times(minus(p, a), on), n: times(minus(a, n), on)};
}

/** ½ D² for a pair that is alike, ½ max(0, m − D)² for one that is not. */
export function contrastive(x1: Vector, x2: Vector, alike: boolean, margin: number): number {
  const d = Math.sqrt(squared(x1, x2));
  return alike ? (d * d) / 2 : Math.max(0, margin - d) ** 2 / 2;
}

/** Its gradient by x₁; that by x₂ is the opposite. */
export function contrastiveGradient(x1: Vector, x2: Vector, alike: boolean, margin: number): Vector {
  const d = Math.sqrt(squared(x1, x2));
  return times(minus(x1, x2), alike ? 1 : -Math.max(0, margin - d) / d);
}

export type Kind = "easy" | "semi-hard" | "hard";

/** Where a negative stands: beyond the margin, within it, or nearer than the positive. FaceNet, section 3.2. */
export function kindOf({a, p, n}: Triplet, margin: number): Kind {
  const [near, far] = [squared(a, p), squared(a, n)];
  return far <= near ? "hard" : far < near + margin ? "semi-hard" : "easy";
}

/** How many triplets a batch of P classes with K records each holds. */
export const tripletCount = (classes: number, each: number): number =>
  classes * each * (each - 1) * (classes * each - each);

/** Rows on their two directions of largest variance, for drawing. */
export function principal(rows: Vector[]): [number, number][] {
  const size = rows[0].length;
  const mean = Array.from({length: size}, (_, d) => rows.reduce((sum, row) => sum + row[d] / rows.length, 0));
  const centred = rows.map((row) => minus(row, mean));
  const covariance = Array.from({length: size}, (_, i) =>
    Array.from({length: size}, (_, j) => centred.reduce((sum, row) => sum + (row[i] * row[j]) / rows.length, 0))
  );
  const {vectors} = eigen(covariance);
  const axis = (k: number) => vectors.map((row) => row[k]);
  const [first, second] = [axis(0), axis(1)];
  return centred.map((row) => [dot(row, first), dot(row, second)]);
}
