import {formatNumber} from "../ui/number.js";
import {type Curve, type Line, keyOf, label, lines} from "./curves.js";
import {type Description, type Figure, type Render, figure} from "./figure.js";
import {type Point, band, logTick, smoothed} from "./series.js";

export type {Curve};

export interface Axes {
  /** Names of the axes with their units. */
  x?: string;
  y?: string;
  /** Draws y on a logarithmic scale; values that are not positive are left out. */
  log?: boolean;
  /** Draws x on a logarithmic scale; its values have to be positive. */
  logX?: boolean;
  caption?: Node | string;
}

/** A chart that takes new points while a run goes on. */
export interface LossCurve extends HTMLElement {
  show(curves: Curve[]): void;
}

const pieces = 240; // more points than that share pixels

/** Loss, accuracy or anything else over steps or epochs, as many curves as there are. */
export function lossCurve(curves: Curve[], axes: Axes = {}): LossCurve {
  const root: Figure = figure(render(curves, axes), describe(curves, axes));
  return Object.assign(root, {
    show: (next: Curve[]) => root.update(render(next, axes), describe(next, axes))
  });
}

function render(curves: Curve[], {x = "step", y = "loss", log = false, logX = false}: Axes): Render {
  return (Plot, {width}) =>
    Plot.plot({
      width,
      height: Math.max(220, Math.min(360, width * 0.52)),
      marginBottom: 42,
      marginLeft: 52,
      marginTop: 24,
      style: {background: "none", fontSize: "12px"},
      x: {
        label: x,
        type: logX ? "log" : "linear",
        nice: false,
        ticks: Math.max(3, Math.floor(width / 90)),
        ...(logX ? {tickFormat: logTick} : {})
      },
      y: {
        label: y,
        type: log ? "log" : "linear",
        grid: true,
        nice: !log,
        ...(log ? {ticks: 6, tickFormat: logTick} : {})
      },
      marks: inDrawingOrder(curves).flatMap(({curve, stroke, strokeWidth, strokeDasharray}) => {
        const points = curve.points.filter(([, value]) => Number.isFinite(value) && !(log && value <= 0));
        const rows = band(points, pieces);
        const line = smoothed(
          rows.map((row): Point => [row.x, row.mean]),
          curve.smooth ?? 0
        );
        return [
          ...(curve.smooth ? [Plot.areaY(rows, {x: "x", y1: "low", y2: "high", fill: stroke, fillOpacity: 0.16})] : []),
          Plot.lineY(line, {x: "0", y: "1", stroke, strokeWidth, strokeDasharray}),
          ...(line.length === 1 ? [Plot.dot(line, {x: "0", y: "1", fill: stroke})] : [])
        ];
      })
    });
}

function inDrawingOrder(curves: Curve[]): Line[] {
  const isRecorded = ({curve}: Line) => curve.dashed === "recorded";
  const all = lines(curves);
  return [...all.filter(isRecorded), ...all.filter((line) => !isRecorded(line))];
}

function describe(curves: Curve[], {x = "step", y = "loss", log = false, caption}: Axes): Description {
  const parts = curves.map((curve) => `${label(curve)}: ${summary(curve.points, x)}`);
  return {alt: `${y} over ${x}${log ? ", logarithmic" : ""}. ${parts.join("; ")}.`, caption, key: keyOf(curves)};
}

function summary(points: Point[], x: string): string {
  if (!points.length) return "no points yet";
  const [first, last] = [points[0], points[points.length - 1]];
  const low = Math.min(...band(points, pieces).map((row) => row.low));
  return `${formatNumber(first[1], 3)} at ${x} ${formatNumber(first[0], 4)}, ${formatNumber(last[1], 3)} at ${x} ${formatNumber(last[0], 4)}, lowest ${formatNumber(low, 3)}`;
}
