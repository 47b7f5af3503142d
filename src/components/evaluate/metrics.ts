/** Logits as they come from a prediction: N rows of K numbers in one array, with the shape [N, K]. */
export interface Logits {
  data: ArrayLike<number>;
  shape: readonly number[];
}

/** pₖ = exp(zₖ − max z) / Σ exp(z − max z), row by row in float64: N × K probabilities, one row after another. */
export function softmax({data, shape: [rows, classes]}: Logits): Float64Array {
  const p = Float64Array.from(data);
  for (let i = 0; i < rows; ++i) {
    const row = p.subarray(i * classes, (i + 1) * classes);
    const largest = row.reduce((a, b) => Math.max(a, b));
    const total = row.reduce((sum, z) => sum + Math.exp(z - largest), 0);
    row.forEach((z, k) => (row[k] = Math.exp(z - largest) / total));
  }
  return p;
}

/** The class of the largest logit in each row; of equal ones the first. */
export function predictions({data, shape: [rows, classes]}: Logits): number[] {
  return Array.from({length: rows}, (_, i) => {
    let best = 0;
    for (let k = 1; k < classes; ++k) if (data[i * classes + k] > data[i * classes + best]) best = k;
    return best;
  });
}

/** The fraction of rows whose largest logit is the label's, 0 to 1. @throws RangeError if labels do not fit the logits. */
export function accuracy(logits: Logits, labels: ArrayLike<number>): number {
  const rows = check("accuracy", logits, labels);
  return predictions(logits).filter((k, i) => k === labels[i]).length / rows;
}

/** Mean cross-entropy −log p(label) in nats, by log-sum-exp: finite for finite logits. @throws RangeError as `accuracy`. */
export function meanLoss(logits: Logits, labels: ArrayLike<number>): number {
  const rows = check("meanLoss", logits, labels);
  return losses(logits, labels).reduce((sum, loss) => sum + loss, 0) / rows;
}

/** counts[i][j]: how many records of class i were called j. Rows sum to the classes' sizes. @throws RangeError as `accuracy`. */
export function confusion(logits: Logits, labels: ArrayLike<number>): number[][] {
  check("confusion", logits, labels);
  const classes = logits.shape[1];
  const counts = Array.from({length: classes}, () => new Array<number>(classes).fill(0));
  predictions(logits).forEach((k, i) => ++counts[labels[i]][k]);
  return counts;
}

/** Records whose confidence lies in (low, high]; the means are NaN in an empty bin. */
export interface Bin {
  low: number;
  high: number;
  count: number;
  confidence: number;
  accuracy: number;
}

/**
 * Expected calibration error with its reliability diagram. Guo et al. 2017, eq. 3.
 *
 *   ECE = Σ over bins of (n_b / N) |accuracy_b − confidence_b|,   confidence = the largest probability
 *
 * @returns the error, 0 to 1, and the bins of equal width.
 * @throws RangeError as `accuracy`, or if there is no bin.
 */
export function calibration(logits: Logits, labels: ArrayLike<number>, bins = 15): {error: number; bins: Bin[]} {
  const rows = check("calibration", logits, labels);
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`calibration: expected bins ≥ 1, got ${bins}`);
  const classes = logits.shape[1];
  const p = softmax(logits);
  const sums = Array.from({length: bins}, () => ({count: 0, confidence: 0, correct: 0}));
  predictions(logits).forEach((k, i) => {
    const confidence = p[i * classes + k];
    const bin = sums[Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1))];
    ++bin.count;
    bin.confidence += confidence;
    bin.correct += k === labels[i] ? 1 : 0;
  });
  return {
    error: sums.reduce((sum, bin) => sum + Math.abs(bin.correct - bin.confidence), 0) / rows,
    bins: sums.map(({count, confidence, correct}, b) => ({
      low: b / bins,
      high: (b + 1) / bins,
      count,
      confidence: confidence / count,
      accuracy: correct / count
    }))
  };
}

/** A record that was called something else, and how sure the model was of both. */
export interface Mistake {
  row: number;
  label: number;
  predicted: number;
  /** Probability of the predicted class. */
  confidence: number;
  /** Cross-entropy in nats: −log of the label's probability. */
  loss: number;
}

/** The `count` mistakes of largest loss, the worst first; fewer where there are fewer. @throws RangeError as `accuracy`. */
export function mistakes(logits: Logits, labels: ArrayLike<number>, count: number): Mistake[] {
  check("mistakes", logits, labels);
  const classes = logits.shape[1];
  const p = softmax(logits);
  const loss = losses(logits, labels);
  return predictions(logits)
    .map((predicted, row) => ({
      row,
      label: labels[row],
      predicted,
      confidence: p[row * classes + predicted],
      loss: loss[row]
    }))
    .filter(({label, predicted}) => label !== predicted)
    .sort((a, b) => b.loss - a.loss || a.row - b.row)
    .slice(0, count);
}

function losses({data, shape: [rows, classes]}: Logits, labels: ArrayLike<number>): number[] {
  return Array.from({length: rows}, (_, i) => {
    let largest = -Infinity;
    for (let k = 0; k < classes; ++k) largest = Math.max(largest, data[i * classes + k]);
    let total = 0;
    for (let k = 0; k < classes; ++k) total += Math.exp(data[i * classes + k] - largest);
    return Math.log(total) + largest - data[i * classes + labels[i]];
  });
}

function check(caller: string, {data, shape}: Logits, labels: ArrayLike<number>): number {
  const [rows, classes] = shape;
  if (shape.length !== 2 || rows < 1 || data.length !== rows * classes)
    throw new RangeError(`${caller}: expected logits (N, K), got ${data.length} numbers as (${shape.join(", ")})`);
  if (labels.length !== rows) throw new RangeError(`${caller}: expected ${rows} labels, got ${labels.length}`);
  for (let i = 0; i < rows; ++i)
    if (!(Number.isInteger(labels[i]) && labels[i] >= 0 && labels[i] < classes))
      throw new RangeError(`${caller}: expected labels below ${classes}, got ${labels[i]} in row ${i}`);
  return rows;
}
