import type {Vector} from "../components/math/matrix.js";

/** A function of the plane with its gradient by hand. */
export interface Surface {
  value(x: Vector): number;
  gradient(x: Vector): Vector;
  /** Where it is looked at. */
  x: [number, number];
  y: [number, number];
  start: [number, number];
  /** The lowest value; −∞ for a saddle. */
  least: number;
}

/** ½ (x² + κ y²): curvatures μ = 1 and L = κ. */
export const bowl = (kappa: number): Surface => ({
  value: ([x, y]) => 0.5 * (x * x + kappa * y * y),
  gradient: ([x, y]) => [x, kappa * y],
  ...{x: [-3, 3], y: [-2, 2], start: [-2.4, 1.2], least: 0}
});

/** (1 − x)² + 100 (y − x²)²: a curved valley, its minimum at (1, 1). Rosenbrock 1960. */
export const rosenbrock: Surface = {
  value: ([x, y]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  gradient: ([x, y]) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
  ...{x: [-2, 2], y: [-1, 3], start: [-1.2, 1], least: 0}
};

/** ½ (x² − y²): at the origin the gradient is 0, along y it is a maximum. */
export const saddle: Surface = {
  value: ([x, y]) => 0.5 * (x * x - y * y),
  gradient: ([x, y]) => [x, -y],
  ...{x: [-3, 3], y: [-2, 2], start: [-2.4, 1e-3], least: -Infinity}
};
