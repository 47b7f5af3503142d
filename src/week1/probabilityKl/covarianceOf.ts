import type {Matrix} from "../../components/math/matrix.js";

/** The covariance matrix of two variables with deviations σ₁, σ₂ and correlation ρ. */
export const covarianceOf = (first: number, second: number, rho: number): Matrix => [
  [first * first, rho * first * second],
  [rho * first * second, second * second]
];
