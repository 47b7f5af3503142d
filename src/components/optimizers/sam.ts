import * as tf from "@tensorflow/tfjs";
import {map, type Tree} from "../tensor/tree.js";
import {valueAndGrad, type Auxiliary} from "../tensor/grad.js";
import {globalNorm} from "./clip.js";

/** What `valueAndGrad` is: a loss with auxiliary outputs becomes the loss, its gradient and those outputs. */
export type Differentiate = typeof valueAndGrad;

/**
 * Sharpness-aware minimisation: the gradient at the worst point of a ball around the parameters, to first order.
 * Foret et al. 2021, eq. 2 and 3, algorithm 1.
 *
 *   ε̂ = ρ g / ‖g‖,   g = ∇L(θ)
 *   g_SAM = ∇L(θ + ε̂)
 *
 * It wraps the differentiation and not the update, so any optimizer takes what it returns, and a step stays pure. Two
 * passes, so twice the cost. The loss and the auxiliary outputs (running statistics, logits) are those of the first
 * pass, at θ. A gradient of zero is left at zero.
 *
 * @param rho ρ > 0, a length in the space of all parameters; 0.05 in the paper.
 * @throws RangeError if rho ≤ 0.
 */
export function sam(rho: number, differentiate: Differentiate = valueAndGrad): Differentiate {
  if (!(rho > 0)) throw new RangeError(`sam: expected rho > 0, got ${rho}`);
  return <P extends Tree, A extends Auxiliary>(f: (params: P) => [loss: tf.Scalar, aux: A]) => {
    const gradient = differentiate(f);
    return (params: P): [loss: tf.Scalar, grads: P, aux: A] => {
      const [loss, grads, aux] = gradient(params);
      const length = tf.div(rho, tf.maximum(globalNorm(grads), 1e-12)); // ρ / ‖g‖
      const highest = map((p, g) => tf.add(p, tf.mul(g, length)), params, grads); // θ + ε̂
      return [loss, gradient(highest)[1], aux];
    };
  };
}
