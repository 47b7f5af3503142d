import {element} from "../ui/element.js";
import {formatNumber} from "../ui/number.js";
import {type Mark, type Place, drawMarks, svg} from "./marks.js";
import {grid} from "./planeGrid.js";
import type {Point} from "./series.js";

/** A point that the reader moves. */
export interface Handle {
  /** What it is, for readers who do not see it: "image of e₁". */
  name: string;
  at: Point;
  color?: string;
  /** Where it may be, for a point the reader asks for; anywhere on the plane unless told. */
  keep?: (point: Point) => Point;
}

export interface PlaneOptions {
  x: [number, number];
  y: [number, number];
  handles?: Handle[];
  /** What is drawn for these places of the handles, the first mark at the back. */
  draw: (points: Point[]) => Mark[];
  /** What it shows, in words; stands below the drawing and is its text alternative. */
  describe: (points: Point[]) => string;
  /** Height over width of the drawing; equal units on both axes unless told. */
  aspect?: number;
  title?: string;
}

/** A drawing for `view()`: its value is where its handles are. */
export interface Plane extends HTMLElement {
  readonly value: Point[];
}

const size = 360; // pixels of the drawing's own coordinates: at this width text has its natural size
let count = 0;

/**
 * A plane with axes, marks, and points that are dragged or moved by the arrow keys (Shift: ten times as far; Home: back).
 */
export function plane({x, y, handles = [], draw, describe, aspect, title}: PlaneOptions): Plane {
  const height = Math.round(size * (aspect ?? (y[1] - y[0]) / (x[1] - x[0])));
  const place: Place = ([px, py]) => [((px - x[0]) / (x[1] - x[0])) * size, ((y[1] - py) / (y[1] - y[0])) * height];
  const points = handles.map(({at}): Point => [...at]);
  const id = `plane-${++count}`;
  const drawn = svg("g", {"aria-hidden": "true"});
  const text = element("figcaption", {id});
  const knobs = handles.map((handle) => knob(handle));
  const clip = svg("clipPath", {id: `${id}-clip`}, svg("rect", {width: size, height}));
  const inside = svg(
    "g",
    {"clip-path": `url(#${id}-clip)`, "aria-hidden": "true"},
    ...grid(x, y, place, height),
    drawn
  );
  const canvas = svg(
    "svg",
    {viewBox: `0 0 ${size} ${height}`, role: handles.length ? "group" : "img", "aria-describedby": id, class: "plane"},
    clip,
    inside,
    ...knobs
  );
  canvas.setAttribute("aria-label", title ?? "Drawing");
  const heading = title ? [element("div", {class: "plane-title", "aria-hidden": "true"}, title)] : [];
  const root = element("figure", {class: "plane-figure"}, ...heading, canvas, text);

  const show = () => {
    drawn.replaceChildren(...drawMarks(draw(points), place));
    text.textContent = describe(points);
    knobs.forEach((node, i) => {
      const [cx, cy] = place(points[i]);
      node.setAttribute("transform", `translate(${cx.toFixed(2)} ${cy.toFixed(2)})`);
      node.setAttribute("aria-valuenow", String(points[i][0]));
      node.setAttribute("aria-valuetext", `${formatNumber(points[i][0], 3)}, ${formatNumber(points[i][1], 3)}`);
    });
  };
  const move = (i: number, [px, py]: Point) => {
    const clamped: Point = [Math.min(x[1], Math.max(x[0], px)), Math.min(y[1], Math.max(y[0], py))];
    points[i] = handles[i].keep?.(clamped) ?? clamped;
    show();
    root.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const unplace = (event: PointerEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return [
      x[0] + ((event.clientX - box.left) / box.width) * (x[1] - x[0]),
      y[1] - ((event.clientY - box.top) / box.height) * (y[1] - y[0])
    ];
  };
  const step: Point = [(x[1] - x[0]) / 200, (y[1] - y[0]) / 200];
  knobs.forEach((node, i) => {
    dragging(node, (event) => move(i, unplace(event)));
    node.addEventListener("keydown", (event) => {
      const asked = byKey(event, points[i], step, handles[i].at);
      if (!asked) return;
      event.preventDefault();
      move(i, asked);
    });
  });
  show();
  return Object.defineProperty(root, "value", {
    get: () => points.map(([px, py]): Point => [px, py])
  }) as unknown as Plane;
}

function knob({name, color = "var(--theme-foreground)"}: Handle): SVGGElement {
  const attributes = {class: "plane-handle", tabindex: 0, role: "slider", "aria-label": name, "aria-roledescription": "movable point"}; // prettier-ignore
  return svg(
    "g",
    attributes,
    svg("circle", {r: 20, class: "plane-reach"}),
    svg("circle", {r: 6.5, class: "plane-knob", style: `fill: ${color}`})
  );
}

function dragging(node: SVGGElement, to: (event: PointerEvent) => void): void {
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // no text is selected on the way
    node.focus({preventScroll: true});
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointermove", (event) => {
    if (node.hasPointerCapture(event.pointerId)) to(event);
  });
}

/** Where a key moves a point; nothing for other keys. */
function byKey({key, shiftKey}: KeyboardEvent, [x, y]: Point, [dx, dy]: Point, home: Point): Point | undefined {
  const far = shiftKey ? 10 : 1;
  const moves: Record<string, Point> = {
    ArrowLeft: [x - far * dx, y],
    ArrowRight: [x + far * dx, y],
    ArrowDown: [x, y - far * dy],
    ArrowUp: [x, y + far * dy],
    Home: home
  };
  return moves[key];
}
