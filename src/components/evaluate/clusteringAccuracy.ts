import {contingency} from "./contingency.js";
import {hungarian} from "./hungarian.js";

/**
 * The accuracy of a clustering under the best matching of clusters to classes, one to one. Xie et al. 2016, eq. 10.
 *
 *   ACC = max over matchings m of (1/N) Σₙ [yₙ = m(cₙ)]
 *
 * A cluster beyond the number of classes matches none, and all of its records are wrong.
 *
 * @returns the accuracy, from 1/K for K clusters and classes to 1, and the class of each cluster, −1 for none.
 * @throws RangeError if the labellings are not of the same records.
 */
export function clusteringAccuracy(
  clusters: ArrayLike<number>,
  labels: ArrayLike<number>
): {accuracy: number; matching: number[]} {
  const {counts, total} = contingency("clusteringAccuracy", clusters, labels);
  const classes = counts[0].length;
  const size = Math.max(counts.length, classes);
  const cost = counts.map((row) => Array.from({length: size}, (_, j) => -(row[j] ?? 0)));
  const matching = hungarian(cost).map((column) => (column < classes ? column : -1));
  const correct = matching.reduce((sum, k, cluster) => sum + (k < 0 ? 0 : counts[cluster][k]), 0);
  return {accuracy: correct / total, matching};
}
