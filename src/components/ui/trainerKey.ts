import {element} from "./element.js";
import {formatNumber, formatPercent} from "./number.js";
import type {Line} from "./trainerLines.js";

/** The chart in words: where each curve begins and where it stands. */
export function chartAlt(lines: Line[]): string {
  const parts = lines.map(({name, metric, points}) => {
    const say = (y: number) => (metric === "accuracy" ? formatPercent(y) : formatNumber(y, 3));
    const [first, last] = [points[0], points[points.length - 1]];
    const from = points.length > 1 ? `from ${say(first[1])} to ` : "";
    return `${name} ${from}${say(last[1])} at epoch ${formatNumber(last[0], 3)}`;
  });
  return `Loss and accuracy over epochs. ${parts.join("; ")}.`;
}

/** What the colours and lines stand for. The alternative text says it too, so readers are not told twice. */
export function chartKey(lines: Line[]): HTMLElement {
  const words = new Map(lines.map((line) => [line.word, line]));
  const items = [...words].map(([word, line]) => element("li", {}, swatch(line), word));
  return element("ul", {class: "figure-key", "aria-hidden": "true"}, ...items);
}

function swatch({color, thin, recorded, dots}: Line): Element {
  const namespace = "http://www.w3.org/2000/svg";
  const root = document.createElementNS(namespace, "svg");
  const shapes: [name: string, attributes: Record<string, string>][] = [
    ["path", {d: "M0 5h22", "stroke-width": thin ? "1.25" : "2.25", ...(recorded && {"stroke-dasharray": "5,3"})}],
    ...(dots ? ([["circle", {cx: "11", cy: "5", r: "3"}]] as [string, Record<string, string>][]) : [])
  ];
  for (const [name, value] of Object.entries({width: "22", height: "10"})) root.setAttribute(name, value);
  for (const [name, attributes] of shapes) {
    const shape = document.createElementNS(namespace, name);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    shape.style.stroke = shape.style.fill = color;
    root.append(shape);
  }
  return root;
}
