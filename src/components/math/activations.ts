import {normalCdf} from "./errorFunction.js";
import type {Differentiable, Primitive} from "./field.js";
import {exp, sigmoid as sigmoidPrimitive, tanh} from "./primitives.js";

/**
 * Activation functions of one number with their derivatives, in float64. What ends in `Slope` is the derivative as it is
 * derived by hand; what ends in `On` is the function for dual numbers and for the tape, which know nothing of the former.
 */

/** σ(x) = 1 / (1 + e⁻ˣ), without overflow at any x. */
export const sigmoid = sigmoidPrimitive.value;

/** σ′(x) = σ(x) (1 − σ(x)) = σ(x) σ(−x): the second form keeps its digits where σ(x) rounds to 1. */
export const sigmoidSlope = (x: number): number => sigmoid(x) * sigmoid(-x);

/** tanh′(x) = 1 − tanh²(x). */
export const tanhSlope = (x: number): number => 1 - Math.tanh(x) ** 2;

/** φ(x) = e^(−x²/2) / √(2π), the density of N(0, 1). */
const density = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/** GELU(x) = x Φ(x), Φ the distribution function of N(0, 1). Hendrycks & Gimpel 2016, section 2. */
export const gelu = (x: number): number => x * normalCdf(x);

/** GELU′(x) = Φ(x) + x φ(x). */
export const geluSlope = (x: number): number => normalCdf(x) + x * density(x);

/** GELU″(x) = (2 − x²) φ(x): zero at ±√2, where the slope is least and largest. */
export const geluCurvature = (x: number): number => (2 - x * x) * density(x);

const [inner, cubic] = [Math.sqrt(2 / Math.PI), 0.044715];

/** ½ x (1 + tanh u), u = √(2/π) (x + 0.044715 x³). Hendrycks & Gimpel 2016, section 2. */
export const geluTanh = (x: number): number => 0.5 * x * (1 + Math.tanh(inner * (x + cubic * x ** 3)));

/** ½ (1 + tanh u) + ½ x (1 − tanh² u) u′,   u′ = √(2/π) (1 + 3 · 0.044715 x²). */
export function geluTanhSlope(x: number): number {
  const t = Math.tanh(inner * (x + cubic * x ** 3));
  return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * inner * (1 + 3 * cubic * x * x);
}

/** Φ as an entry of the derivative table: its slope is φ. */
export const phi: Primitive = {
  name: "Φ",
  value: normalCdf,
  slope: (o, x) => o.times(o.map(exp, o.times(o.constant(-0.5), o.times(x, x))), o.constant(1 / Math.sqrt(2 * Math.PI)))
};

/** x Φ(x), element by element. */
export const geluOn: Differentiable = (o, x) => x.map((xi) => o.times(xi, o.map(phi, xi)));

/** The tanh approximation, element by element. */
export const geluTanhOn: Differentiable = (o, x) =>
  x.map((xi) => {
    const cube = o.times(o.constant(cubic), o.times(xi, o.times(xi, xi)));
    const t = o.map(tanh, o.times(o.constant(inner), o.plus(xi, cube)));
    return o.times(o.times(o.constant(0.5), xi), o.plus(o.constant(1), t));
  });

/** 1 / (1 + e⁻ˣ) by its definition, element by element: built from e, + and ÷, so that no slope of σ is assumed. */
export const sigmoidOn: Differentiable = (o, x) =>
  x.map((xi) => o.over(o.constant(1), o.plus(o.constant(1), o.map(exp, o.minus(o.constant(0), xi)))));

/** (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ) by its definition, element by element. */
export const tanhOn: Differentiable = (o, x) =>
  x.map((xi) => {
    const [up, down] = [o.map(exp, xi), o.map(exp, o.minus(o.constant(0), xi))];
    return o.over(o.minus(up, down), o.plus(up, down));
  });
