import {
  adam,
  descend,
  gradientDescent,
  momentum,
  nesterov,
  rmsprop,
  type Method
} from "../../components/math/descent.js";
import type {Vector} from "../../components/math/matrix.js";
import type {Curve} from "../../components/plots/curves.js";
import type {Mark} from "../../components/plots/marks.js";
import {seriesColor, type Point} from "../../components/plots/series.js";
import {formatNumber} from "../../components/ui/number.js";
import {tunedBall, tunedDescent, tunedNesterov} from "../recurrences.js";
import {bowl, rosenbrock, saddle, type Surface} from "../surfaces.js";

export type SurfaceName = "bowl" | "Rosenbrock" | "saddle";

/** What the reader sets. */
export interface Race {
  kappa: number;
  /** Degrees by which the bowl's axes are turned. */
  angle: number;
  /** log₁₀ of the factor on every method's rate. */
  factor: number;
  steps: number;
}

interface Runner {
  name: string;
  method: Method;
  rate: number;
  /** Theory's factor of ‖x‖ a step, where there is one. */
  expected?: number;
}

const runner = (name: string, method: unknown, rate: number, expected?: number): Runner => ({name, method: method as Method, rate, expected}); // prettier-ignore

/** The five methods as they run on a surface: the first three tuned by theory on the bowl, the others by trying. */
function runners(name: SurfaceName, kappa: number): Runner[] {
  if (name === "bowl") {
    const [gd, ball, fast] = [tunedDescent(1 / kappa, 1), tunedBall(1 / kappa, 1), tunedNesterov(1 / kappa, 1)];
    return [
      runner("GD", gradientDescent(), gd.rate, gd.factor),
      runner("heavy ball", momentum({beta: ball.beta}), ball.rate, ball.factor),
      runner("Nesterov", nesterov({beta: fast.beta}), fast.rate, fast.factor),
      runner("RMSProp", rmsprop(), 0.03),
      runner("Adam", adam(), 0.1)
    ];
  }
  const [gd, inertial, rms, adaptive] = name === "saddle" ? [0.1, 0.02, 0.02, 0.05] : [0.0015, 0.0006, 0.005, 0.1];
  return [
    runner("GD", gradientDescent(), gd),
    runner("heavy ball", momentum(), inertial),
    runner("Nesterov", nesterov(), inertial),
    runner("RMSProp", rmsprop(), rms),
    runner("Adam", adam(), adaptive)
  ];
}

export const surfaceOf = (name: SurfaceName, {kappa, angle}: Pick<Race, "kappa" | "angle">): Surface =>
  name === "bowl" ? bowl(kappa, angle) : name === "saddle" ? saddle : rosenbrock;

/** A method's way over a surface. */
export type Run = Runner & {path: Vector[]};

let last: {key: string; runs: Run[]} = {key: "", runs: []}; // the drawing, its text and the chart ask for the same runs

/** Every method's path from one start. */
export function race(name: SurfaceName, start: Vector, {kappa, angle, factor, steps}: Race): Run[] {
  const key = JSON.stringify([name, start, kappa, angle, factor, steps]);
  if (key === last.key) return last.runs;
  const {gradient} = surfaceOf(name, {kappa, angle});
  const runs = runners(name, kappa).map((each) => ({
    ...each,
    path: descend(each.method, gradient, start, {rate: each.rate * 10 ** factor, steps})
  }));
  last = {key, runs};
  return runs;
}

/** Level lines and paths; a path ends where it has left the neighbourhood of the plane. */
export function raceMarks(name: SurfaceName, start: Point, asked: Race): Mark[] {
  const surface = surfaceOf(name, asked);
  const near = (path: Vector[]) => {
    const gone = path.findIndex(([x, y]) => Math.hypot(x, y) > 20);
    return (gone < 0 ? path : path.slice(0, gone + 1)) as Point[];
  };
  return [
    ...surface.levels.map((points): Mark => ({kind: "curve", points, color: "var(--theme-foreground-fainter)", thin: true})), // prettier-ignore
    ...race(name, start, asked).flatMap(({path}, i): Mark[] => [
      {kind: "curve", points: near(path), color: seriesColor(i), thin: true},
      {kind: "dots", points: near(path).slice(-1), color: seriesColor(i)}
    ])
  ];
}

/** Where each method ended, in words. */
export function describeRace(name: SurfaceName, start: Point, asked: Race): string {
  const {value} = surfaceOf(name, asked);
  const ends = race(name, start, asked).map(({name: method, path}) => `${method} ${formatNumber(value(path[path.length - 1]), 2)}`); // prettier-ignore
  return `f after ${asked.steps} steps from (${formatNumber(start[0], 2)}, ${formatNumber(start[1], 2)}): ${ends.join(", ")}.`;
}

const shownBelow = 1e12; // a run that diverges would flatten all the others

/** f − f* over steps, for the saddle |y|, with theory's lines where there are any. */
export function raceCurves(name: SurfaceName, start: Point, asked: Race): Curve[] {
  const {value} = surfaceOf(name, asked);
  const height = (x: Vector) => (name === "saddle" ? Math.abs(x[1]) : value(x));
  return race(name, start, asked).flatMap(({name: method, path, expected}): Curve[] => {
    const points = path.map((x, k): Point => [k, height(x)]).filter(([, y]) => y < shownBelow);
    const first = points[0]?.[1] ?? 0;
    const line = expected === undefined || asked.factor !== 0 ? [] : Array.from({length: asked.steps + 1}, (_, k): Point => [k, first * expected ** (2 * k)]); // prettier-ignore
    return [{name: method, points}, ...(line.length ? [{name: method, points: line, dashed: "theory" as const}] : [])];
  });
}
