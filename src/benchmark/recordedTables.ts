import {element} from "../components/ui/element.js";
import {cellTable} from "./cellTable.js";
import type {Report} from "./report.js";
import {sentenceOf} from "./size.js";
import {contendersTable, loadsTable} from "./tables.js";

/** Recorded benchmarks, each with its machine, its load and its command; a sentence where there is none. */
export function recordedTables(reports: Report[]): HTMLElement {
  if (!reports.length) return element("p", {}, "Nothing is recorded yet: ", command("npm run bench -- webgpu --record"), " does it."); // prettier-ignore
  return element("div", {}, ...reports.flatMap(partsOf));
}

const command = (text: string) => element("code", {}, text);

function partsOf(report: Report): HTMLElement[] {
  const {size, backend, rounds, date, load, where, contenders} = report;
  const busy = load ? ` Load average ${load.map((value) => value.toFixed(1)).join(" before and ")} after.` : "";
  const how = rounds ? `${rounds} rounds in turns.` : "Commands of one step, counted and not computed.";
  const words = element("p", {}, element("b", {}, `${sentenceOf(size)}. `), `${how} ${backend}; ${date}.${busy} `, command(where)); // prettier-ignore
  const loads = loadsTable(contenders);
  return [
    words,
    ...(rounds ? [cellTable(contendersTable(contenders), "Step times")] : []),
    ...(loads.rows.length ? [cellTable(loads, "What a step asks of the GPU")] : [])
  ];
}
