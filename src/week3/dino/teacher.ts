import {dot, type Matrix, type Vector} from "../../components/math/matrix.js";
import {logSoftmax, softmax} from "../../components/math/softmax.js";

/** What the teacher says, P = softmax((g − c) / τ). Caron et al. 2021, section 3.1. */
export const sharpened = (g: Vector, centre: Vector, temperature: number): Vector =>
  softmax(g.map((x, k) => x - centre[k]), temperature); // prettier-ignore

/** −Σ p ln p in nats; 0 ln 0 is 0. */
export const entropy = (p: Vector): number => -p.reduce((sum, x) => sum + (x > 0 ? x * Math.log(x) : 0), 0);

/** −Σ P ln softmax(z / τ). */
export const crossed = (p: Vector, z: Vector, temperature: number): number =>
  -dot(p, logSoftmax(z.map((x) => x / temperature)));

/** c ← m c + (1 − m) mean g over the images. Caron et al. 2021, eq. 4. */
export const recentred = (centre: Vector, outputs: Matrix, m: number): Vector =>
  centre.map((c, k) => m * c + ((1 - m) * outputs.reduce((sum, g) => sum + g[k], 0)) / outputs.length);

/** The mean of several distributions. */
export const meanOf = (rows: Matrix): Vector =>
  rows[0].map((_, k) => rows.reduce((sum, p) => sum + p[k], 0) / rows.length);

/** What the prototype tells about the image, H(mean P) − mean H(P) in nats: 0 at both collapses, at most ln K. */
export const told = (rows: Matrix): number =>
  entropy(meanOf(rows)) - rows.reduce((sum, p) => sum + entropy(p), 0) / rows.length;

/** m of the teacher after a part of the run, 0 to 1: a cosine from m₀ to 1. */
export const momentumAfter = (part: number, first: number): number =>
  1 - ((1 - first) * (1 + Math.cos(Math.PI * part))) / 2;

/** The most that a distribution of K scores in [−1, 1] can give to one of them. */
export const peak = (prototypes: number, temperature: number): number =>
  1 / (1 + (prototypes - 1) * Math.exp(-2 / temperature));
