import type {Matrix} from "../../components/math/matrix.js";
import {entropy, kl} from "../probabilityKl/tables.js";

/** Entropies and mutual information of a joint table P(X = i, Y = j), in nats. */
export interface Shares {
  x: number;
  y: number;
  joint: number;
  /** H(X | Y) and H(Y | X). */
  xGivenY: number;
  yGivenX: number;
  mutual: number;
}

const total = (p: readonly number[]): number => p.reduce((sum, x) => sum + x, 0);

/** P(X = i) = Σⱼ P(i, j). */
export const rowsOf = (joint: Matrix): number[] => joint.map(total);

/** P(Y = j) = Σᵢ P(i, j). */
export const columnsOf = (joint: Matrix): number[] => joint[0].map((_, j) => total(joint.map((row) => row[j])));

/** H(Y | X) = Σᵢ P(X = i) H(Y | X = i): each row is made a distribution, and its entropy weighted. */
export const conditionalEntropy = (joint: Matrix): number =>
  joint.reduce((sum, row) => {
    const weight = total(row);
    return weight === 0 ? sum : sum + weight * entropy(row.map((p) => p / weight));
  }, 0);

/** I(X; Y) = KL(P(X, Y) ‖ P(X) P(Y)). */
export function mutualInformation(joint: Matrix): number {
  const [x, y] = [rowsOf(joint), columnsOf(joint)];
  return kl(
    joint.flat(),
    x.flatMap((px) => y.map((py) => px * py))
  );
}

/** All of them. */
export function shares(joint: Matrix): Shares {
  return {
    x: entropy(rowsOf(joint)),
    y: entropy(columnsOf(joint)),
    joint: entropy(joint.flat()),
    xGivenY: conditionalEntropy(joint[0].map((_, j) => joint.map((row) => row[j]))),
    yGivenX: conditionalEntropy(joint),
    mutual: mutualInformation(joint)
  };
}

/** The joint table of an input and what a channel makes of it, P(y | x) in row x. */
export const through = (input: readonly number[], channel: Matrix): Matrix =>
  channel.map((row, i) => row.map((p) => input[i] * p));
