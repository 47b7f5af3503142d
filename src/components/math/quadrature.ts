/** Σ wᵢ f(xᵢ) ≈ ∫ f over [−1, 1]. */
export interface Rule {
  nodes: Float64Array;
  weights: Float64Array;
}

const rules = new Map<number, Rule>();

/**
 * The rule of Gauss and Legendre with n points on [−1, 1]: exact for polynomials up to degree 2n − 1.
 *
 *   Pₙ(xᵢ) = 0 by Newton's method,   wᵢ = 2 / ((1 − xᵢ²) Pₙ′(xᵢ)²);   Abramowitz & Stegun 25.4.29
 *
 * @throws RangeError unless n is an integer ≥ 1.
 */
export function gaussLegendre(n: number): Rule {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`gaussLegendre: expected an integer n ≥ 1, got ${n}`);
  const known = rules.get(n);
  if (known) return known;
  const rule = {nodes: new Float64Array(n), weights: new Float64Array(n)};
  for (let i = 0; i < n; ++i) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let [value, slope] = legendre(n, x);
    for (let step = 0; step < 20 && Math.abs(value) > 1e-15; ++step) {
      x -= value / slope;
      [value, slope] = legendre(n, x);
    }
    rule.nodes[i] = x;
    rule.weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  rules.set(n, rule);
  return rule;
}

/** [Pₙ(x), Pₙ′(x)] by k Pₖ = (2k − 1) x Pₖ₋₁ − (k − 1) Pₖ₋₂. */
function legendre(n: number, x: number): [value: number, slope: number] {
  let [before, value] = [0, 1];
  for (let k = 1; k <= n; ++k) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return [value, (n * (x * value - before)) / (x * x - 1)];
}

/**
 * ∫ₐᵇ f(x) dx with an estimated absolute error below `tolerance`; a and b may be infinite.
 *
 * Twenty points on an interval are compared with twenty on each half; an interval where they differ is cut. Infinite ends
 * by x = t / (1 − t²). A narrow peak in a wide interval can be missed altogether: give an interval of its own scale.
 *
 * @throws RangeError if 60 halvings of an interval are not enough, as at a pole, or if f is not finite inside.
 */
export function integrate(f: (x: number) => number, a: number, b: number, tolerance = 1e-12): number {
  if (a > b) return -integrate(f, b, a, tolerance);
  if (a === b) return 0;
  if (Number.isFinite(a) && Number.isFinite(b)) return refine(f, a, b, panel(f, a, b), tolerance, 60);
  const onto = (t: number) => f(t / (1 - t * t)) * ((1 + t * t) / (1 - t * t) ** 2);
  const [from, to] = [place(a), place(b)];
  return refine(onto, from, to, panel(onto, from, to), tolerance, 60);
}

/** t in [−1, 1] with t / (1 − t²) = x. */
const place = (x: number) => (Number.isFinite(x) ? (2 * x) / (1 + Math.sqrt(1 + 4 * x * x)) : Math.sign(x));

function panel(f: (x: number) => number, a: number, b: number): number {
  const {nodes, weights} = gaussLegendre(20);
  const [middle, half] = [(a + b) / 2, (b - a) / 2];
  return half * nodes.reduce((sum, x, i) => sum + weights[i] * f(middle + half * x), 0);
}

function refine(
  f: (x: number) => number,
  a: number,
  b: number,
  whole: number,
  tolerance: number,
  depth: number
): number {
  const middle = (a + b) / 2;
  const [left, right] = [panel(f, a, middle), panel(f, middle, b)];
  const difference = Math.abs(left + right - whole);
  const rounding = 1e-15 * (Math.abs(left) + Math.abs(right));
  if (difference <= Math.max(tolerance, rounding)) return left + right;
  if (depth === 0 || Number.isNaN(difference))
    throw new RangeError(`integrate: expected a smooth function, got ${left + right} near ${middle}`);
  const share = Math.max(tolerance / 2, 1e-17);
  return refine(f, a, middle, left, share, depth - 1) + refine(f, middle, b, right, share, depth - 1);
}
