import type {RunRecord} from "./runRecord.js";

/** What `npm run probe` measured of some frozen features, as fractions; what was not measured is missing. */
export interface FeatureScores {
  linearProbe?: number;
  knn?: number;
  knn10?: number;
  /** accuracy, nmi and ari; accuracyDeviation and so on are their standard deviations over seeds of k-means. */
  kmeans: Partial<Record<string, number>>;
}

type Final = RunRecord["final"];

/** The scores that a run's record keeps: of its own features, and of its baselines where they were measured. */
export function featureScores(final: Final): Record<"own" | "randomNetwork" | "rawPixels", FeatureScores> {
  const {linearProbe, knn, knn10, kmeans} = final;
  return {
    own: {...numbers({linearProbe, knn, knn10}), kmeans: numbers(group(kmeans))},
    randomNetwork: baseline(group(final.randomNetwork)),
    rawPixels: baseline(group(final.rawPixels))
  };
}

/** A result of k-means in percent, `53.75 ± 0.04` where its deviation is known; a dash where it was not measured. */
export function clusteringText(kmeans: FeatureScores["kmeans"], name: "accuracy" | "nmi" | "ari"): string {
  const [value, deviation] = [kmeans[name], kmeans[`${name}Deviation`]];
  if (value === undefined) return "–";
  return `${(100 * value).toFixed(2)}${deviation === undefined ? "" : ` ± ${(100 * deviation).toFixed(2)}`}`;
}

/** A baseline's numbers stand side by side in one group of the record: kmeansNmiDeviation. */
function baseline(of: Record<string, number>): FeatureScores {
  const parts = ["accuracy", "nmi", "ari"].flatMap((name) => [name, `${name}Deviation`]);
  const kmeans = Object.fromEntries(parts.map((name) => [name, of[`kmeans${name[0].toUpperCase()}${name.slice(1)}`]]));
  const {linearProbe, knn, knn10} = of;
  return {...numbers({linearProbe, knn, knn10}), kmeans: numbers(kmeans)};
}

const group = (value: Final[string] | undefined): Record<string, number> => (typeof value === "object" ? value : {});

const numbers = (of: Record<string, Final[string] | undefined>): Record<string, number> =>
  Object.fromEntries(Object.entries(of).filter((entry): entry is [string, number] => typeof entry[1] === "number"));
