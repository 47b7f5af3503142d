import {dot, type Vector} from "../../components/math/matrix.js";
import {softmax} from "../../components/math/softmax.js";
import type {Point} from "../../components/plots/series.js";
import {entropy} from "../simplex.js";
import {spread} from "./drawings.js";

/** The scores of the page's five states. */
export const scores: Vector = [-1, 0, 0.5, 1, 2];

/** The distribution with the most entropy at a temperature, its mean score and its entropy in nats. */
export function maximumEntropy(tau: number): {p: Vector; mean: number; entropy: number} {
  const p = softmax(scores.map((score) => score / tau)); // a temperature may be negative here
  return {p, mean: dot(p, scores), entropy: entropy(p)};
}

/** (mean score, largest entropy), from temperature 0.08 through infinity to −0.08: λ = 1/τ falls from 12 to −12. */
export const entropyCurve: Point[] = spread(-12, 12, 241)
  .map((lambda): Point => {
    const {mean, entropy} = maximumEntropy(1 / lambda);
    return [mean, entropy];
  })
  .sort((a, b) => a[0] - b[0]);
