import type * as PlotModule from "npm:@observablehq/plot";
import {element} from "../ui/element.js";
import {formatNumber} from "../ui/number.js";
import {type Surroundings, observe} from "./observe.js";

export type Plot = typeof PlotModule;
export type Render = (plot: Plot, surroundings: Surroundings) => Element;

export interface Description {
  /** What the figure shows, in words, for readers who do not see it. */
  alt: string;
  caption?: Node | string;
  /** The numbers themselves, offered below a small figure. */
  data?: Table;
  /** What the colours and lines stand for. */
  key?: Node;
}

export interface Table {
  columns: string[];
  rows: (string | number)[][];
}

export interface Figure extends HTMLElement {
  /** Draws with other data, without taking the figure out of the page. */
  update(render: Render, description: Description): void;
}

/**
 * A figure drawn by Observable Plot, which is loaded when the first figure is laid out: a page without one never asks
 * for it. Drawn again when its width or the theme changes.
 */
export function figure(render: Render, description: Description): Figure {
  const plot = element("div", {class: "figure-plot", role: "img"});
  const root = element("figure", {}, plot);
  let draw = render;
  const describe = ({alt, caption, data, key}: Description) => {
    plot.setAttribute("aria-label", alt);
    const below = [...(caption ? [element("figcaption", {}, caption)] : []), ...(data ? [dataTable(data)] : [])];
    root.replaceChildren(...(key ? [key] : []), plot, ...below);
  };
  describe(description);
  const redraw = observe(plot, async (surroundings) => {
    const library = await import("npm:@observablehq/plot");
    const drawn = draw(library, surroundings);
    drawn.setAttribute("aria-hidden", "true"); // the label says it in words; marks without context say nothing
    plot.replaceChildren(drawn);
  });
  return Object.assign(root, {
    update(next: Render, nextDescription: Description) {
      draw = next;
      describe(nextDescription);
      redraw();
    }
  });
}

/** The numbers of a figure behind a fold. */
export function dataTable({columns, rows}: Table): HTMLElement {
  const head = element("tr", {}, ...columns.map((name) => element("th", {scope: "col"}, name)));
  const body = rows.map(([first, ...rest]) =>
    element("tr", {}, element("th", {scope: "row"}, show(first)), ...rest.map((x) => element("td", {}, show(x))))
  );
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
  return element("details", {class: "figure-data"}, element("summary", {}, "The numbers"), table);
}

function show(x: string | number): string {
  return typeof x === "number" ? formatNumber(x, 4) : x;
}
