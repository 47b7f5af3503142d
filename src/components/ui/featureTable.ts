import {clusteringText, featureScores, type FeatureScores} from "../data/featureScores.js";
import type {RunRecord} from "../data/runRecord.js";
import {element} from "./element.js";

/** A run's frozen features beside its baselines, in percent; null where neither was clustered nor compared. */
export function featureTable({final, probe}: Pick<RunRecord, "final" | "probe">): HTMLElement | null {
  const {own, randomNetwork, rawPixels} = featureScores(final);
  const named: [string, FeatureScores][] = [
    ["this network", own],
    ["untrained", randomNetwork],
    ["raw pixels", rawPixels]
  ];
  const rows = named.filter(([, {knn, kmeans}]) => knn !== undefined || kmeans.accuracy !== undefined);
  if (rows.length < 2 && own.kmeans.accuracy === undefined) return null;
  const names = ["features", "linear probe", "kNN", "kNN, k = 10", "k-means", "NMI", "ARI"];
  const head = element("tr", {}, ...names.map((name) => element("th", {scope: "col"}, name)));
  const body = rows.map(([name, {linearProbe, knn, knn10, kmeans}]) =>
    element(
      "tr",
      {},
      element("th", {scope: "row"}, name),
      ...[linearProbe, knn, knn10].map((value) => element("td", {}, percent(value))),
      ...(["accuracy", "nmi", "ari"] as const).map((part) => element("td", {}, clusteringText(kmeans, part)))
    )
  );
  const over = probe ? `; ± over ${probe.clusterings} seeds of k-means, each the best of ${probe.restarts} starts` : "";
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
  const attributes = {class: "figure-scroll", tabindex: 0, role: "group", "aria-label": "Frozen features"};
  return element(
    "div",
    {class: "run-features"},
    element("div", attributes, table),
    element("p", {}, `Frozen features of the test images, in percent${over}.`)
  );
}

const percent = (fraction: number | undefined): string => (fraction === undefined ? "–" : (100 * fraction).toFixed(2));
