import {element} from "../components/ui/element.js";
import type {Cells} from "./tables.js";

/** A table of text that scrolls by itself where it is too wide: the first column names the rows. */
export function cellTable({columns, rows}: Cells, label: string): HTMLElement {
  const align = (i: number) => (i ? {style: "text-align: right; white-space: nowrap"} : {});
  const head = element("tr", {}, ...columns.map((name, i) => element("th", {scope: "col", ...align(i)}, name)));
  const body = rows.map(([name, ...cells]) => {
    const filled = cells.filter((cell) => cell !== "");
    const last = filled.length < cells.length ? {colspan: cells.length - filled.length + 1} : {};
    const row = filled.map((cell, i) => element("td", {...align(1), ...(i === filled.length - 1 ? last : {})}, cell));
    return element("tr", {}, element("th", {scope: "row"}, name), ...row);
  });
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
  return element("div", {class: "figure-scroll", tabindex: 0, role: "group", "aria-label": label}, table);
}
