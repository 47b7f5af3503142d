import {formatNumber} from "../ui/number.js";
import {svg} from "./marks.js";
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

/** Puts a handle where it is, on the drawing and in words. */
export function put(node: SVGGElement, point: Point, [cx, cy]: Point): void {
  node.setAttribute("transform", `translate(${cx.toFixed(2)} ${cy.toFixed(2)})`);
  node.setAttribute("aria-valuenow", String(point[0]));
  node.setAttribute("aria-valuetext", point.map((value) => formatNumber(value, 3)).join(", "));
}

/** A handle: a dot with a wider reach for fingers, which keys can focus. */
export function knob({name, color = "var(--theme-foreground)"}: Handle): SVGGElement {
  const attributes = {class: "plane-handle", tabindex: 0, role: "slider", "aria-label": name, "aria-roledescription": "movable point"}; // prettier-ignore
  return svg(
    "g",
    attributes,
    svg("circle", {r: 20, class: "plane-reach"}),
    svg("circle", {r: 6.5, class: "plane-knob", style: `fill: ${color}`})
  );
}

/** Calls `to` as a pointer drags the handle. */
export function dragged(node: SVGGElement, to: (event: PointerEvent) => void): void {
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // no text is selected on the way
    node.focus({preventScroll: true});
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointermove", (event) => {
    if (node.hasPointerCapture(event.pointerId)) to(event);
  });
}

/** Calls `to` with where the arrow keys, or Home, move the handle. */
export function stepped(
  node: SVGGElement,
  [dx, dy]: Point,
  home: Point,
  from: () => Point,
  to: (point: Point) => void
): void {
  node.addEventListener("keydown", (event) => {
    const [x, y] = from();
    const far = event.shiftKey ? 10 : 1;
    const moves: Record<string, Point> = {
      ArrowLeft: [x - far * dx, y],
      ArrowRight: [x + far * dx, y],
      ArrowDown: [x, y - far * dy],
      ArrowUp: [x, y + far * dy],
      Home: home
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    to(moves[event.key]);
  });
}

/** Where on the plane a pointer is. */
export function placeOf(event: PointerEvent, canvas: SVGSVGElement, x: [number, number], y: [number, number]): Point {
  const box = canvas.getBoundingClientRect();
  return [
    x[0] + ((event.clientX - box.left) / box.width) * (x[1] - x[0]),
    y[1] - ((event.clientY - box.top) / box.height) * (y[1] - y[0])
  ];
}
