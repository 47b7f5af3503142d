import type {Point} from "./series.js";

/** What a plane draws, in its own coordinates. */
export type Mark =
  | {
      kind: "curve";
      points: Point[];
      color: string;
      closed?: boolean;
      filled?: boolean;
      dashed?: boolean;
      thin?: boolean;
    }
  | {kind: "arrow"; from: Point; to: Point; color: string; text?: string; dashed?: boolean}
  | {kind: "dots"; points: Point[]; color: string}
  | {kind: "text"; at: Point; text: string; color?: string};

/** From the plane's coordinates to those of its drawing. */
export type Place = (point: Point) => Point;

/** An SVG element with its attributes and children. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number | undefined> = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/** The marks as SVG, the first at the back. */
export const drawMarks = (marks: Mark[], place: Place): SVGElement[] =>
  marks.flatMap((mark) => {
    switch (mark.kind) {
      case "curve":
        return [curve(mark, place)];
      case "arrow":
        return arrow(mark, place);
      case "dots":
        return mark.points.map((point) => {
          const [cx, cy] = place(point);
          return svg("circle", {cx: round(cx), cy: round(cy), r: 3, style: `fill: ${mark.color}`});
        });
      case "text":
        return [text(mark.at, mark.text, mark.color, place)];
    }
  });

/** The path of a polyline. */
export const path = (points: Point[], place: Place, closed = false): string =>
  points.length ? `M${points.map((point) => place(point).map(round).join(" ")).join("L")}${closed ? "Z" : ""}` : "";

function curve({points, color, closed, filled, dashed, thin}: Mark & {kind: "curve"}, place: Place): SVGElement {
  const style = `stroke: ${color}; fill: ${filled ? color : "none"}; fill-opacity: 0.14`;
  return svg("path", {
    d: path(points, place, closed),
    style,
    "stroke-width": thin ? 1 : 2,
    "stroke-linejoin": "round",
    "stroke-dasharray": dashed ? "5 4" : undefined
  });
}

/** A shaft and a head of fixed size; no head on what is shorter than it. */
function arrow({from, to, color, text: words, dashed}: Mark & {kind: "arrow"}, place: Place): SVGElement[] {
  const [a, b] = [place(from), place(to)];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const [dx, dy] = length > 0 ? [(b[0] - a[0]) / length, (b[1] - a[1]) / length] : [0, 0];
  const head = Math.min(10, length);
  const corner = (side: number): Point => [
    b[0] - head * dx - side * 0.45 * head * dy,
    b[1] - head * dy + side * 0.45 * head * dx
  ];
  const same: Place = (point) => point;
  const end: Point = [b[0] - 0.7 * head * dx, b[1] - 0.7 * head * dy];
  const shaft = svg("path", {
    d: path([a, end], same),
    style: `stroke: ${color}; fill: none`,
    "stroke-width": 2,
    "stroke-dasharray": dashed ? "5 4" : undefined
  });
  const tip = svg("path", {d: path([b, corner(1), corner(-1)], same, true), style: `fill: ${color}`});
  const beside: Point = [b[0] + 17 * dx, b[1] + 17 * dy];
  return [shaft, tip, ...(words ? [text(beside, words, color, same)] : [])];
}

function text(at: Point, words: string, color = "var(--theme-foreground-muted)", place: Place): SVGElement {
  const [x, y] = place(at);
  return svg("text", {x: round(x), y: round(y), dy: "0.35em", class: "plane-label", style: `fill: ${color}`}, words);
}

const round = (x: number): number => Math.round(x * 100) / 100;
