import type {Input} from "../ui/choice.js";
import {element} from "../ui/element.js";
import {type Handle, dragged, knob, placeOf, put, stepped} from "./handle.js";
import {type Mark, type Place, drawMarks, svg} from "./marks.js";
import {grid} from "./planeGrid.js";
import type {Point} from "./series.js";

/** One drawing; those of a group see the handles of all, in order. */
export interface Panel<V = unknown> {
  x: [number, number];
  y: [number, number];
  handles?: Handle[];
  /** What is drawn for these places of the handles, the first mark at the back. */
  draw: (points: Point[], values: V) => Mark[];
  /** What it shows, in words; stands below the drawing and is its text alternative. */
  describe: (points: Point[], values: V) => string;
  /** Height over width of the drawing; equal units on both axes unless told. */
  aspect?: number;
  title: string;
}

/** Drawings for `view()`: the value is where the handles are, with the values of the controls. */
export interface Planes<V> extends HTMLElement {
  readonly value: {points: Point[]; values: V};
}

type Controls<V> = {[K in keyof V]: Input<V[K]>};

const size = 360; // pixels of the drawing's own coordinates: at this width text has its natural size
let count = 0;

/**
 * Planes with axes, marks, and points that are dragged or moved by the arrow keys (Shift: ten times as far; Home: back).
 * All are drawn again when a point moves or a control above them changes.
 */
export function planes<V extends object>(panels: Panel<V>[], controls = {} as Controls<V>): Planes<V> {
  const points = panels.flatMap(({handles = []}) => handles.map(({at}): Point => [...at]));
  const names = Object.keys(controls) as (keyof V)[];
  const values = () => Object.fromEntries(names.map((name) => [name, controls[name].value])) as V;
  const row = element("div", {class: "planes"});
  const root = element("div", {}, ...names.map((name) => controls[name]), row);
  const showAll = () => drawn.forEach(({show}) => show(values()));
  const move = (i: number, to: Point) => {
    points[i] = to;
    root.dispatchEvent(new Event("input", {bubbles: true}));
  };
  let first = 0;
  const drawn = panels.map((panel) => {
    const made = panelOf(panel, points, first, move);
    first += panel.handles?.length ?? 0;
    return made;
  });
  row.append(...drawn.map(({figure}) => figure));
  root.addEventListener("input", showAll);
  showAll();
  const value = () => ({points: points.map(([x, y]): Point => [x, y]), values: values()});
  return Object.defineProperty(root, "value", {get: value}) as unknown as Planes<V>;
}

function panelOf<V>(
  {x, y, handles = [], draw, describe, aspect, title}: Panel<V>,
  points: Point[],
  first: number,
  move: (i: number, to: Point) => void
): {figure: HTMLElement; show: (values: V) => void} {
  const height = Math.round(size * (aspect ?? (y[1] - y[0]) / (x[1] - x[0])));
  const place: Place = ([px, py]) => [((px - x[0]) / (x[1] - x[0])) * size, ((y[1] - py) / (y[1] - y[0])) * height];
  const id = `plane-${++count}`;
  const drawing = svg("g");
  const text = element("figcaption", {id});
  const knobs = handles.map((handle) => knob(handle));
  const clip = svg("clipPath", {id: `${id}-clip`}, svg("rect", {width: size, height}));
  const inside = {"clip-path": `url(#${id}-clip)`, "aria-hidden": "true"};
  const canvas = svg(
    "svg",
    {viewBox: `0 0 ${size} ${height}`, role: handles.length ? "group" : "img", class: "plane"},
    clip,
    svg("g", inside, ...grid(x, y, place, height), drawing),
    ...knobs
  );
  canvas.setAttribute("aria-label", title);
  canvas.setAttribute("aria-describedby", id);
  knobs.forEach((node, i) => {
    const {keep, at} = handles[i];
    const to = ([px, py]: Point) => {
      const clamped: Point = [Math.min(x[1], Math.max(x[0], px)), Math.min(y[1], Math.max(y[0], py))];
      move(first + i, keep?.(clamped) ?? clamped);
    };
    dragged(node, (event) => to(placeOf(event, canvas, x, y)));
    stepped(node, [(x[1] - x[0]) / 200, (y[1] - y[0]) / 200], at, () => points[first + i], to);
  });
  const show = (values: V) => {
    drawing.replaceChildren(...drawMarks(draw(points, values), place));
    text.textContent = describe(points, values);
    knobs.forEach((node, i) => put(node, points[first + i], place(points[first + i])));
  };
  const heading = element("div", {class: "plane-title", "aria-hidden": "true"}, title);
  return {figure: element("figure", {class: "plane-figure"}, heading, canvas, text), show};
}
