import type {Vector} from "../components/math/matrix.js";
import type {Point} from "../components/plots/series.js";

/** A function of the plane with its gradient by hand and its level lines. */
export interface Surface {
  value(x: Vector): number;
  gradient(x: Vector): Vector;
  levels: Point[][];
  /** Where it is looked at. */
  x: [number, number];
  y: [number, number];
  start: Point;
}

const steps = (a: number, b: number, count: number) =>
  Array.from({length: count + 1}, (_, i) => a + ((b - a) * i) / count);

/** ½ (μ u² + L v²) with L = 1, μ = 1/κ; u and v are the axes turned by an angle in degrees. */
export function bowl(kappa: number, degrees = 0): Surface {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const turned = ([x, y]: Vector): Point => [c * x + s * y, c * y - s * x];
  const back = ([u, v]: Vector): Point => [c * u - s * v, s * u + c * v];
  const circle = steps(0, 2 * Math.PI, 120);
  return {
    value: (x) => 0.5 * (turned(x)[0] ** 2 / kappa + turned(x)[1] ** 2),
    gradient: (x) => back([turned(x)[0] / kappa, turned(x)[1]]),
    levels: [0.3, 0.8, 1.3, 1.8, 2.4, 3.2].map(
      (r) =>
      circle.map((t) => back([r * Math.sqrt(Math.min(kappa, 40)) * Math.cos(t), r * Math.sqrt(Math.min(kappa, 40) / kappa) * Math.sin(t)])) // prettier-ignore
    ),
    ...{x: [-3, 3], y: [-2, 2], start: back([-2.2, 1])}
  };
}

/** (1 − x)² + 100 (y − x²)²: a curved valley, its minimum at (1, 1). Rosenbrock 1960. */
export const rosenbrock: Surface = {
  value: ([x, y]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  gradient: ([x, y]) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
  levels: [0.3, 2, 10, 40, 120, 300].map((level) => {
    const height = (x: number) => Math.sqrt(Math.max(0, level - (1 - x) ** 2) / 100);
    const xs = steps(1 - Math.sqrt(level), 1 + Math.sqrt(level), 160);
    return [...xs.map((x): Point => [x, x * x + height(x)]), ...xs.reverse().map((x): Point => [x, x * x - height(x)])];
  }),
  ...{x: [-2, 2], y: [-0.8, 2.2], start: [-1.2, 1]}
};

/** ½ (x² − y²): at the origin the gradient is 0, and along y it is a maximum. */
export const saddle: Surface = {
  value: ([x, y]) => 0.5 * (x * x - y * y),
  gradient: ([x, y]) => [x, -y],
  levels: [0.2, 0.6, 1.2, 2].flatMap((r) => {
    const branch = steps(-2, 2, 60).map((t): Point => [r * Math.cosh(t), r * Math.sinh(t)]);
    return [branch, branch.map(([x, y]): Point => [-x, y]), branch.map(([x, y]): Point => [y, x]), branch.map(([x, y]): Point => [y, -x])]; // prettier-ignore
  }),
  ...{x: [-3, 3], y: [-2, 2], start: [-2.4, 0.001]}
};
