import {gelu, geluSlope, tanhSlope} from "../../components/math/activations.js";
import type {Point} from "../../components/plots/series.js";

/** A function with its first and third derivative by hand. */
interface Known {
  f: (x: number) => number;
  slope: (x: number) => number;
  third: (x: number) => number;
}

/** (x³ − 4x) φ, the derivative of (2 − x²) φ. */
const geluThird = (x: number) => (x ** 3 - 4 * x) * Math.exp(-0.5 * x * x) * Math.sqrt(1 / (2 * Math.PI));

export const known: Record<string, Known> = {
  tanh: {
    f: Math.tanh,
    slope: tanhSlope,
    third: (x) => -2 * tanhSlope(x) * (1 - 3 * Math.tanh(x) ** 2)
  },
  exp: {f: Math.exp, slope: Math.exp, third: Math.exp},
  GELU: {f: gelu, slope: geluSlope, third: geluThird}
};

/** h = 10⁻¹⁰, …, 1, four to a decade. */
export const steps: number[] = Array.from({length: 41}, (_, i) => 10 ** (i / 4 - 10));

const points = Array.from({length: 101}, (_, i) => Math.fround(-2 + 0.04 * i + 0.00123)); // away from round numbers

const rms = (errors: number[]): number => Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);

/** Keeps float64 as it is; `Math.fround` in its place rounds to float32 after each operation. */
const float64 = (x: number): number => x;

/** [f(x + h) − f(x − h)] / 2h, with every result rounded by `to`. */
export function central(f: (x: number) => number, x: number, h: number, to = float64): number {
  const [ahead, behind] = [to(f(to(x + to(h)))), to(f(to(x - to(h))))];
  return to(to(ahead - behind) / to(2 * h));
}

/** [f(x + h) − f(x)] / h. */
export const forward = (f: (x: number) => number, x: number, h: number): number => (f(x + h) - f(x)) / h;

/** The root mean square error over 101 points of [−2, 2], against h. */
export function errorsOf(name: string, difference: "central" | "forward" | "central, float32"): Point[] {
  const {f, slope} = known[name];
  const estimate = {
    central,
    forward,
    "central, float32": (f: (x: number) => number, x: number, h: number) => central(f, x, h, Math.fround)
  }[difference];
  return steps.map((h) => [h, rms(points.map((x) => estimate(f, x, h) - slope(x)))]);
}

/** What the formula alone leaves: h² |f‴| / 6. */
export const theory = (name: string): Point[] =>
  steps.map((h): Point => [h, ((h * h) / 6) * rms(points.map(known[name].third))]).filter(([, e]) => e > 1e-13);

/** (3 u |f| / |f‴|)^(1/3), u the rounding of one value: about the best h of a central difference. */
export function bestStep(name: string, rounding: number): number {
  const {f, third} = known[name];
  return Math.cbrt((3 * rounding * rms(points.map(f))) / rms(points.map(third)));
}

/** The error at one h of the grid. */
export function errorAt(name: string, difference: Parameters<typeof errorsOf>[1], h: number): number {
  const [, error] = errorsOf(name, difference).find(([at]) => Math.abs(Math.log10(at / h)) < 1e-9) ?? [h, NaN];
  return error;
}
