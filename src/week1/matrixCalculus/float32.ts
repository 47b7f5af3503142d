import {geluSlope, sigmoidSlope, tanhSlope} from "../../components/math/activations.js";
import {quadraticGradient} from "../../components/math/quadraticForm.js";
import {crossEntropyGradient, softmax} from "../../components/math/softmax.js";
import type {Points} from "../matrixCalculusFloat32.js";

/** Where the float32 derivatives are compared: both tails, the middle, and a matrix that is not symmetric. */
export const points: Points = {
  x: [-3.2, -0.75, 0, 0.4, 2.6],
  z: [1, 2, 3, -1],
  y: [0, 0.1, 0.9, 0],
  A: [
    [1, 2, -0.5],
    [0, 3, 1],
    [0.25, -1, 2]
  ]
};

/** The derivatives by hand, in float64. */
export function byHand({x, z, y, A}: Points): Record<string, number[]> {
  return {
    sigmoid: x.map(sigmoidSlope),
    tanh: x.map(tanhSlope),
    GELU: x.map(geluSlope),
    "cross-entropy": crossEntropyGradient(z, y),
    "log-sum-exp": softmax(z),
    xᵀAx: quadraticGradient(A, x.slice(0, A.length))
  };
}

/** max |found − expected| / (10⁻⁵ + 10⁻⁴ |expected|): float32 agrees with float64 up to 1. */
export function disagreement(found: ArrayLike<number>, expected: number[]): number {
  if (found.length !== expected.length) return Infinity;
  return Math.max(...expected.map((e, i) => Math.abs(found[i] - e) / (1e-5 + 1e-4 * Math.abs(e))));
}
