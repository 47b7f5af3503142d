/** What is found when all records with a score of at least `threshold` are called positive. */
export interface Operating {
  threshold: number;
  /** Of those called positive, the share that is. */
  precision: number;
  /** Of the positives, the share that is called so. */
  recall: number;
}

/**
 * The precision–recall curve, from the highest threshold to the lowest: one point for each distinct score.
 *
 *   precision = TP / (TP + FP),   recall = TP / (TP + FN);   negatives that are rightly left out count nowhere
 *
 * @param labels 1 for a positive, 0 for a negative.
 * @throws RangeError if lengths differ or there is no positive.
 */
export function precisionRecall(scores: ArrayLike<number>, labels: ArrayLike<number>): Operating[] {
  const n = scores.length;
  const positives = Array.from(labels).reduce((sum, label) => sum + label, 0);
  if (labels.length !== n) throw new RangeError(`precisionRecall: expected ${n} labels, got ${labels.length}`);
  if (!positives) throw new RangeError("precisionRecall: expected at least one positive, got none");
  const order = Array.from({length: n}, (_, i) => i).sort((i, j) => scores[j] - scores[i]);
  const curve: Operating[] = [];
  let hits = 0;
  order.forEach((i, rank) => {
    hits += labels[i];
    if (rank + 1 < n && scores[order[rank + 1]] === scores[i]) return; // equal scores are called together
    curve.push({threshold: scores[i], precision: hits / (rank + 1), recall: hits / positives});
  });
  return curve;
}

/** Average precision, Σ (Rₖ − Rₖ₋₁) Pₖ over the curve: 1 for a perfect order, about the share of positives for a random one. */
export function averagePrecision(curve: Operating[]): number {
  let before = 0;
  return curve.reduce((sum, {precision, recall}) => {
    const gained = recall - before;
    before = recall;
    return sum + gained * precision;
  }, 0);
}
