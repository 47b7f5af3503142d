import {type Differentiable, inner, sum} from "./field.js";
import {build, type Matrix, type Vector} from "./matrix.js";
import {sqrt} from "./primitives.js";

/** x̂ = (x − μ) / s,   μ the mean of x, s = √(mean (x − μ)² + ε). Ba, Kiros & Hinton 2016, section 3. */
export function layerNorm(x: Vector, epsilon = 0): {unit: Vector; deviation: number} {
  const mean = x.reduce((total, xi) => total + xi, 0) / x.length;
  const deviation = Math.sqrt(x.reduce((total, xi) => total + (xi - mean) ** 2, 0) / x.length + epsilon);
  return {unit: x.map((xi) => (xi - mean) / deviation), deviation};
}

/** ∂x̂/∂x = (I − 11ᵀ/n − x̂ x̂ᵀ/n) / s, (n, n), symmetric. Without ε it is a projection over s: it removes the mean and x̂. */
export function layerNormJacobian(x: Vector, epsilon = 0): Matrix {
  const {unit, deviation} = layerNorm(x, epsilon);
  const n = x.length;
  return build(n, n, (i, j) => ((i === j ? 1 : 0) - (1 + unit[i] * unit[j]) / n) / deviation);
}

/** `layerNorm` for dual numbers and for the tape. */
export const layerNormOn =
  (epsilon = 0): Differentiable =>
  (o, x) => {
    const n = o.constant(x.length);
    const mean = o.over(sum(o, x), n);
    const centred = x.map((xi) => o.minus(xi, mean));
    const deviation = o.map(sqrt, o.plus(o.over(inner(o, centred, centred), n), o.constant(epsilon)));
    return centred.map((xi) => o.over(xi, deviation));
  };
