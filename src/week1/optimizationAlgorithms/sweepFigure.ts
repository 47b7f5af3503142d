import {keyOf} from "../../components/plots/curves.js";
import type {Description, Render} from "../../components/plots/figure.js";
import {logTick, seriesColor} from "../../components/plots/series.js";
import {methodNames} from "../fiveMethods.js";
import {bands, sweepTable, type SweepPoint} from "./network.js";

/** What a network says that says ½ of every point: ln 2. Higher losses are drawn a little above it. */
export const top = 1;

/** The last training loss over the rate, a line through the medians in a band from the best seed to the worst. */
export function sweepRender(points: SweepPoint[]): Render {
  const rows = bands(points, top).map((row) => ({...row, stroke: seriesColor(methodNames.indexOf(row.method))}));
  return (Plot, {width}) =>
    Plot.plot({
      width,
      height: Math.max(240, Math.min(380, width * 0.55)),
      marginBottom: 42,
      marginLeft: 56,
      marginTop: 24,
      style: {background: "none", fontSize: "12px"},
      x: {type: "log", domain: [1e-4, 30], label: "rate η", ticks: Math.max(3, Math.floor(width / 110)), tickFormat: logTick}, // prettier-ignore
      y: {
        type: "log",
        domain: [1e-4, top],
        label: "last training loss (nats)",
        grid: true,
        ticks: 5,
        tickFormat: logTick
      },
      marks: [
        Plot.ruleY([Math.LN2], {stroke: "var(--recorded)", strokeDasharray: "5,3"}),
        Plot.areaY(rows, {
          x: "rate",
          y1: "low",
          y2: "high",
          z: "method",
          fill: "stroke",
          fillOpacity: 0.16,
          clip: true
        }),
        Plot.lineY(rows, {x: "rate", y: "middle", z: "method", stroke: "stroke", strokeWidth: 2, clip: true}),
        Plot.dot(rows, {x: "rate", y: "middle", r: 2.5, fill: "stroke", clip: true})
      ]
    });
}

/** The same in words and as a table of the best rates. */
export function sweepDescription(points: SweepPoint[]): Description {
  const data = sweepTable(points, top);
  const said = data.rows.map(([method, rate, loss]) => `${method} is best at ${rate} with ${loss}`);
  return {
    alt: `Last training loss over the rate, logarithmic. ${said.length ? said.join("; ") : "Nothing measured yet"}.`,
    caption: `Line: median of the seeds; band: from the best to the worst. Dashed: ln 2, a network that knows nothing. Losses above ${top}, and those that are no numbers, are drawn at ${top}.`,
    data,
    key: keyOf(methodNames.map((name) => ({name, points: []})))
  };
}
