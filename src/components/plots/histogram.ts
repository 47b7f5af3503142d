import {formatNumber} from "../ui/number.js";
import {figure} from "./figure.js";
import {bins} from "./series.js";

export interface HistogramOptions {
  /** Name of what is counted, with its unit. */
  x?: string;
  count?: number;
  caption?: Node | string;
}

/** How often values fall into equal intervals from the smallest to the largest. */
export function histogram(values: ArrayLike<number>, {x = "value", count = 30, caption}: HistogramOptions = {}) {
  const rows = bins(values, count);
  const mode = rows.reduce((a, b) => (b.count > a.count ? b : a), rows[0]);
  const range = rows.length ? `${formatNumber(rows[0].from, 3)} to ${formatNumber(rows[rows.length - 1].to, 3)}` : "";
  const most = mode
    ? `, most of them (${mode.count}) between ${formatNumber(mode.from, 3)} and ${formatNumber(mode.to, 3)}`
    : "";
  return figure(
    (Plot, {width}) =>
      Plot.plot({
        width,
        height: Math.max(180, Math.min(280, width * 0.4)),
        marginBottom: 42,
        marginLeft: 48,
        style: {background: "none", fontSize: "12px"},
        x: {label: x},
        y: {label: "count", grid: true},
        marks: [
          Plot.rectY(rows, {
            x1: "from",
            x2: "to",
            y: "count",
            fill: "var(--series-1)",
            insetLeft: 0.5,
            insetRight: 0.5
          }),
          Plot.ruleY([0])
        ]
      }),
    {
      alt: rows.length ? `Histogram of ${values.length} values of ${x}, ${range}${most}.` : `No finite values of ${x}.`,
      caption,
      data: {columns: ["from", "to", "count"], rows: rows.map((bin) => [bin.from, bin.to, bin.count])}
    }
  );
}
