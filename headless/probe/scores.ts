import {alignment, uniformity} from "../../src/components/evaluate/alignmentUniformity.js";
import {ari} from "../../src/components/evaluate/ari.js";
import {clusteringAccuracy} from "../../src/components/evaluate/clusteringAccuracy.js";
import {effectiveRank} from "../../src/components/evaluate/effectiveRank.js";
import {kMeans, nearestCentre} from "../../src/components/evaluate/kMeans.js";
import {knn} from "../../src/components/evaluate/knn.js";
import {labelEfficiency, type LabelPoint} from "../../src/components/evaluate/labelEfficiency.js";
import {linearProbe} from "../../src/components/evaluate/linearProbe.js";
import {meanAndDeviation} from "../../src/components/evaluate/meanAndDeviation.js";
import {nmi} from "../../src/components/evaluate/nmi.js";
import type {Products} from "../../src/components/evaluate/products.js";
import {span, type Labelled, type Rows} from "../../src/components/evaluate/rows.js";

/** Frozen features of both splits, and of the test images once more, shifted and mirrored. */
export interface Frozen {
  train: Labelled;
  test: Labelled;
  moved: Rows;
}

/** How features are measured; the same for all that stand in one table, but for `cosine`: pixels are clustered without. */
export interface Protocol {
  classes: number;
  /** Of the rows that the probe holds out. */
  seed: number;
  /** k-means is run with the seeds 0, 1, … below this. */
  clusterings: number;
  restarts: number;
  cosine: boolean;
}

type Spread = ReturnType<typeof meanAndDeviation>;

/** What features are worth. Accuracies are fractions. */
export interface Scores {
  columns: number;
  linearProbe: {accuracy: number; perClass: number[]; decay: number; heldOut: number};
  labels: LabelPoint[];
  knn: number;
  /** With k = 10. */
  knn10: number;
  kmeans: {accuracy: Spread; nmi: Spread; ari: Spread};
  alignment: number;
  uniformity: number;
  /** Of at most 5,000 test rows; null above 1,024 columns. */
  effectiveRank: number | null;
  /** Wall time of each measurement. */
  seconds: Record<string, number>;
}

const labelCounts = [1, 10, 100, 1000];
const rankRows = 5000;
const rankColumns = 1024;

/**
 * Every measurement, one after another. Linear probe and kNN learn from the training rows and are measured on the test rows.
 * k-means finds its centres in the training rows without labels; the test rows go to the nearest ones, and clusters are
 * matched to classes there, as is usual. Geometry is that of the test rows.
 *
 * @param say is told each measurement's name and result as it comes.
 */
export async function scores(
  {train, test, moved}: Frozen,
  protocol: Protocol,
  products: Products,
  say: (line: string) => void
): Promise<Scores> {
  const seconds: Record<string, number> = {};
  const timed = async <T>(what: string, measure: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await measure();
    seconds[what] = (performance.now() - began) / 1000;
    say(`${what}: ${brief(result)}, ${seconds[what].toFixed(1)} s`);
    return result;
  };
  const {classes, seed} = protocol;
  const columns = test.features.shape[1];
  const smallest = Math.min(...sizes(train.labels, classes));
  const counts = labelCounts.filter((count) => count <= smallest);
  const some = span(test.features, 0, Math.min(rankRows, test.labels.length));
  return {
    columns,
    linearProbe: await timed("linear probe", async () => {
      const {accuracy, perClass, decay, heldOut} = await linearProbe(train, test, classes, {seed, products});
      return {accuracy, perClass, decay, heldOut};
    }),
    knn: await timed("kNN", async () => (await knn(train, test, classes, {products})).accuracy),
    knn10: await timed("kNN, k = 10", async () => (await knn(train, test, classes, {k: 10, products})).accuracy),
    kmeans: await timed("k-means", () => clusterings(train.features, test, protocol, products)),
    alignment: await timed("alignment", async () => alignment(test.features, moved)),
    uniformity: await timed("uniformity", () => uniformity(test.features, {products})),
    effectiveRank: columns > rankColumns ? null : await timed("effective rank", () => effectiveRank(some)),
    labels: await timed("labels", () => labelEfficiency(train, test, counts, {classes, seed, products})),
    seconds
  };
}

/** Results in one line, numbers to four digits. */
const brief = (result: unknown): string =>
  JSON.stringify(result, (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(4)) : value));

async function clusterings(
  points: Rows,
  {features, labels}: Labelled,
  {classes, clusterings, restarts, cosine}: Protocol,
  products: Products
): Promise<Scores["kmeans"]> {
  const found: {accuracy: number; nmi: number; ari: number}[] = [];
  for (let seed = 0; seed < clusterings; ++seed) {
    const {centres} = await kMeans(points, classes, {seed, restarts, cosine, products});
    const clusters = await nearestCentre(features, centres, {products});
    const {accuracy} = clusteringAccuracy(clusters, labels);
    found.push({accuracy, nmi: nmi(clusters, labels), ari: ari(clusters, labels)});
  }
  const spread = (name: "accuracy" | "nmi" | "ari") => meanAndDeviation(found.map((each) => each[name]));
  return {accuracy: spread("accuracy"), nmi: spread("nmi"), ari: spread("ari")};
}

function sizes(labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let n = 0; n < labels.length; ++n) ++counts[labels[n]];
  return counts;
}
