import type {RunRecord} from "../data/runRecord.js";
import {element} from "./element.js";
import {formatNumber} from "./number.js";
import {formatDuration} from "./runCard.js";

/** A row of text for the table; the columns are kNN and linear probe in percent. */
export interface ResultRow {
  network: string;
  budget: string;
  knn: string;
  linear: string;
  source: string;
}

/** Results of a recorded run and its baselines as rows, `measured` of the page's records. */
export function recordedRows(
  {epochs, recipe, flops, seconds, data}: RunRecord,
  measured: {name: string; linear: number; knn: number}[]
): ResultRow[] {
  const budget = `${epochs.length} epochs, batch ${recipe.batch}, ${formatNumber(flops / 1e15, 3)} PFLOP, ${formatDuration(seconds)}`;
  const source = `recorded here${data.note ? `; ${data.note}` : ""}`;
  return measured.map(({name, linear, knn}, i) => ({
    ...{network: name, budget: i ? "none" : budget, source},
    ...{knn: percent(knn), linear: percent(linear)}
  }));
}

const percent = (fraction: number): string => (Number.isFinite(fraction) ? (100 * fraction).toFixed(2) : "–");

/** Our rows, in bold, above those that others have published. */
export function resultsTable(ours: ResultRow[], theirs: ResultRow[]): HTMLElement {
  const names = ["CIFAR-10", "budget", "kNN (%)", "linear probe (%)", "source"];
  const head = element("tr", {}, ...names.map((name) => element("th", {scope: "col"}, name)));
  const rows = [...ours, ...theirs].map(({network, budget, knn, linear, source}, i) =>
    element(
      "tr",
      {},
      element("th", {scope: "row"}, i < ours.length ? element("b", {}, network) : network),
      ...[budget, knn, linear, source].map((text) => element("td", {}, text))
    )
  );
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  return element("div", {class: "figure-scroll", tabindex: 0, role: "group", "aria-label": "Results"}, table);
}
