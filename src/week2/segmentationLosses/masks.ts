/** Rows of a mask, 1 for the figure. */
export type Mask = number[][];

/** The pixels of the figure with a neighbour above, below, left or right that is not of it, or is outside the image. */
export function boundary(mask: Mask): [row: number, column: number][] {
  const beside = [[0, 1], [0, -1], [1, 0], [-1, 0]]; // prettier-ignore
  return mask.flatMap((row, i) =>
    row.flatMap((figure, j): [number, number][] =>
      figure && beside.some(([di, dj]) => !mask[i + di]?.[j + dj]) ? [[i, j]] : []
    )
  );
}

/**
 * Boundary F1: of the predicted boundary the share that has a true one within `tolerance` pixels, of the true one the share
 * that has a predicted one, and their harmonic mean. After Csurka et al. 2013. 1 if neither has a boundary, 0 if one has.
 */
export function boundaryF1(said: Mask, wanted: Mask, tolerance: number): number {
  const [p, g] = [boundary(said), boundary(wanted)];
  if (!p.length || !g.length) return p.length === g.length ? 1 : 0;
  const near = (from: typeof p, to: typeof p) =>
    from.filter(([i, j]) => to.some(([k, l]) => Math.hypot(i - k, j - l) <= tolerance)).length / from.length;
  const [precision, recall] = [near(p, g), near(g, p)];
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
}

/**
 * The Lovász extension of the IoU loss at the errors |p − g|, as in Lovász-softmax for one class. Berman et al. 2018.
 *
 *   Σₖ e₍ₖ₎ (Δₖ − Δₖ₋₁),   e₍₁₎ ≥ e₍₂₎ ≥ …,   Δₖ = the IoU loss of the mask whose mistakes are the first k pixels
 *
 * @param g a mask that is not empty.
 */
export function lovasz(p: number[], g: number[]): number {
  const errors = p.map((pj, j) => ({error: Math.abs(pj - g[j]), figure: g[j]})).sort((a, b) => b.error - a.error);
  const figure = g.reduce((a, b) => a + b, 0);
  let [missed, alarms, before, loss] = [0, 0, 0, 0];
  for (const {error, figure: own} of errors) {
    if (own) ++missed;
    else ++alarms;
    const lost = 1 - (figure - missed) / (figure + alarms);
    loss += error * (lost - before);
    before = lost;
  }
  return loss;
}
