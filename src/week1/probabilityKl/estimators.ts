import {drawNormal} from "../../components/math/draws.js";
import {rng} from "../../components/math/random.js";

/** Mean and standard deviation of a normal. */
export type Normal = [mean: number, deviation: number];

/** ln N(x; μ, σ²). */
export const logNormal = (x: number, [mean, deviation]: Normal): number =>
  -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);

/** ln p(x)/q(x): its mean under p is KL(p ‖ q), and single values have either sign. */
export const logRatio = (x: number, p: Normal, q: Normal): number => logNormal(x, p) - logNormal(x, q);

/** r − 1 − ln r with r = q(x)/p(x): the same mean under p because E r = 1, and no value is below 0. */
export function ratioExcess(x: number, p: Normal, q: Normal): number {
  const logR = -logRatio(x, p, q);
  return Math.expm1(logR) - logR;
}

/** Var under p of ln p/q = ½ (s − 1)² + s Δ² / σ_q², s = σ_p² / σ_q², Δ = μ_p − μ_q. */
export function logRatioVariance([mp, sp]: Normal, [mq, sq]: Normal): number {
  const s = (sp / sq) ** 2;
  return 0.5 * (s - 1) ** 2 + (s * (mp - mq) ** 2) / sq ** 2;
}

/** E under p of (q/p)²: finite only for σ_q² < 2 σ_p², where it is σ_p² / (σ_q √v) · exp(Δ² / v) with v = 2σ_p² − σ_q². */
export function ratioSecondMoment([mp, sp]: Normal, [mq, sq]: Normal): number {
  const v = 2 * sp ** 2 - sq ** 2;
  return v > 0 ? (sp ** 2 / (sq * Math.sqrt(v))) * Math.exp((mp - mq) ** 2 / v) : Infinity;
}

export interface Errors {
  n: number;
  logRatio: number;
  ratioExcess: number;
}

/**
 * The root of the mean squared error of both estimates against `truth`, over `repeats` independent runs, at each n. The
 * estimate at n uses the first n draws of its run.
 */
export function estimatorErrors(
  p: Normal,
  q: Normal,
  truth: number,
  sizes: number[],
  repeats: number,
  seed: number
): Errors[] {
  const squares = sizes.map(() => [0, 0]);
  for (let run = 0; run < repeats; ++run) {
    const stream = rng(seed).fork(run);
    let [sumLog, sumExcess, drawn] = [0, 0, 0];
    sizes.forEach((n, k) => {
      for (; drawn < n; ++drawn) {
        const x = drawNormal(stream, ...p);
        sumLog += logRatio(x, p, q);
        sumExcess += ratioExcess(x, p, q);
      }
      squares[k][0] += (sumLog / n - truth) ** 2;
      squares[k][1] += (sumExcess / n - truth) ** 2;
    });
  }
  return sizes.map((n, k) => ({
    n,
    logRatio: Math.sqrt(squares[k][0] / repeats),
    ratioExcess: Math.sqrt(squares[k][1] / repeats)
  }));
}
