import {formatNumber} from "../ui/number.js";
import {type Place, path, svg} from "./marks.js";
import type {Point} from "./series.js";

/** Lines at round numbers, the axes stronger, with their numbers at the edges. */
export function grid(x: [number, number], y: [number, number], place: Place, height: number): SVGElement[] {
  const line = (a: Point, b: Point, strong: boolean) =>
    svg("path", {d: path([a, b], place), class: strong ? "plane-axis" : "plane-grid"});
  const number = (at: Point, dx: number, dy: number, value: number) => {
    const [px, py] = place(at);
    return svg("text", {x: px + dx, y: py + dy, class: "plane-number"}, formatNumber(value, 3));
  };
  const within = (value: number, [low, high]: [number, number]) => Math.min(high, Math.max(low, value));
  const floor = Math.min(height - 4, place([0, within(0, y)])[1] + 13);
  const columns = ticks(x).map((value) => [line([value, y[0]], [value, y[1]], value === 0), number([value, y[1]], 3, floor, value)]); // prettier-ignore
  const rows = ticks(y).map((value) => [line([x[0], value], [x[1], value], value === 0), ...(value === 0 ? [] : [number([within(0, x), value], 4, -3, value)])]); // prettier-ignore
  return [...columns, ...rows].flat();
}

/** The round numbers strictly inside an interval, at most about eight. */
export function ticks([low, high]: [number, number]): number[] {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough)!;
  const first = Math.floor(low / step) + 1;
  const last = Math.ceil(high / step) - 1;
  return Array.from({length: Math.max(0, last - first + 1)}, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
