import {dot} from "../../components/math/matrix.js";

/** A loss on Rⁿ with its gradient and its Hessian times a vector, for checks in float64. */
export interface Smooth {
  value: (x: number[]) => number;
  gradient: (x: number[]) => number[];
  times: (x: number[], v: number[]) => number[];
}

export const length = (a: number[]): number => Math.sqrt(dot(a, a));

/** Σ exp(aᵢ·x) over the rows: gradient Σ e aᵢ, Hessian Σ e aᵢ aᵢᵀ. */
export function exponentials(rows: number[][]): Smooth {
  const weights = (x: number[]) => rows.map((row) => Math.exp(dot(row, x)));
  const along = (e: number[], f: (i: number) => number) =>
    rows[0].map((_, j) => e.reduce((sum, w, i) => sum + w * f(i) * rows[i][j], 0));
  return {
    value: (x) => weights(x).reduce((a, b) => a + b),
    gradient: (x) => along(weights(x), () => 1),
    times: (x, v) => along(weights(x), (i) => dot(rows[i], v))
  };
}

/** ε̂ = ρ sign(g) |g|^(q − 1) / ‖g‖_q^(q/p), 1/p + 1/q = 1: where ε·g is largest among all of ‖ε‖_p ≤ ρ; p > 1, ∞ too. */
export function ascent(g: number[], rho: number, p = 2): number[] {
  if (p === Infinity) return g.map((x) => rho * Math.sign(x));
  const q = p / (p - 1);
  const scale = rho / g.reduce((sum, x) => sum + Math.abs(x) ** q, 0) ** (1 / p);
  return g.map((x) => scale * Math.sign(x) * Math.abs(x) ** (q - 1));
}

/** SAM's gradient, ∇L(x + ε̂), and the term that it leaves out, (∂ε̂/∂x)ᵀ ∇L(x + ε̂) with ∂ε̂/∂x = (ρ/‖g‖)(I − ĝĝᵀ) H. */
export function samParts({gradient, times}: Smooth, x: number[], rho: number) {
  const g = gradient(x);
  const unit = g.map((y) => y / length(g));
  const used = gradient(x.map((y, i) => y + rho * unit[i]));
  const across = used.map((y, i) => y - dot(used, unit) * unit[i]);
  return {used, leftOut: times(x, across).map((y) => (rho / length(g)) * y)};
}

/** Two valleys of depth 0, a sharp one on the left and a flat one on the right: the lower of two parabolas, joined smoothly. */
export const valleys = {sharp: {at: -1, bend: 25}, flat: {at: 1, bend: 1}};
const {sharp, flat} = valleys;
const softness = 0.1;

/** The slope of −s ln(e^(−a/s) + e^(−b/s)), the soft minimum of the two parabolas a and b. */
export function valleySlope(x: number): number {
  const [left, right] = [x - sharp.at, x - flat.at];
  const share = 1 / (1 + Math.exp((0.5 * sharp.bend * left * left - 0.5 * flat.bend * right * right) / softness)); // of the sharp one
  return share * sharp.bend * left + (1 - share) * flat.bend * right;
}

/** Gradient descent by SAM's gradient on the two valleys, where it ends; `seen` is told every x. ρ = 0 is plain. */
export function roll(
  start: number,
  {rho, rate, steps}: {rho: number; rate: number; steps: number},
  seen: (x: number) => void = () => {}
): number {
  let x = start;
  for (let t = 0; t < steps; ++t) {
    seen(x);
    const slope = valleySlope(x);
    x -= rate * (rho > 0 ? valleySlope(x + rho * Math.sign(slope)) : slope);
  }
  return x;
}
