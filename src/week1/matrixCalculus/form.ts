import {apply, diagonal, dot, multiply, transpose, type Matrix, type Vector} from "../../components/math/matrix.js";
import type {Point} from "../../components/plots/series.js";

/** Q diag(λ) Qᵀ in the plane, the first eigenvector `turn` degrees from the x axis. */
export function formOf(values: Vector, turn: number): {A: Matrix; axes: [Vector, Vector]} {
  const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const Q = [
    [c, -s],
    [s, c]
  ];
  return {A: multiply(multiply(Q, diagonal(values)), transpose(Q)), axes: [[c, s], [-s, c]]}; // prettier-ignore
}

/** What the signs of the eigenvalues say of the form's stationary point; |λ| below 0.05 counts as 0. */
export function kindOf([a, b]: Vector): string {
  const [x, y] = [a, b].map((value) => (Math.abs(value) < 0.05 ? 0 : Math.sign(value)));
  if (x * y < 0) return "indefinite: a saddle, up along one axis and down along the other";
  if (x === 0 && y === 0) return "zero: a plane";
  const sign = x + y > 0 ? "positive" : "negative";
  if (x === 0 || y === 0) return `${sign} semidefinite: a trough, level along one axis`;
  return `${sign} definite: a ${sign === "positive" ? "minimum" : "maximum"}`;
}

/** The ellipse ½ xᵀAx = c for positive eigenvalues. */
export function level(values: Vector, turn: number, c: number): Point[] {
  const {axes} = formOf(values, turn);
  return Array.from({length: 97}, (_, k): Point => {
    const angle = (2 * Math.PI * k) / 96;
    const [u, v] = [Math.cos(angle) * Math.sqrt((2 * c) / values[0]), Math.sin(angle) * Math.sqrt((2 * c) / values[1])];
    return [u * axes[0][0] + v * axes[1][0], u * axes[0][1] + v * axes[1][1]];
  });
}

/** The cosine of the angle at x between −∇f and the way to the minimum, for f = ½ xᵀAx. */
export function downhill(A: Matrix, x: Vector): number {
  const g = apply(A, x);
  return dot(x, g) / Math.sqrt(dot(x, x) * dot(g, g));
}
