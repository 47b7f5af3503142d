import {root} from "../../components/math/root.js";

/** Two circles of given areas whose common part has a given area: radii and the distance of the centres. */
export interface Venn {
  first: number;
  second: number;
  distance: number;
}

/** The area that two discs share: two segments, each a sector less a triangle. */
export function lens(r: number, s: number, d: number): number {
  if (d >= r + s) return 0;
  if (d <= Math.abs(r - s)) return Math.PI * Math.min(r, s) ** 2;
  const a = (d * d + r * r - s * s) / (2 * d);
  const segment = (radius: number, height: number) =>
    radius * radius * Math.acos(height / radius) - height * Math.sqrt(radius * radius - height * height);
  return segment(r, a) + segment(s, d - a);
}

/** @param common at most the smaller area. */
export function venn(areaOne: number, areaTwo: number, common: number): Venn {
  const [first, second] = [Math.sqrt(areaOne / Math.PI), Math.sqrt(areaTwo / Math.PI)];
  const inside = Math.abs(first - second);
  if (common <= 1e-12) return {first, second, distance: first + second};
  if (common >= Math.min(areaOne, areaTwo) - 1e-12) return {first, second, distance: inside};
  return {first, second, distance: root((d) => lens(first, second, d) - common, inside, first + second)};
}
