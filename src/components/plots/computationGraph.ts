import {element} from "../ui/element.js";
import {formatNumber} from "../ui/number.js";
import {svg} from "./marks.js";
import {type Point} from "./series.js";

/** A node of a computation, in the order in which they were computed; its arguments stand before it. */
export interface GraphNode {
  label: string;
  value: number;
  gradient: number;
  /** Arguments by their places, with ∂node/∂argument. */
  edges: {from: number; slope: number}[];
}

/** A graph that is shown up to a moment of its computation. */
export interface ComputationGraph extends HTMLElement {
  /**
   * @param moment 0 … 2n for n nodes: so many values have been computed, then so many gradients from the last node back.
   */
  show(nodes: GraphNode[], moment: number): void;
}

const [wide, high, gapX, gapY] = [84, 52, 62, 16];

/** A computation drawn from left to right: values in blue below the operation, gradients in orange, slopes on the edges. */
export function computationGraph(caption?: string): ComputationGraph {
  const scroll = element("div", {class: "figure-scroll", tabindex: 0, role: "img"});
  const root = element("figure", {}, scroll, ...(caption ? [element("figcaption", {}, caption)] : []));
  return Object.assign(root, {
    show(nodes: GraphNode[], moment: number) {
      scroll.setAttribute("aria-label", inWords(nodes, moment));
      scroll.replaceChildren(drawing(nodes, moment));
    }
  });
}

/** How far each node stands from the inputs, and constants just before what uses them. */
export function columns(nodes: GraphNode[]): number[] {
  const depth: number[] = [];
  nodes.forEach(({edges}, i) => (depth[i] = edges.reduce((most, {from}) => Math.max(most, depth[from] + 1), 0)));
  nodes.forEach((node, i) => {
    if (node.edges.length || /^[A-Za-z]/.test(node.label)) return;
    const users = nodes.flatMap(({edges}, k) => (edges.some(({from}) => from === i) ? [depth[k]] : []));
    if (users.length) depth[i] = Math.min(...users) - 1;
  });
  return depth;
}

/** Middle of each node: columns by depth, in each ordered by the mean height of the arguments. */
function places(nodes: GraphNode[]): {at: Point[]; width: number; height: number} {
  const column = columns(nodes);
  const last = Math.max(...column);
  const lists = Array.from({length: last + 1}, (_, c) => nodes.flatMap((_, i) => (column[i] === c ? [i] : [])));
  const most = Math.max(...lists.map((list) => list.length));
  const height = most * (high + gapY);
  const at: Point[] = [];
  for (const [c, list] of lists.entries()) {
    const wish = (i: number) => {
      const {edges} = nodes[i];
      return edges.length ? edges.reduce((sum, {from}) => sum + at[from][1], 0) / edges.length : Infinity;
    };
    const ordered = c === 0 ? list : [...list].sort((a, b) => wish(a) - wish(b) || a - b);
    const step = height / ordered.length;
    ordered.forEach((i, k) => (at[i] = [wide / 2 + 2 + c * (wide + gapX), step * (k + 0.5)]));
  }
  return {at, width: (last + 1) * (wide + gapX) - gapX + 4, height};
}

function drawing(nodes: GraphNode[], moment: number): SVGElement {
  const {at, width, height} = places(nodes);
  const n = nodes.length;
  const returned = (i: number) => moment >= n + (n - i);
  const edges = nodes.flatMap(({edges}, i) => edges.map(({from, slope}) => edge(at[from], at[i], moment > i, returned(i) ? slope : null))); // prettier-ignore
  const boxes = nodes.map((node, i) => box(node, at[i], {value: moment > i, gradient: returned(i), now: moment === i + 1 || (moment > n && moment === 2 * n - i)})); // prettier-ignore
  const root = svg("svg", {viewBox: `0 0 ${width} ${height}`, width, height, style: "max-width: none", "aria-hidden": "true"}); // prettier-ignore
  root.append(...edges, ...boxes);
  return root;
}

function edge([x1, y1]: Point, [x2, y2]: Point, drawn: boolean, slope: number | null): SVGElement {
  const [a, b] = [x1 + wide / 2, x2 - wide / 2];
  const middle = (a + b) / 2;
  const line = svg("path", {
    d: `M${a} ${y1}C${middle} ${y1} ${middle} ${y2} ${b} ${y2}`,
    style: `fill: none; stroke: var(${slope === null ? "--theme-foreground-fainter" : "--series-2"})`,
    "stroke-width": drawn ? 1.6 : 0.8,
    "stroke-dasharray": drawn ? undefined : "3 3"
  });
  if (slope === null) return line;
  const words = label([b - 22, y1 + (y2 - y1) * 0.86 - 5], `×${formatNumber(slope, 3)}`, "var(--theme-foreground-muted)", 10); // prettier-ignore
  return svg("g", {}, line, words);
}

function box(
  {label: words, value, gradient}: GraphNode,
  [x, y]: Point,
  seen: {value: boolean; gradient: boolean; now: boolean}
): SVGElement {
  // prettier-ignore
  const frame = svg("rect", {
    ...{x: x - wide / 2, y: y - high / 2, width: wide, height: high, rx: 5},
    style: `fill: var(--theme-background-alt); stroke: var(${seen.now ? "--theme-foreground" : "--theme-foreground-fainter"})`,
    "stroke-width": seen.now ? 2.4 : 1
  });
  return svg(
    "g",
    {},
    frame,
    label([x, y - 13], words, "var(--theme-foreground)", 13),
    ...(seen.value ? [label([x, y + 4], formatNumber(value, 4), "var(--series-1)", 12)] : []),
    ...(seen.gradient ? [label([x, y + 19], formatNumber(gradient, 4), "var(--series-2)", 12)] : [])
  );
}

const label = ([x, y]: Point, words: string, color: string, size: number): SVGElement =>
  svg("text", {x, y, "text-anchor": "middle", dy: "0.2em", "font-size": size, style: `fill: ${color}; stroke: var(--theme-background); stroke-width: 2px; paint-order: stroke`}, words); // prettier-ignore

function inWords(nodes: GraphNode[], moment: number): string {
  const n = nodes.length;
  const said = nodes.slice(0, Math.min(moment, n)).map(({label: words, value, gradient, edges}, i) => {
    const from = edges.length ? ` of ${edges.map(({from}) => from + 1).join(" and ")}` : "";
    return `${i + 1}: ${words}${from} is ${formatNumber(value, 4)}${moment >= 2 * n - i ? `, gradient ${formatNumber(gradient, 4)}` : ""}`;
  });
  return said.length ? `Computation graph. ${said.join("; ")}.` : "Computation graph, nothing computed yet.";
}
