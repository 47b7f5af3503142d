import {drawNormal} from "../../components/math/draws.js";
import type {Rng} from "../../components/math/random.js";

/** Two layers, z = tanh(x A + a) B: (n, inputs) → (n, outputs). All parameters stand in one array: A, a, B. */
export interface Encoder {
  inputs: number;
  hidden: number;
  outputs: number;
  parameters: Float64Array;
}

/** Normal weights of deviation 1/√inputs and ½/√hidden, zero bias: products of two outputs begin near 1. */
export function encoder(rng: Rng, inputs: number, hidden: number, outputs: number): Encoder {
  const parameters = new Float64Array(inputs * hidden + hidden + hidden * outputs);
  for (let i = 0; i < inputs * hidden; ++i) parameters[i] = drawNormal(rng, 0, 1 / Math.sqrt(inputs));
  for (let i = inputs * hidden + hidden; i < parameters.length; ++i)
    parameters[i] = drawNormal(rng, 0, 0.5 / Math.sqrt(hidden));
  return {inputs, hidden, outputs, parameters};
}

/** Hidden values (n, hidden) and outputs (n, outputs). */
export interface Encoded {
  h: Float64Array;
  z: Float64Array;
}

export function encode({inputs, hidden, outputs, parameters}: Encoder, x: Float64Array, n: number): Encoded {
  const [bias, second] = [inputs * hidden, inputs * hidden + hidden];
  const h = new Float64Array(n * hidden);
  const z = new Float64Array(n * outputs);
  for (let i = 0; i < n; ++i) {
    const row = h.subarray(i * hidden, (i + 1) * hidden);
    for (let k = 0; k < hidden; ++k) row[k] = parameters[bias + k];
    accumulate(row, x, i * inputs, inputs, parameters, 0);
    for (let k = 0; k < hidden; ++k) row[k] = Math.tanh(row[k]);
    accumulate(z.subarray(i * outputs, (i + 1) * outputs), h, i * hidden, hidden, parameters, second);
  }
  return {h, z};
}

/**
 * The gradient of a loss by the parameters, given its gradient by z.
 *
 *   ∂B = hᵀ ∂z,   ∂h = ∂z Bᵀ,   ∂u = ∂h (1 − h²),   ∂A = xᵀ ∂u,   ∂a = Σ ∂u
 */
export function encoderGradient(
  {inputs, hidden, outputs, parameters}: Encoder,
  x: Float64Array,
  {h}: Encoded,
  dz: Float64Array,
  n: number
): Float64Array {
  const [bias, second] = [inputs * hidden, inputs * hidden + hidden];
  const gradient = new Float64Array(parameters.length);
  for (let i = 0; i < n; ++i)
    for (let k = 0; k < hidden; ++k) {
      const value = h[i * hidden + k];
      const from = second + k * outputs;
      let dh = 0;
      for (let o = 0; o < outputs; ++o) {
        const slope = dz[i * outputs + o];
        dh += slope * parameters[from + o];
        gradient[from + o] += value * slope;
      }
      const du = dh * (1 - value * value);
      gradient[bias + k] += du;
      for (let m = 0; m < inputs; ++m) gradient[m * hidden + k] += x[i * inputs + m] * du;
    }
  return gradient;
}

/** y += x M for the `count` numbers of x from `at` and the rows of M from `offset`. */
function accumulate(
  y: Float64Array,
  x: Float64Array,
  at: number,
  count: number,
  m: Float64Array,
  offset: number
): void {
  for (let k = 0; k < count; ++k) {
    const [factor, row] = [x[at + k], offset + k * y.length];
    for (let o = 0; o < y.length; ++o) y[o] += factor * m[row + o];
  }
}
