import {element} from "../ui/element.js";
import {type Point, seriesColor} from "./series.js";

/** A line of a chart. */
export interface Curve {
  name: string;
  points: Point[];
  /**
   * Draws a dashed line and says in the key what it is: an earlier run to compare with, drawn behind and muted, or what
   * theory expects of the curve before it, in that curve's colour.
   */
  dashed?: "recorded" | "theory";
  /** Weight of the past in the drawn line, 0 to below 1; the range of the raw values is shaded. */
  smooth?: number;
}

/** A curve and how it looks. */
export interface Line {
  curve: Curve;
  stroke: string;
  strokeWidth: number;
  strokeDasharray?: string;
}

/** How each curve looks. Only what is not dashed takes a new colour, so an added comparison changes none. */
export function lines(curves: Curve[]): Line[] {
  let colour = -1;
  return curves.map((curve) => {
    if (!curve.dashed) colour++;
    const stroke = curve.dashed === "recorded" ? "var(--recorded)" : seriesColor(Math.max(0, colour));
    const strokeDasharray = curve.dashed || colour > 5 ? "5,3" : undefined;
    return {curve, stroke, strokeWidth: curve.dashed ? 1.5 : 2, strokeDasharray};
  });
}

/** A curve by name, with what its dashes say. */
export const label = ({name, dashed}: Curve) => (dashed ? `${name} (${dashed})` : name);

/** What the lines of a chart stand for. */
export function keyOf(curves: Curve[]): HTMLElement {
  const items = lines(curves).map(({curve, stroke, strokeWidth, strokeDasharray}) => {
    const swatch = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    swatch.setAttribute("width", "22");
    swatch.setAttribute("height", "8");
    swatch.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", "M0 4h22");
    line.setAttribute("stroke-width", String(strokeWidth));
    line.style.stroke = stroke;
    if (strokeDasharray) line.setAttribute("stroke-dasharray", strokeDasharray);
    swatch.append(line);
    return element("li", {}, swatch, label(curve));
  });
  return element("ul", {class: "figure-key", "aria-hidden": "true"}, ...items);
}
