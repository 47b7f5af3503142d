import {figure, type Figure, type Plot, type Render} from "../plots/figure.js";
import {chartAlt, chartKey} from "./trainerKey.js";
import {epochRange, lossRange, trainerLines, type Line, type Recorded} from "./trainerLines.js";
import type {TrainerState} from "./trainerState.js";

/** Draws the curves into the chart, or into a new one; null as long as there are none. */
export function drawCurves(chart: Figure | null, state: TrainerState, recorded: Recorded[]): Figure | null {
  const lines = trainerLines(state, recorded);
  if (!lines.length) return chart;
  const picture = render(lines, epochRange(lines, state));
  const description = {alt: chartAlt(lines), key: chartKey(lines)};
  if (!chart) return figure(picture, description);
  chart.update(picture, description);
  return chart;
}

/** Accuracy shares the loss's vertical scale: fraction a stands at low + a (high − low), and has ticks of its own. */
function render(lines: Line[], epochs: number): Render {
  const [low, high] = lossRange(lines);
  const height = (a: number) => low + a * (high - low);
  const accurate = lines.some(({metric}) => metric === "accuracy");
  const top = {labelAnchor: "top", labelArrow: "none", tickSize: 0} as const;
  const percent = (_: number, i: number) => `${20 * i} %`;
  return (Plot, {width}) =>
    Plot.plot({
      width,
      height: Math.max(240, Math.min(340, width * 0.5)),
      marginLeft: 40,
      marginRight: accurate ? 52 : 12,
      marginTop: 28,
      marginBottom: 38,
      style: {background: "none", fontSize: "12px"},
      x: {domain: [0, epochs], label: "epoch", ticks: ticks(epochs, width / 70), tickFormat: "~g"},
      y: {domain: [low, high]},
      marks: [
        Plot.gridY({ticks: 5}),
        Plot.axisY({...top, anchor: "left", ticks: 5, label: "loss"}),
        ...(accurate
          ? [
              Plot.axisY(
                [0, 1, 2, 3, 4, 5].map((i) => height(i / 5)),
                {...top, anchor: "right", label: "accuracy", tickFormat: percent}
              )
            ]
          : []),
        ...lines.flatMap((line) => drawLine(Plot, line, line.metric === "loss" ? (y) => y : height))
      ]
    });
}

/** Whole epochs where there are several; left to Plot within one. */
function ticks(epochs: number, most: number): number[] | number {
  if (epochs < 3) return 5;
  const step = Math.ceil(epochs / Math.max(2, most));
  return Array.from({length: Math.floor(epochs / step) + 1}, (_, i) => i * step);
}

function drawLine(Plot: Plot, {points, color, thin, recorded, dots}: Line, at: (y: number) => number) {
  const rows = points.map(([x, y]) => [x, at(y)]);
  const strokeDasharray = recorded ? "5,3" : undefined;
  return [
    Plot.lineY(rows, {x: "0", y: "1", stroke: color, strokeWidth: thin ? 1.25 : 2.25, strokeDasharray, clip: true}),
    ...(dots ? [Plot.dot(rows, {x: "0", y: "1", r: 3, fill: color})] : [])
  ];
}
