import {tick} from "../train/tick.js";
import {nearest} from "./nearest.js";
import {plainProducts, type Products} from "./products.js";
import {checkColumns, checkLabels, normalised, sizeOf, span, type Labelled} from "./rows.js";

interface Options {
  /** Neighbours that vote; all training rows where there are fewer. */
  k?: number;
  /** τ. */
  temperature?: number;
  products?: Products;
}

const chunk = 256; // test rows at a time: 51 MB of similarities with 50,000 training rows

/**
 * Weighted k-nearest-neighbour classification by cosine similarity. Wu et al. 2018, section 3.4.
 *
 *   class = argmax_c Σ over the k nearest i of class c of exp(sᵢ / τ),   s = cosine similarity
 *
 * Of equally near rows the earlier ones vote; of equal votes the lower class wins. A row of zeros is near to none, s = 0.
 *
 * @param classes K, labels are below it.
 * @returns the accuracy on the test rows, and each one's class.
 * @throws RangeError if features and labels do not fit, k < 1, or τ ≤ 0.
 */
export async function knn(
  train: Labelled,
  test: Labelled,
  classes: number,
  {k = 200, temperature = 0.1, products = plainProducts}: Options = {}
): Promise<{accuracy: number; predicted: Int32Array}> {
  const [known] = sizeOf("knn", train.features);
  const [asked] = sizeOf("knn", test.features);
  checkColumns("knn", train.features, test.features);
  for (const set of [train, test]) checkLabels("knn", set, classes);
  if (!(temperature > 0)) throw new RangeError(`knn: expected temperature > 0, got ${temperature}`);
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`knn: expected an integer k ≥ 1, got ${k}`);
  const [from, to] = [normalised(train.features), normalised(test.features)];
  const predicted = new Int32Array(asked);
  for (let start = 0; start < asked; start += chunk) {
    const {data, shape} = await products.ofRows(span(to, start, Math.min(asked, start + chunk)), from);
    for (let i = 0; i < shape[0]; ++i) {
      const similarities = data.subarray(i * known, (i + 1) * known);
      const neighbours = nearest(similarities, Math.min(k, known));
      const top = similarities[neighbours[0]]; // a common factor, so that a small τ does not overflow
      const votes = new Float64Array(classes);
      for (const j of neighbours) votes[train.labels[j]] += Math.exp((similarities[j] - top) / temperature);
      predicted[start + i] = votes.indexOf(votes.reduce((most, vote) => Math.max(most, vote)));
    }
    await tick();
  }
  const correct = predicted.reduce((count, label, i) => count + (label === test.labels[i] ? 1 : 0), 0);
  return {accuracy: correct / asked, predicted};
}
