import type {Logits} from "./metrics.js";

/** Rows of D numbers and a class each. */
interface Embedded {
  embeddings: Logits;
  labels: ArrayLike<number>;
}

/** Squared Euclidean distances between all rows, N × N. */
export function squaredDistances({data, shape: [rows, size]}: Logits): Float64Array {
  const out = new Float64Array(rows * rows);
  for (let i = 0; i < rows; ++i)
    for (let j = 0; j < i; ++j) {
      let sum = 0;
      for (let d = 0; d < size; ++d) sum += (data[i * size + d] - data[j * size + d]) ** 2;
      out[i * rows + j] = out[j * rows + i] = sum;
    }
  return out;
}

/** Each row's nearest other row; of equally near ones the first. @throws RangeError for fewer than two rows. */
export function nearestOthers(embeddings: Logits): Int32Array {
  const [rows] = embeddings.shape;
  if (rows < 2) throw new RangeError(`nearestOthers: expected at least two rows, got ${rows}`);
  const distances = squaredDistances(embeddings);
  return Int32Array.from({length: rows}, (_, i) => {
    let best = i === 0 ? 1 : 0;
    for (let j = 0; j < rows; ++j) if (j !== i && distances[i * rows + j] < distances[i * rows + best]) best = j;
    return best;
  });
}

/**
 * Recall@1: how often a row's nearest other row is of its class. Musgrave et al. 2020 call it precision at 1.
 *
 * A random embedding of K classes with n rows each reaches (n − 1) / (K n − 1).
 *
 * @throws RangeError if labels do not fit, or there are fewer than two rows.
 */
export function recallAtOne({embeddings, labels}: Embedded): number {
  check("recallAtOne", embeddings, labels);
  const hits = nearestOthers(embeddings).filter((j, i) => labels[j] === labels[i]).length;
  return hits / embeddings.shape[0];
}

/** Of pairs called alike below a distance: the share of alike pairs found, and of unlike ones called so by mistake. */
export interface Verified {
  distance: number;
  found: number;
  mistaken: number;
}

/** The ROC curve of verification, "are these two of one class?", over all pairs, in `steps` distances, and the area below it. */
export function verification({embeddings, labels}: Embedded, steps = 100): {curve: Verified[]; area: number} {
  check("verification", embeddings, labels);
  const [rows] = embeddings.shape;
  const squared = squaredDistances(embeddings);
  const pairs: {distance: number; alike: boolean}[] = [];
  for (let i = 0; i < rows; ++i)
    for (let j = 0; j < i; ++j)
      pairs.push({distance: Math.sqrt(squared[i * rows + j]), alike: labels[i] === labels[j]});
  pairs.sort((a, b) => a.distance - b.distance);
  const alike = pairs.filter((pair) => pair.alike).length;
  let [found, mistaken, area] = [0, 0, 0];
  const all = pairs.map((pair) => {
    if (pair.alike) ++found;
    else {
      ++mistaken;
      area += found; // a column of the area under the curve
    }
    return {distance: pair.distance, found: found / alike, mistaken: mistaken / (pairs.length - alike)};
  });
  const at = Array.from({length: steps}, (_, k) => all[Math.floor((k * (all.length - 1)) / (steps - 1))]);
  return {curve: at, area: area / (alike * (pairs.length - alike))};
}

function check(caller: string, {shape}: Logits, labels: ArrayLike<number>): void {
  if (labels.length !== shape[0]) throw new RangeError(`${caller}: expected ${shape[0]} labels, got ${labels.length}`);
}
