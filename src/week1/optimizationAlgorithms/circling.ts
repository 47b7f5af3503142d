import {descend, momentum, nesterov} from "../../components/math/descent.js";
import {tunedBall, tunedNesterov} from "../recurrences.js";

/** f′ of a strongly convex function with μ = 1, L = 25: slope 25, in 1 ≤ x < 2 slope 1. Lessard, Recht & Packard 2016. */
const slope = (x: number): number => (x < 1 ? 25 * x : x < 2 ? x + 24 : 25 * x - 24);

/** |x| at the last three of so many steps from 3.3, for the two methods tuned to κ = 25. */
export function circling(steps: number): {ball: number[]; nesterov: number[]} {
  const [ball, fast] = [tunedBall(1, 25), tunedNesterov(1, 25)];
  const ends = <S>(method: Parameters<typeof descend<S>>[0], rate: number) =>
    descend(method, ([x]) => [slope(x)], [3.3], {rate, steps})
      .slice(-3)
      .map(([x]) => Math.abs(x));
  return {ball: ends(momentum(ball), ball.rate), nesterov: ends(nesterov(fast), fast.rate)};
}
