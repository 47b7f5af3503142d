import type {Rng} from "../components/math/random.js";
import type {TwoClasses} from "./twoClasses.js";

/**
 * A network from the plane to one logit in float64, 2 → H → H → 1 with tanh, its gradient by hand. Parameters are one
 * vector: W₁ (H, 2), b₁, W₂ (H, H), b₂, w₃, b₃ one after another.
 */
export const parameterCount = (hidden: number): number => 2 * hidden + hidden + hidden * hidden + hidden + hidden + 1;

/** Weights of variance 1/n for n inputs, biases 0. */
export function initialise(rng: Rng, hidden: number): number[] {
  const layer = (inputs: number, outputs: number) => [
    ...rng.normal(inputs * outputs, 0, Math.sqrt(1 / inputs)),
    ...new Array<number>(outputs).fill(0)
  ];
  return [...layer(2, hidden), ...layer(hidden, hidden), ...layer(hidden, 1)];
}

interface Activations {
  first: Float64Array;
  second: Float64Array;
  logit: number;
}

function forward(theta: ArrayLike<number>, hidden: number, [x, y]: [number, number]): Activations {
  const [first, second] = [new Float64Array(hidden), new Float64Array(hidden)];
  const [b1, w2] = [2 * hidden, 3 * hidden];
  const b2 = w2 + hidden * hidden;
  const w3 = b2 + hidden;
  for (let i = 0; i < hidden; ++i) first[i] = Math.tanh(theta[2 * i] * x + theta[2 * i + 1] * y + theta[b1 + i]);
  let logit = theta[w3 + hidden];
  for (let i = 0; i < hidden; ++i) {
    let sum = theta[b2 + i];
    for (let j = 0; j < hidden; ++j) sum += theta[w2 + i * hidden + j] * first[j];
    second[i] = Math.tanh(sum);
    logit += theta[w3 + i] * second[i];
  }
  return {first, second, logit};
}

/** ln(1 + eᶻ) without overflow. */
const softplus = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/** Mean loss ln(1 + e^{∓z}) of records in nats, and the share that is classified rightly. */
export function evaluate(theta: ArrayLike<number>, hidden: number, {points, labels}: TwoClasses) {
  let [loss, right] = [0, 0];
  points.forEach((point, i) => {
    const {logit} = forward(theta, hidden, point);
    loss += softplus(labels[i] ? -logit : logit);
    if (logit > 0 === (labels[i] === 1)) ++right;
  });
  return {loss: loss / points.length, accuracy: right / points.length};
}

/** ∇ of the mean loss over some records. With δ = (σ(z) − y)/B: ∂w₃ = δ h₂, and through tanh with 1 − h². */
export function gradient(
  theta: ArrayLike<number>,
  hidden: number,
  {points, labels}: TwoClasses,
  rows: ArrayLike<number>
): number[] {
  const out = new Array<number>(theta.length).fill(0);
  const [b1, w2] = [2 * hidden, 3 * hidden];
  const b2 = w2 + hidden * hidden;
  const w3 = b2 + hidden;
  const back = new Float64Array(hidden);
  for (let r = 0; r < rows.length; ++r) {
    const point = points[rows[r]];
    const {first, second, logit} = forward(theta, hidden, point);
    const delta = (1 / (1 + Math.exp(-logit)) - labels[rows[r]]) / rows.length;
    back.fill(0);
    out[w3 + hidden] += delta;
    for (let i = 0; i < hidden; ++i) {
      out[w3 + i] += delta * second[i];
      const d = delta * theta[w3 + i] * (1 - second[i] ** 2);
      out[b2 + i] += d;
      for (let j = 0; j < hidden; ++j) {
        out[w2 + i * hidden + j] += d * first[j];
        back[j] += d * theta[w2 + i * hidden + j];
      }
    }
    for (let j = 0; j < hidden; ++j) {
      const d = back[j] * (1 - first[j] ** 2);
      out[2 * j] += d * point[0];
      out[2 * j + 1] += d * point[1];
      out[b1 + j] += d;
    }
  }
  return out;
}

/** The probability of class 1 at a point. */
export const probability = (theta: ArrayLike<number>, hidden: number, point: [number, number]): number =>
  1 / (1 + Math.exp(-forward(theta, hidden, point).logit));
