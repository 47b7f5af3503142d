/** A function's value and gradient at one point. */
export interface Slope {
  value: number;
  gradient: Float64Array;
}

export interface Minimum extends Slope {
  x: Float64Array;
  iterations: number;
}

interface Options {
  /** Ends when no component of the gradient is larger. */
  tolerance?: number;
  /** At most so many. */
  iterations?: number;
  /** Pairs (s, y) that stand for the curvature. */
  memory?: number;
  /** H⁻¹ of a symmetric positive definite H that resembles the Hessian, up to a factor; the identity unless told. */
  precondition?: (direction: Float64Array) => Float64Array;
}

interface Pair {
  s: Float64Array;
  y: Float64Array;
  rho: number;
}

/**
 * A minimum of a smooth function by L-BFGS with backtracking. Nocedal & Wright 2006, algorithms 7.4 and 3.1.
 *
 *   x ← x − α H ∇f,   H from the last pairs s = Δx, y = Δ∇f;  α halves from 1 until f falls by 10⁻⁴ α of its slope
 *
 * It also ends where rounding leaves no step that lowers f. Pairs without positive curvature are left out.
 *
 * @param f may take its time: a product may run elsewhere. It must not keep or change the x it is given.
 */
export async function lbfgs(
  f: (x: Float64Array) => Promise<Slope>,
  start: Float64Array,
  {tolerance = 1e-8, iterations = 500, memory = 10, precondition = (direction) => direction}: Options = {}
): Promise<Minimum> {
  let at: Minimum = {x: start, ...(await f(start)), iterations: 0};
  const pairs: Pair[] = [];
  while (at.iterations < iterations && largest(at.gradient) > tolerance) {
    const direction = descent(at.gradient, pairs, precondition);
    const first = pairs.length ? 1 : Math.min(1, 1 / largest(direction)); // nothing is known of the scale yet
    const next = await stepDown(f, at, direction, first);
    if (!next) break;
    const [s, y] = [minus(next.x, at.x), minus(next.gradient, at.gradient)];
    const curvature = inner(s, y);
    if (curvature > 1e-12 * inner(y, y)) pairs.push({s, y, rho: 1 / curvature});
    if (pairs.length > memory) pairs.shift();
    at = {...next, iterations: at.iterations + 1};
  }
  return at;
}

/** −H g by the two-loop recursion, algorithm 7.4. */
function descent(
  gradient: Float64Array,
  pairs: Pair[],
  precondition: (direction: Float64Array) => Float64Array
): Float64Array {
  const q = gradient.map((g) => -g);
  const alpha = pairs.map(() => 0);
  for (let i = pairs.length - 1; i >= 0; --i) {
    alpha[i] = pairs[i].rho * inner(pairs[i].s, q);
    addTo(q, pairs[i].y, -alpha[i]);
  }
  const last = pairs.at(-1);
  const scale = last ? 1 / (last.rho * inner(last.y, precondition(last.y))) : 1;
  const r = precondition(q).map((value) => scale * value);
  pairs.forEach(({s, y, rho}, i) => addTo(r, s, alpha[i] - rho * inner(y, r)));
  return r;
}

/** The first of the steps α, α/2, … α/8192 that lowers f enough; null if none does: only rounding is left. */
async function stepDown(
  f: (x: Float64Array) => Promise<Slope>,
  {x, value, gradient}: Minimum,
  direction: Float64Array,
  first: number
): Promise<Omit<Minimum, "iterations"> | null> {
  const slope = inner(gradient, direction);
  for (let alpha = first; alpha > 1e-4 * first; alpha /= 2) {
    const to = x.slice();
    addTo(to, direction, alpha);
    const found = await f(to);
    if (found.value <= value + 1e-4 * alpha * slope) return {x: to, ...found};
  }
  return null;
}

const largest = (x: Float64Array) => x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const minus = (x: Float64Array, y: Float64Array) => x.map((value, i) => value - y[i]);

function inner(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; ++i) sum += x[i] * y[i];
  return sum;
}

/** x ← x + s y. */
function addTo(x: Float64Array, y: Float64Array, s: number): void {
  for (let i = 0; i < x.length; ++i) x[i] += s * y[i];
}
