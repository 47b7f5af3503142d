import {heatmap} from "./heatmap.js";

/**
 * The confusion matrix: row i, column j counts the images of class i that were taken for class j. The colour is the
 * square root of the share of the row, so that rare classes are seen as well as frequent ones, and one mistake in a
 * hundred is seen at all; the diagonal over its row is the recall of the class.
 * @param counts (K, K).
 */
export function confusion(counts: number[][], classes: string[], caption?: Node | string): HTMLElement {
  if (counts.length !== classes.length || counts.some((row) => row.length !== classes.length)) {
    const got = `${counts.length} × ${counts[0]?.length ?? 0}`;
    throw new RangeError(`confusion: expected counts of ${classes.length} × ${classes.length}, got ${got}`);
  }
  const shown = heatmap(
    rowShares(counts).map((row) => row.map(Math.sqrt)),
    {
      rows: classes,
      columns: classes,
      caption,
      format: (_, i, j) => (counts[i][j] ? String(counts[i][j]) : "·")
    }
  );
  shown.classList.add("confusion");
  shown.querySelector("thead td")?.append("true ↓ predicted →");
  return shown;
}

/** Each row divided by its sum; a row without images stays zero. */
export function rowShares(counts: number[][]): number[][] {
  return counts.map((row) => {
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((x) => (sum ? x / sum : 0));
  });
}
