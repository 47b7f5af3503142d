import {element} from "../ui/element.js";
import {formatNumber} from "../ui/number.js";
import {figure} from "./figure.js";
import {seriesColor, type Point} from "./series.js";

/** Points of one kind, drawn in one colour. */
export interface Cloud {
  name: string;
  points: Point[];
}

interface Axes {
  x: string;
  y: string;
  /** Draws x on a logarithmic scale; its values have to be positive. */
  logX?: boolean;
  caption?: Node | string;
}

/** Points of several kinds, with a key and the numbers below. */
export function scatter(clouds: Cloud[], {x, y, logX = false, caption}: Axes) {
  const points = clouds.flatMap(({name, points}, i) => points.map(([x, y]) => ({name, x, y, fill: seriesColor(i)})));
  const said = clouds.map(
    ({name, points}) => `${name}: ${points.map(([x, y]) => `${show(y)} at ${show(x)}`).join(", ")}`
  );
  return figure(
    (Plot, {width}) =>
      Plot.plot({
        width,
        height: Math.max(220, Math.min(340, width * 0.5)),
        marginBottom: 42,
        marginLeft: 52,
        marginTop: 24,
        style: {background: "none", fontSize: "12px"},
        x: {
          label: x,
          type: logX ? "log" : "linear",
          nice: !logX,
          insetLeft: 24,
          insetRight: 24,
          ticks: Math.max(2, Math.floor(width / 130)),
          tickFormat: show
        },
        y: {label: y, grid: true, nice: true, inset: 8},
        marks: [
          Plot.dot(points, {x: "x", y: "y", r: 5, fill: "fill", fillOpacity: 0.75, stroke: "var(--theme-background)"})
        ]
      }),
    {
      alt: `${y} over ${x}${logX ? ", logarithmic" : ""}. ${said.join("; ")}.`,
      caption,
      key: keyOf(clouds),
      data: {columns: ["", x, y], rows: points.map(({name, x, y}) => [name, show(x), show(y)])}
    }
  );
}

const show = (value: number): string => formatNumber(value, 4);

function keyOf(clouds: Cloud[]): HTMLElement {
  const items = clouds.map(({name}, i) => {
    const swatch = element("span", {class: "figure-swatch", "aria-hidden": "true"});
    swatch.style.background = seriesColor(i);
    return element("li", {}, swatch, name);
  });
  return element("ul", {class: "figure-key", "aria-hidden": "true"}, ...items);
}
