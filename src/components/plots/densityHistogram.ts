import {element} from "../ui/element.js";
import {formatNumber} from "../ui/number.js";
import {figure} from "./figure.js";
import {bins, seriesColor} from "./series.js";

/** A curve drawn over the bars, and a value marked on the axis. */
export interface Over {
  name: string;
  f?: (x: number) => number;
  at?: number;
}

interface Options {
  x: string;
  count?: number;
  caption?: string;
  /** Leaves values outside out of the drawing, not out of the shares. */
  range?: [number, number];
}

/** How values fall, as a density: bars of area 1 in all, with densities drawn over them and values marked. */
export function densityHistogram(values: ArrayLike<number>, over: Over[], {x, count = 40, caption, range}: Options) {
  const kept = range ? Array.from(values).filter((value) => value >= range[0] && value <= range[1]) : values;
  const rows = bins(kept, count).map((bin) => ({...bin, height: bin.count / (values.length * (bin.to - bin.from))}));
  const [low, high] = range ?? [rows[0]?.from ?? 0, rows[rows.length - 1]?.to ?? 1];
  const lines = over.map(({f}) => (f ? sampled(f, low, high) : []));
  const color = (i: number) => seriesColor(i + 1);
  const marked = over.filter(({at}) => at !== undefined);
  return figure(
    (Plot, {width}) =>
      Plot.plot({
        width,
        height: Math.max(200, Math.min(300, width * 0.42)),
        marginBottom: 42,
        marginLeft: 48,
        marginTop: 24,
        style: {background: "none", fontSize: "12px"},
        x: {label: x, domain: [low, high], ticks: Math.max(3, Math.floor(width / 90))},
        y: {label: "density", grid: true},
        marks: [
          Plot.rectY(rows, {x1: "from", x2: "to", y: "height", fill: seriesColor(0), fillOpacity: 0.5, insetLeft: 0.5}),
          ...lines.map((line, i) => Plot.lineY(line, {x: "0", y: "1", stroke: color(i), strokeWidth: 2})),
          ...over.flatMap(({at}, i) =>
            at === undefined ? [] : [Plot.ruleX([at], {stroke: color(i), strokeWidth: 2, strokeDasharray: "5,3"})]
          ),
          Plot.ruleY([0])
        ]
      }),
    {
      alt: `Histogram of ${values.length} values of ${x} from ${formatNumber(low, 3)} to ${formatNumber(high, 3)}, with ${over.map(({name}) => name).join(", ")}.`,
      caption,
      key: keyOf(over, color),
      data: {
        columns: ["from", "to", "count"],
        rows: [...rows.map((bin) => [bin.from, bin.to, bin.count]), ...marked.map(({name, at}) => [name, at!, ""])]
      }
    }
  );
}

function sampled(f: (x: number) => number, low: number, high: number): [number, number][] {
  const points = Array.from({length: 201}, (_, i): [number, number] => {
    const x = low + ((high - low) * i) / 200;
    return [x, f(x)];
  });
  return points.filter(([, y]) => Number.isFinite(y));
}

function keyOf(over: Over[], color: (i: number) => string): HTMLElement {
  const items = over.map(({name}, i) => {
    const swatch = element("span", {class: "figure-swatch", "aria-hidden": "true"});
    swatch.style.background = color(i);
    return element("li", {}, swatch, name);
  });
  return element("ul", {class: "figure-key", "aria-hidden": "true"}, ...items);
}
