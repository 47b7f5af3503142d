import {formatNumber} from "../ui/number.js";
import {type Curve, keyOf, label, lines} from "./curves.js";
import {type Description, type Figure, type Render, figure} from "./figure.js";
import {type Point, logTick} from "./series.js";

export interface ErrorAxes {
  x?: string;
  y?: string;
  caption?: Node | string;
}

/**
 * An error against a step, both logarithmic: of finite differences against h, where each falls with the power of h that
 * its formula has and rises again where rounding takes over. A curve `dashed: "theory"` is a line to compare with.
 * An error of exactly 0 has no place on the axis; it is left out, and the description says how many were.
 */
export function errorCurve(curves: Curve[], axes: ErrorAxes = {}): Figure {
  return figure(render(curves, axes), describe(curves, axes));
}

const drawn = ({points}: Curve): Point[] => points.filter(([x, y]) => x > 0 && y > 0 && Number.isFinite(y));

function render(curves: Curve[], {x = "h", y = "error"}: ErrorAxes): Render {
  return (Plot, {width}) =>
    Plot.plot({
      width,
      height: Math.max(240, Math.min(380, width * 0.56)),
      ...{marginBottom: 42, marginLeft: 56, marginTop: 24, marginRight: 24},
      style: {background: "none", fontSize: "12px"},
      x: {label: x, type: "log", ticks: Math.max(3, Math.floor(width / 90)), tickFormat: logTick},
      y: {label: y, type: "log", grid: true, ticks: 6, tickFormat: logTick},
      marks: lines(curves).flatMap(({curve, stroke, strokeWidth, strokeDasharray}) => {
        const points = drawn(curve);
        return [
          Plot.lineY(points, {x: "0", y: "1", stroke, strokeWidth, strokeDasharray}),
          ...(curve.dashed ? [] : [Plot.dot(points, {x: "0", y: "1", r: 2, fill: stroke})])
        ];
      })
    });
}

function describe(curves: Curve[], {x = "h", y = "error", caption}: ErrorAxes): Description {
  const parts = curves.map((curve) => `${label(curve)}: ${summary(curve, x)}`);
  return {alt: `${y} against ${x}, both logarithmic. ${parts.join("; ")}.`, caption, key: keyOf(curves)};
}

function summary(curve: Curve, x: string): string {
  const points = drawn(curve);
  const exact = curve.points.filter(([, y]) => y === 0).length;
  const rest = exact ? `, ${exact} exactly 0 left out` : "";
  if (!points.length) return `no points${rest}`;
  const [least] = points.reduce((a, b) => (b[1] < a[1] ? b : a));
  const low = Math.min(...points.map(([, y]) => y));
  return `lowest ${formatNumber(low, 2)} at ${x} = ${formatNumber(least, 2)}${rest}`;
}
