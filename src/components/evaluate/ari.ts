import {contingency} from "./contingency.js";

/**
 * The adjusted Rand index of two labellings. Hubert & Arabie 1985, eq. 5: agreeing pairs of records, corrected for chance.
 *
 *   ARI = (Σᵢⱼ C(nᵢⱼ, 2) − E) / ((P + Q)/2 − E),   P = Σᵢ C(nᵢ, 2),  Q = Σⱼ C(nⱼ, 2),  E = P Q / C(N, 2)
 *
 * 1 for equal labellings whatever their labels are called, 0 in the mean over random ones with the same counts, and
 * below 0 for worse than chance; 1 if both put all records together, or both each apart.
 *
 * @throws RangeError if the labellings are not of the same records.
 */
export function ari(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const {counts, first, second, total} = contingency("ari", a, b);
  const pairs = (sizes: number[]) => sizes.reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const [p, q, all] = [pairs(first), pairs(second), pairs([total])];
  const expected = all > 0 ? (p * q) / all : 0;
  const most = (p + q) / 2;
  return most === expected ? 1 : (pairs(counts.flat()) - expected) / (most - expected);
}
