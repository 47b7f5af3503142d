import {element} from "../ui/element.js";
import {formatNumber} from "../ui/number.js";

export interface HeatmapOptions {
  /** Names of rows and columns; without them they are numbered from 0. */
  rows?: string[];
  columns?: string[];
  caption?: Node | string;
  /** What stands in a cell; four significant digits unless told. */
  format?: (value: number, row: number, column: number) => string;
}

/**
 * A small matrix as a table whose cells carry their value and a colour: readable by eye, by a screen reader and on
 * paper. Zero is the colour of the page; positive values go to blue, negative ones to orange, the largest size in full.
 */
export function heatmap(values: number[][], options: HeatmapOptions = {}): HTMLElement {
  const {rows, columns, caption, format = (x) => formatNumber(x, 4)} = options;
  const largest = Math.max(...values.flat().map(Math.abs).filter(Number.isFinite), 0) || 1;
  const names = columns ?? values[0]?.map((_, j) => String(j)) ?? [];
  const head = names.map((name) => element("th", {scope: "col"}, element("span", {}, name)));
  const body = values.map((row, i) => {
    const cells = row.map((x, j) => {
      const cell = element("td", {}, format(x, i, j));
      cell.style.setProperty("--level", `${(100 * Math.min(1, Math.abs(x) / largest) || 0).toFixed(1)}%`);
      cell.dataset.sign = x < 0 ? "negative" : "positive";
      return cell;
    });
    return element("tr", {}, element("th", {scope: "row"}, rows?.[i] ?? String(i)), ...cells);
  });
  const table = element(
    "table",
    {class: "heatmap"},
    element("thead", {}, element("tr", {}, element("td", {}), ...head)),
    element("tbody", {}, ...body)
  );
  const label = typeof caption === "string" ? caption : "Matrix";
  const scroll = element("div", {class: "figure-scroll", tabindex: 0, role: "group", "aria-label": label}, table);
  return element("figure", {}, scroll, ...(caption ? [element("figcaption", {}, caption)] : []));
}
