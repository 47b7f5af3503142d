import {contingency} from "./contingency.js";

/**
 * Normalised mutual information of two labellings. Strehl & Ghosh 2002, with the arithmetic mean of the entropies:
 *
 *   NMI = 2 I(A; B) / (H(A) + H(B)),   I = Σᵢⱼ pᵢⱼ log(pᵢⱼ / pᵢ pⱼ)
 *
 * 0 for independent labellings and 1 for equal ones, whatever their labels are called; 1 if both have one label only.
 * It is not corrected for chance: small clusters raise it.
 *
 * @throws RangeError if the labellings are not of the same records.
 */
export function nmi(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const {counts, first, second, total} = contingency("nmi", a, b);
  const entropies = entropy(first, total) + entropy(second, total);
  if (entropies === 0) return 1;
  let information = 0;
  counts.forEach((row, i) =>
    row.forEach((n, j) => {
      if (n > 0) information += (n / total) * Math.log((n * total) / (first[i] * second[j]));
    })
  );
  return Math.max(0, (2 * information) / entropies); // independent labellings may round below zero
}

/** −Σ p log p in nats. */
const entropy = (counts: number[], total: number): number =>
  counts.reduce((sum, n) => (n > 0 ? sum - (n / total) * Math.log(n / total) : sum), 0);
