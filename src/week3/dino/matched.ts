import {clusteringAccuracy} from "../../components/evaluate/clusteringAccuracy.js";
import {contingency} from "../../components/evaluate/contingency.js";

/** Clusters by the classes they were matched to. */
export interface Matched {
  accuracy: number;
  /** counts[i][j]: records of class i in the cluster that was matched to class j. */
  counts: number[][];
  /** The cluster that was matched to each class, −1 for none. */
  cluster: number[];
}

/** Matches clusters to classes one to one, so that as many records as possible are right; then counts the rest. */
export function matched(clusters: ArrayLike<number>, labels: ArrayLike<number>, classes: number): Matched {
  const {accuracy, matching} = clusteringAccuracy(clusters, labels);
  const cluster = Array.from({length: classes}, (_, k) => matching.indexOf(k));
  const {counts} = contingency("matched", labels, clusters);
  return {
    accuracy,
    counts: Array.from({length: classes}, (_, i) => cluster.map((c) => counts[i]?.[c] ?? 0)),
    cluster
  };
}
