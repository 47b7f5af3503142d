import {formatNumber} from "../ui/number.js";
import {figure} from "./figure.js";

/** A number for each of several things, as bars on their own lines. */
export function bars(
  items: {label: string; value: number}[],
  {x = "value", caption}: {x?: string; caption?: Node | string} = {}
) {
  const longest = Math.max(0, ...items.map(({label}) => label.length));
  return figure(
    (Plot, {width}) =>
      Plot.plot({
        width,
        height: 64 + 26 * items.length,
        marginBottom: 42,
        marginLeft: Math.min(width * 0.4, 20 + 7 * longest),
        marginRight: 56,
        style: {background: "none", fontSize: "12px"},
        x: {label: x, grid: true},
        y: {label: null, domain: items.map(({label}) => label), padding: 0.25},
        marks: [
          Plot.barX(items, {x: "value", y: "label", fill: "var(--series-1)"}),
          Plot.text(items, {
            x: "value",
            y: "label",
            text: (d) => formatNumber(d.value, 4),
            textAnchor: "start",
            dx: 5,
            fill: "currentColor"
          }),
          Plot.ruleX([0])
        ]
      }),
    {
      alt: `${x}: ${items.map(({label, value}) => `${label} ${formatNumber(value, 4)}`).join(", ")}.`,
      caption,
      data: {columns: ["", x], rows: items.map(({label, value}) => [label, value])}
    }
  );
}
