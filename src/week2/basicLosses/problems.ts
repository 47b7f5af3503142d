import {rng, type Rng} from "../../components/math/random.js";
import {softmax} from "../../components/math/softmax.js";

/** What the networks of the page learn, drawn from a seed. */

/** The curve of the regression. */
export const truth = (x: number): number => Math.sin(2 * x);
export const [from, to] = [-2.5, 2.5];
/** Outliers lie between 2 and 4 above the curve, 3 on average. */
export const outlierMean = 3;

/** 160 noisy points of a curve; a share of them is moved up. */
export function outlierPoints(seed: number, share: number): {x: number[]; t: number[]; moved: boolean[]} {
  const stream = rng(seed).fork("outliers");
  const count = 160;
  const x = Array.from({length: count}, (_, i) => from + ((to - from) * (i + 0.5)) / count);
  const order = stream.permutation(count);
  const moved = new Array<boolean>(count).fill(false);
  for (const i of order.slice(0, Math.round(share * count))) moved[i] = true;
  const noise = stream.normal(count, 0, 0.1);
  const jump = stream.uniform(count, outlierMean - 1, outlierMean + 1);
  return {x, t: x.map((xi, i) => truth(xi) + noise[i] + (moved[i] ? jump[i] : 0)), moved};
}

/** Points of the plane and a class each. */
export interface Labelled {
  points: [number, number][];
  labels: number[];
}

const cloud = (stream: Rng, count: number, [cx, cy]: [number, number], deviation: number): [number, number][] => {
  const noise = stream.normal(2 * count, 0, deviation);
  return Array.from({length: count}, (_, i) => [cx + noise[2 * i], cy + noise[2 * i + 1]]);
};

/** The rare class is a small cloud at the edge of the frequent one. */
const rare = {centre: [1.6, 1.6] as [number, number], deviation: 0.5};

/** `positives` points of class 1, and `ratio` times as many of class 0. */
export function rareClass(stream: Rng, positives: number, ratio: number): Labelled {
  const negatives = Math.round(ratio * positives);
  const points = [...cloud(stream, negatives, [0, 0], 1), ...cloud(stream, positives, rare.centre, rare.deviation)];
  return {points, labels: points.map((_, i) => (i < negatives ? 0 : 1))};
}

/** ln of the odds of class 1 at a point, by Bayes' rule: no scorer orders points better. */
export function rareLogOdds([x, y]: [number, number], ratio: number): number {
  const [cx, cy] = rare.centre;
  const s = rare.deviation;
  const near = ((x - cx) ** 2 + (y - cy) ** 2) / (2 * s * s);
  return (x * x + y * y) / 2 - near - Math.log(s * s) - Math.log(ratio);
}

const corners: [number, number][] = [[-1, -1], [1, -1], [-1, 1], [1, 1]]; // prettier-ignore
const spread = 0.6;

/** Four clouds; each label is replaced by one drawn from all four with probability `noise`. */
export function fourClouds(stream: Rng, count: number, noise: number): Labelled {
  const labels = Array.from({length: count}, (_, i) => i % 4);
  const points = labels.map((k) => cloud(stream, 1, corners[k], spread)[0]);
  const [chance, other] = [stream.uniform(count), stream.integers(count, 4)];
  return {points, labels: labels.map((k, i) => (chance[i] < noise ? other[i] : k))};
}

/** The classes' probabilities at a point, by Bayes' rule, without label noise. */
export const posterior = ([x, y]: [number, number]): number[] =>
  softmax(corners.map(([cx, cy]) => -((x - cx) ** 2 + (y - cy) ** 2) / (2 * spread * spread)));
