import type {Rng} from "../math/random.js";

/** The gradient of a loss at a point of parameter space, all leaves in one list. */
export type GradientAt = (theta: Float64Array) => Float64Array | Promise<Float64Array>;

export interface Sharpness {
  /**
   * vᵀ H v of the unit vector v that was found: the Hessian's eigenvalue of largest size, with its sign, once the iteration
   * has settled, and never larger in size than it. In the loss's unit over that of the parameters squared.
   */
  eigenvalue: number;
  /** ‖H v − λ v‖: 0 at an eigenvector. Some eigenvalue is within this of λ; it need not be the one of largest size. */
  residual: number;
  iterations: number;
}

interface Options {
  iterations?: number;
  /** h, the length of the step along a unit vector. In float32, too small a step drowns in rounding. */
  step?: number;
  /** Stops when the residual is this part of |λ|. */
  within?: number;
}

/**
 * How sharply a loss bends at its sharpest: power iteration on the Hessian, of which only products with vectors are needed,
 * and these come from two gradients each. Pearlmutter 1994, eq. 2, with central differences in place of his operator.
 *
 *   H v ≈ [∇L(θ + h v) − ∇L(θ − h v)] / 2h,   v ← H v / ‖H v‖,   λ = vᵀ H v
 *
 * The error of the difference is about h² of the third derivative, and the gradient's rounding over h. The loss must be the
 * same function at every call: one set of records, statistics and masks held fixed.
 *
 * @param rng draws the first direction.
 * @throws RangeError if h ≤ 0 or there is no parameter.
 */
export async function sharpness(
  gradientAt: GradientAt,
  theta: Float64Array,
  rng: Rng,
  {iterations = 30, step = 1e-3, within = 0.01}: Options = {}
): Promise<Sharpness> {
  if (!(step > 0)) throw new RangeError(`sharpness: expected a step > 0, got ${step}`);
  if (theta.length === 0) throw new RangeError("sharpness: expected parameters, got none");
  let v = unit(Float64Array.from(rng.normal(theta.length)));
  let found: Sharpness = {eigenvalue: 0, residual: 0, iterations: 0};
  for (let i = 1; i <= iterations; ++i) {
    const ahead = await gradientAt(theta.map((t, k) => t + step * v[k]));
    const behind = await gradientAt(theta.map((t, k) => t - step * v[k]));
    const product = ahead.map((g, k) => (g - behind[k]) / (2 * step));
    const eigenvalue = dot(v, product);
    const residual = Math.sqrt(dot(product, product) - eigenvalue ** 2 || 0);
    found = {eigenvalue, residual, iterations: i};
    if (!(residual > within * Math.abs(eigenvalue))) return found;
    v = unit(product);
  }
  return found;
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + value * b[k], 0);

function unit(v: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(v, v));
  return v.map((value) => value / norm);
}
