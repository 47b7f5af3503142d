import type {Vector} from "../components/math/matrix.js";

/** How far a point is from satisfying each of the four KKT conditions of the projection; all are 0 at the answer. */
export interface Residuals {
  /** Largest |xᵢ − vᵢ + θ − νᵢ|. */
  stationarity: number;
  /** Largest of −xᵢ and |Σxᵢ − 1|. */
  primal: number;
  /** Largest −νᵢ. */
  dual: number;
  /** Largest |νᵢ xᵢ|. */
  slackness: number;
}

/** θ with Σ (vᵢ − θ)₊ = 1: over the r largest entries, r as large as keeps them positive, θ = (Σ vᵢ − 1) / r. */
export function threshold(v: Vector): number {
  const sorted = [...v].sort((a, b) => b - a);
  let [sum, theta] = [0, NaN];
  for (let r = 1; r <= sorted.length; ++r) {
    sum += sorted[r - 1];
    const candidate = (sum - 1) / r;
    if (sorted[r - 1] <= candidate) break; // this entry and all after it become 0
    theta = candidate;
  }
  return theta;
}

/** The point of {x ≥ 0, Σx = 1} nearest to v. Held, Wolfe & Crowder 1974; sorting costs n ln n. */
export function projectOnSimplex(v: Vector): Vector {
  const theta = threshold(v);
  return v.map((value) => Math.max(0, value - theta));
}

/** The KKT residuals of x as the projection of v, with the multipliers θ of Σx = 1 and ν of x ≥ 0. */
export function residuals(v: Vector, x: Vector, theta: number, nu: Vector): Residuals {
  const most = (values: number[]) => Math.max(0, ...values);
  return {
    stationarity: most(x.map((xi, i) => Math.abs(xi - v[i] + theta - nu[i]))),
    primal: most([...x.map((xi) => -xi), Math.abs(x.reduce((a, b) => a + b, 0) - 1)]),
    dual: most(nu.map((value) => -value)),
    slackness: most(nu.map((value, i) => Math.abs(value * x[i])))
  };
}

/** ν = (θ − v)₊, the multipliers that belong to the projection. */
export const multipliersOf = (v: Vector, theta = threshold(v)): Vector => v.map((value) => Math.max(0, theta - value));

/** −Σ p ln p in nats, 0 ln 0 = 0. */
export const entropy = (p: Vector): number =>
  -p.reduce((sum, value) => sum + (value > 0 ? value * Math.log(value) : 0), 0);

/** Corners of a triangle of side 1 for the three coordinates of the simplex. */
const corners = [
  [0, 0],
  [1, 0],
  [0.5, Math.sqrt(3) / 2]
];

/** A point of the plane Σx = 1 as a point of the drawing, distances multiplied by 1/√2. */
export const toTriangle = (x: Vector): [number, number] => [0, 1].map((axis) => corners.reduce((sum, corner, i) => sum + x[i] * corner[axis], 0)) as [number, number]; // prettier-ignore

/** The inverse: barycentric coordinates, which sum to 1 and are negative outside the triangle. */
export function fromTriangle([px, py]: [number, number]): Vector {
  const third = py / corners[2][1];
  const second = px - third / 2;
  return [1 - second - third, second, third];
}
