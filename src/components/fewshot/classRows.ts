import type {Records} from "../data/records.js";
import type {Rng} from "../math/random.js";

const known = new WeakMap<Records, number[][]>();

/** The rows of every class of a split that has any, in the order of the labels. */
export function rowsOfClasses(records: Records): number[][] {
  const found = known.get(records);
  if (found) return found;
  const rows: number[][] = [];
  records.labels.forEach((label, row) => (rows[label] ??= []).push(row));
  const filled = rows.filter((each) => each.length > 0);
  known.set(records, filled);
  return filled;
}

/**
 * Rows of `classes` classes, `each` of every one, class after class: all drawn without replacement.
 *
 * @throws RangeError if the split has fewer classes, or a drawn class fewer rows.
 */
export function drawClasses(
  rng: Rng,
  records: Records,
  {classes, each}: {classes: number; each: number}
): {rows: number[]; labels: number[]} {
  const all = rowsOfClasses(records);
  if (all.length < classes) throw new RangeError(`drawClasses: expected ${classes} classes, got ${all.length}`);
  const chosen = Array.from(rng.permutation(all.length).slice(0, classes));
  const rows = chosen.flatMap((c) => {
    if (all[c].length < each)
      throw new RangeError(`drawClasses: expected ${each} rows of a class, got ${all[c].length}`);
    return Array.from(rng.permutation(all[c].length).slice(0, each), (i) => all[c][i]);
  });
  return {rows, labels: Array.from(rows, (_, i) => Math.floor(i / each))};
}
