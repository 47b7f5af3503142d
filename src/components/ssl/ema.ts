import * as tf from "@tensorflow/tfjs";
import {emaUpdate} from "../ops/emaUpdate.js";
import {leaves, map, unflatten, type Tree} from "../tensor/tree.js";

/**
 * An exponential moving average of another tree's leaves. MoCo, He et al. 2020, eq. 2.
 *
 *   θ_k ← m θ_k + (1 − m) θ_q
 *
 * A change of θ_q has come halfway after ln ½ / ln m steps: 69 at m = 0.99, 693 at 0.999.
 *
 * @param average θ_k, a tree of the same form.
 * @param momentum m in [0, 1], a number or a scalar tensor; 1 keeps the average, 0 copies.
 * @returns a new tree; gradients do not belong here, for θ_k is no function of the loss.
 */
export function ema<T extends Tree>(average: T, current: T, momentum: number | tf.Scalar): T {
  const lists = {average: leaves(average), fresh: leaves(map((_, fresh) => fresh, average, current))};
  const scalars = {momentum: typeof momentum === "number" ? tf.scalar(momentum) : momentum};
  return unflatten(average, emaUpdate(lists, scalars, {}, lists.average.map(() => 0)).average); // prettier-ignore
}
