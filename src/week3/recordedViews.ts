import {browserSource, catalogue} from "../components/data/catalogue.js";
import {clusteringText, featureScores} from "../components/data/featureScores.js";
import type {RunRecord} from "../components/data/runRecord.js";
import {unpackMap, type FeatureMap} from "../components/evaluate/featureMap.js";

/** What can be read off a recorded run; a run without the measurement gives nothing of it. */

/** kNN accuracy in percent by epochs. */
export const knnCurve = ({epochs}: Pick<RunRecord, "epochs">): [epoch: number, percent: number][] =>
  epochs.flatMap(({epoch, test}): [number, number][] => (Number.isFinite(test.knn) ? [[epoch, 100 * test.knn]] : []));

/** A metric of the training images, or of the evaluated ones, by epochs. */
export const metricCurve = (
  {epochs}: Pick<RunRecord, "epochs">,
  split: "train" | "test",
  name: string
): [epoch: number, value: number][] =>
  epochs.flatMap((at): [number, number][] => (Number.isFinite(at[split][name]) ? [[at.epoch, at[split][name]]] : []));

/** The linear probe's accuracy in percent with so many labels a class, and its deviation over draws. */
export function labelCurve({final}: Pick<RunRecord, "final">): {labels: number; percent: number; deviation: number}[] {
  const found = final.linearProbeByLabels;
  if (typeof found !== "object") return [];
  return Object.keys(found)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      labels: Number(name),
      percent: 100 * found[name],
      deviation: 100 * (found[`${name}Deviation`] ?? 0)
    })) // prettier-ignore
    .sort((a, b) => a.labels - b.labels);
}

/** The linear probe's accuracy in percent for each class, by the class's number; empty where it was not measured. */
export function classCurve({final}: Pick<RunRecord, "final">): number[] {
  const found = final.linearProbeByClass;
  if (typeof found !== "object") return [];
  return Object.keys(found).map(Number).sort((a, b) => a - b).map((k) => 100 * found[String(k)]); // prettier-ignore
}

/** Rows of a table: the run's own measurements and those of its baselines, as fractions; NaN where one is missing. */
export function measured({final}: Pick<RunRecord, "final">): {name: string; linear: number; knn: number}[] {
  const {own, randomNetwork, rawPixels} = featureScores(final);
  const rows = {"recorded run": own, "the same network, untrained": randomNetwork, "raw pixels": rawPixels};
  return Object.entries(rows)
    .map(([name, {linearProbe = NaN, knn = NaN}]) => ({name, linear: linearProbe, knn}))
    .filter(({linear, knn}) => [linear, knn].some(Number.isFinite));
}

/** The name in the catalogue of a run's map. */
const mapName = ({name}: Pick<RunRecord, "name">): string => `maps/${name}.safetensors`;

/** Whether the site holds a map of the run's features. */
export const hasMap = async (run: Pick<RunRecord, "name">): Promise<boolean> =>
  (await catalogue()).some(({name}) => name === mapName(run));

/** The map of a run's features. @throws Error if the site has none, or what it has is none, or of other weights. */
export async function mapOf(run: Pick<RunRecord, "name" | "weights">): Promise<FeatureMap> {
  const map = unpackMap(new Uint8Array(await browserSource().open(mapName(run))));
  if (map.weights !== run.weights?.digest)
    throw new Error(
      `mapOf: expected a map of the recorded weights of ${run.name}, got one of others: npm run probe --map`
    );
  return map;
}

/**
 * Clusterings of a run, of its baselines and of other runs, in percent as mean ± deviation over seeds of k-means; those that
 * have none are left out.
 */
export function clusterings(
  {final}: Pick<RunRecord, "final">,
  others: {name: string; final: RunRecord["final"]}[] = []
): Record<"name" | "accuracy" | "nmi" | "ari", string>[] {
  const {own, randomNetwork, rawPixels} = featureScores(final);
  const rows = [
    {name: "DINO", kmeans: own.kmeans},
    {name: "the same network, untrained", kmeans: randomNetwork.kmeans},
    {name: "raw pixels, Euclidean", kmeans: rawPixels.kmeans},
    ...others.map(({name, final}) => ({name, kmeans: featureScores(final).own.kmeans}))
  ];
  return rows
    .filter(({kmeans}) => kmeans.accuracy !== undefined)
    .map(({name, kmeans}) => ({
      name,
      accuracy: clusteringText(kmeans, "accuracy"),
      nmi: clusteringText(kmeans, "nmi"),
      ari: clusteringText(kmeans, "ari")
    }));
}
