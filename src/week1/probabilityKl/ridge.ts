import {
  add,
  identity,
  multiply,
  scale,
  solve,
  transpose,
  type Matrix,
  type Vector
} from "../../components/math/matrix.js";

/** argmin ‖y − X w‖² + λ ‖w‖² = (XᵀX + λ I)⁻¹ Xᵀ y, for X of (n, k); λ = σ²/τ² makes it the most probable w. */
export function ridge(x: Matrix, y: Vector, lambda: number): Vector {
  const xt = transpose(x);
  const normal = add(multiply(xt, x), scale(identity(xt.length), lambda));
  return solve(normal, multiply(xt, y.map((value) => [value]))).map(([w]) => w); // prettier-ignore
}

/** Legendre polynomials P₀, …, P_d at x in [−1, 1]: features of nearly unit scale that are orthogonal to each other. */
export function legendreFeatures(x: number, degree: number): Vector {
  const features = [1, x];
  for (let k = 2; k <= degree; ++k) features.push(((2 * k - 1) * x * features[k - 1] - (k - 1) * features[k - 2]) / k);
  return features.slice(0, degree + 1);
}
