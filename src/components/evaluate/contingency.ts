/** How two labellings of the same records meet: counts[i][j] records have label i in the first and j in the second. */
export interface Contingency {
  counts: number[][];
  /** Σⱼ and Σᵢ of the counts. */
  first: number[];
  second: number[];
  total: number;
}

/**
 * Counts the pairs of labels. Labels are whole numbers from 0; the sizes are the largest label and one more.
 *
 * @throws RangeError if there are no labels, not equally many, or one is not a whole number ≥ 0.
 */
export function contingency(caller: string, a: ArrayLike<number>, b: ArrayLike<number>): Contingency {
  if (a.length !== b.length || a.length === 0)
    throw new RangeError(`${caller}: expected two labellings of the same records, got ${a.length} and ${b.length}`);
  const [rows, columns] = [a, b].map((labels) => {
    let most = 0;
    for (let i = 0; i < labels.length; ++i) {
      if (!(Number.isInteger(labels[i]) && labels[i] >= 0))
        throw new RangeError(`${caller}: expected whole labels ≥ 0, got ${labels[i]} in row ${i}`);
      most = Math.max(most, labels[i]);
    }
    return most + 1;
  });
  const counts = Array.from({length: rows}, () => new Array<number>(columns).fill(0));
  for (let i = 0; i < a.length; ++i) ++counts[a[i]][b[i]];
  const sum = (values: number[]) => values.reduce((all, n) => all + n, 0);
  return {
    counts,
    first: counts.map(sum),
    second: Array.from({length: columns}, (_, j) => sum(counts.map((row) => row[j]))),
    total: a.length
  };
}
