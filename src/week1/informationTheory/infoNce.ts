import type {Matrix} from "../../components/math/matrix.js";
import {sequences} from "../probabilityKl/tables.js";
import {columnsOf, rowsOf} from "./entropies.js";

/** f(x, c) > 0 for each value of x and c. */
export type Critic = (x: number, c: number) => number;

/** One outcome of the game: a context, N candidates of which the first is the true one, and its probability. */
interface Outcome {
  c: number;
  candidates: number[];
  probability: number;
}

/** All outcomes for a joint table P(x, c): the first candidate from p(x | c), the N − 1 others from p(x). */
function outcomes(joint: Matrix, n: number): Outcome[] {
  const [px, pc] = [rowsOf(joint), columnsOf(joint)];
  const others = sequences(px, n - 1);
  return pc.flatMap((_, c) =>
    joint.flatMap((row, x) =>
      others.map(({values, probability}) => ({c, candidates: [x, ...values], probability: row[c] * probability}))
    )
  );
}

/** −E ln [f(x₁, c) / Σⱼ f(xⱼ, c)] exactly, by enumeration. With `others` alone below the line, the positive is left out. */
export const infoNceLoss = (joint: Matrix, n: number, f: Critic, below: "all" | "others" = "all"): number =>
  outcomes(joint, n).reduce((sum, {c, candidates, probability}) => {
    const scores = candidates.map((x) => f(x, c));
    const rest = (below === "all" ? scores : scores.slice(1)).reduce((a, b) => a + b, 0);
    return probability === 0 ? sum : sum - probability * Math.log(scores[0] / rest);
  }, 0);

/** r(x, c) = p(x | c) / p(x) = p(x, c) / (p(x) p(c)). */
export function densityRatio(joint: Matrix): Critic {
  const [px, pc] = [rowsOf(joint), columnsOf(joint)];
  return (x, c) => joint[x][c] / (px[x] * pc[c]);
}

/** P(the true one stands at place i | candidates, c) from the probabilities of the candidates alone, by Bayes' rule. */
export function placePosterior(joint: Matrix, candidates: readonly number[], c: number): number[] {
  const [px, pc] = [rowsOf(joint), columnsOf(joint)];
  const likelihood = candidates.map((_, i) =>
    candidates.reduce((product, x, j) => product * (i === j ? joint[x][c] / pc[c] : px[x]), 1)
  );
  const sum = likelihood.reduce((a, b) => a + b, 0);
  return likelihood.map((p) => p / sum);
}

/** E KL(P(place) ‖ f / Σ f) by enumeration: what a critic loses against the best one. */
export const criticLoss = (joint: Matrix, n: number, f: Critic): number =>
  outcomes(joint, n).reduce((sum, {c, candidates, probability}) => {
    const scores = candidates.map((x) => f(x, c));
    const all = scores.reduce((a, b) => a + b, 0);
    const best = placePosterior(joint, candidates, c);
    return (
      sum + probability * best.reduce((total, p, i) => total + (p === 0 ? 0 : p * Math.log(p / (scores[i] / all))), 0)
    );
  }, 0);
