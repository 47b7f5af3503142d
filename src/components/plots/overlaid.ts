import {element} from "../ui/element.js";
import {formatNumber} from "../ui/number.js";
import {figure} from "./figure.js";
import {seriesColor} from "./series.js";

/** Values of one kind. */
export interface Values {
  name: string;
  values: ArrayLike<number>;
}

/** Shares of the values of several kinds in equal intervals of one range, over each other. */
export function overlaid(
  kinds: Values[],
  {x, range: [low, high], count = 40, caption}: {x: string; range: [number, number]; count?: number; caption?: string}
): HTMLElement {
  const rows = kinds.flatMap(({name, values}, i) =>
    shares(values, [low, high], count).map((share, b) => ({
      ...{name, share, fill: seriesColor(i)},
      from: low + ((high - low) * b) / count,
      to: low + ((high - low) * (b + 1)) / count
    }))
  );
  const said = kinds.map(({name, values}) => `${name}: mean ${formatNumber(meanOf(values), 3)} of ${values.length}`);
  const items = kinds.map(({name}, i) => {
    const swatch = element("span", {class: "figure-swatch", "aria-hidden": "true"});
    swatch.style.background = seriesColor(i);
    return element("li", {}, swatch, name);
  });
  return figure(
    (Plot, {width}) =>
      Plot.plot({
        ...{width, height: Math.max(200, Math.min(300, width * 0.42)), marginBottom: 42, marginLeft: 48},
        style: {background: "none", fontSize: "12px"},
        x: {label: x, domain: [low, high]},
        y: {label: "share of the values", grid: true},
        marks: [
          Plot.rectY(rows, {
            x1: "from",
            x2: "to",
            y1: () => 0,
            y2: "share",
            fill: "fill",
            fillOpacity: 0.5,
            insetLeft: 0.5
          }),
          Plot.ruleY([0])
        ]
      }),
    {
      alt: `Shares of ${x}. ${said.join("; ")}.`,
      caption,
      key: element("ul", {class: "figure-key", "aria-hidden": "true"}, ...items),
      data: {columns: ["", "from", "to", "share"], rows: rows.map(({name, from, to, share}) => [name, from, to, share])}
    }
  );
}

/** What part of the values falls into each of `count` intervals; values outside count in the outermost ones. */
export function shares(values: ArrayLike<number>, [low, high]: [number, number], count: number): number[] {
  const found = new Array<number>(count).fill(0);
  for (let i = 0; i < values.length; ++i) {
    const at = Math.floor(((values[i] - low) / (high - low)) * count);
    found[Math.max(0, Math.min(count - 1, at))] += 1 / values.length;
  }
  return found;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; ++i) sum += values[i];
  return sum / values.length;
}
