import {sizeOf, squares, type Rows} from "./rows.js";

const enough = 1e-5; // nats between the entropy of a row and the wanted one
const halvings = 60;

/**
 * How much points are neighbours, for t-SNE. Van der Maaten & Hinton 2008, section 2 and eq. 1.
 *
 *   pⱼ|ᵢ ∝ exp(−βᵢ ‖xᵢ − xⱼ‖²), j ≠ i, with βᵢ such that exp(entropy of pᵢ) is the perplexity;   pᵢⱼ = (pⱼ|ᵢ + pᵢ|ⱼ) / 2N
 *
 * @param x (N, D).
 * @param perplexity from 1 to N − 1.
 * @returns P (N, N), symmetric, its sum 1.
 * @throws RangeError if the perplexity is out of range.
 */
export function affinities(x: Rows, perplexity: number): Float64Array {
  const [n] = sizeOf("affinities", x);
  if (!(perplexity >= 1 && perplexity <= n - 1))
    throw new RangeError(`affinities: expected perplexity from 1 to ${n - 1}, got ${perplexity}`);
  const distances = squaredDistances(x);
  const p = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    const row = conditional(distances.subarray(i * n, (i + 1) * n), i, Math.log(perplexity));
    for (let j = 0; j < n; ++j) {
      p[i * n + j] += row[j] / (2 * n);
      p[j * n + i] += row[j] / (2 * n);
    }
  }
  return p;
}

/** pⱼ|ᵢ for one i: β is found by bisection, since the entropy falls as β grows. */
function conditional(distances: Float64Array, i: number, wanted: number): Float64Array {
  const nearest = distances.reduce((least, d, j) => (j === i ? least : Math.min(least, d)), Infinity);
  let [low, beta, high] = [0, 1, Infinity];
  let p = new Float64Array();
  for (let halving = 0; halving < halvings; ++halving) {
    let [sum, weighted] = [0, 0];
    p = distances.map((d, j) => {
      const weight = j === i ? 0 : Math.exp(-beta * (d - nearest)); // the nearest has weight 1: nothing underflows as a whole
      sum += weight;
      weighted += weight * (d - nearest);
      return weight;
    });
    const entropy = Math.log(sum) + (beta * weighted) / sum;
    p = p.map((weight) => weight / sum);
    if (Math.abs(entropy - wanted) < enough) break;
    if (entropy > wanted) low = beta;
    else high = beta;
    beta = high === Infinity ? 2 * beta : (low + high) / 2;
  }
  return p;
}

function squaredDistances(x: Rows): Float64Array {
  const {data, shape} = x;
  const [n, d] = shape;
  const lengths = squares(x);
  const all = new Float64Array(n * n);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < i; ++j) {
      let product = 0;
      for (let k = 0; k < d; ++k) product += data[i * d + k] * data[j * d + k];
      all[i * n + j] = all[j * n + i] = Math.max(0, lengths[i] + lengths[j] - 2 * product);
    }
  return all;
}
