import {figure} from "./figure.js";
import {element} from "../ui/element.js";
import {seriesColor} from "./series.js";

export interface Embedding {
  /** (N, 2), one point after another. */
  points: ArrayLike<number>;
  /** The class of each point, and the classes' names. */
  labels: ArrayLike<number>;
  classes: readonly string[];
}

interface Options {
  caption?: string;
  /** Called with a point's place when it, or the ground nearest to it, is pressed. */
  select?: (index: number) => void;
  /** The point that has a ring from the beginning. */
  pressed?: number;
}

const symbols = ["circle", "square", "triangle", "diamond"] as const;

/** How a class looks: six colours, and another form for each six. */
const look = (k: number) => ({fill: seriesColor(k), symbol: symbols[Math.floor(k / 6) % symbols.length]});

/** Points in the plane by class: a map of features. Its axes mean nothing, so it has none. */
export function embedding({points, labels, classes}: Embedding, {caption, select, pressed}: Options = {}): HTMLElement {
  const rows = Array.from({length: labels.length}, (_, i) => ({x: points[2 * i], y: points[2 * i + 1], ...look(labels[i])})); // prettier-ignore
  let ring = pressed; // kept when the figure is drawn again in another width
  return figure(
    (Plot, {width}) => {
      const marks = classes.flatMap((_, k) => {
        const indices = rows.flatMap((_, i) => (labels[i] === k ? [i] : []));
        const some = indices.map((i) => rows[i]);
        return [Plot.dot(some, {x: "x", y: "y", r: 3.5, ...look(k), fillOpacity: 0.75})];
      });
      const drawn = Plot.plot({
        ...{width, height: Math.min(520, width), axis: null, inset: 10, style: {background: "none"}},
        x: {domain: extent(rows.map(({x}) => x))},
        y: {domain: extent(rows.map(({y}) => y))},
        marks
      });
      const indices = classes.flatMap((_, k) => rows.flatMap((_, i) => (labels[i] === k ? [i] : [])));
      const choose = (index: number) => select?.((ring = index));
      if (select) pressable(drawn, {indices, pressed: ring, select: choose});
      return drawn;
    },
    {
      alt: `Map of ${rows.length} points of ${classes.length} classes in the plane: ${classes.join(", ")}.`,
      caption,
      key: keyOf(classes)
    }
  );
}

const reach = 24; // pixels: a fingertip is wider than a point

/** Lets the points be pressed; they stand in the drawing in the order of `indices`. The pressed one gets a ring. */
function pressable(
  drawn: Element,
  {indices, pressed, select}: {indices: number[]; pressed?: number; select: (index: number) => void}
): void {
  const dots = Array.from(drawn.querySelectorAll<SVGPathElement>("g[aria-label=dot] > *"));
  const mark = (chosen: number) =>
    dots.forEach((dot, at) => {
      if (indices[at] === chosen) dot.setAttribute("style", "stroke: var(--theme-foreground); stroke-width: 2.5");
      else dot.removeAttribute("style");
    });
  const choose = (at: number) => {
    mark(indices[at]);
    select(indices[at]);
  };
  if (pressed !== undefined) mark(pressed);
  (drawn as SVGElement).style.cursor = "pointer";
  drawn.addEventListener("click", (event) => {
    const on = dots.indexOf(event.target as SVGPathElement);
    const at = on >= 0 ? on : nearestTo(event as MouseEvent, dots);
    if (at !== null) choose(at);
  });
}

/** The place of the element whose middle is nearest to the pointer, if any is within reach. */
function nearestTo({clientX, clientY}: MouseEvent, dots: Element[]): number | null {
  const distances = dots.map((dot) => {
    const {left, right, top, bottom} = dot.getBoundingClientRect();
    return Math.hypot((left + right) / 2 - clientX, (top + bottom) / 2 - clientY);
  });
  const least = Math.min(...distances);
  return least <= reach ? distances.indexOf(least) : null;
}

const extent = (values: number[]): [number, number] => [
  values.reduce((a, b) => Math.min(a, b), Infinity),
  values.reduce((a, b) => Math.max(a, b), -Infinity)
];

function keyOf(classes: readonly string[]): HTMLElement {
  const forms: Record<string, string> = {circle: "●", square: "■", triangle: "▲", diamond: "◆"};
  const items = classes.map((name, k) => {
    const mark = element("span", {"aria-hidden": "true"}, `${forms[look(k).symbol]} `);
    mark.style.color = look(k).fill;
    return element("li", {}, mark, name);
  });
  return element("ul", {class: "figure-key", "aria-hidden": "true"}, ...items);
}
