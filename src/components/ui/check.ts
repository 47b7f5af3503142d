import {element} from "./element.js";
import {formatNumber} from "./number.js";

/**
 * A number of this page against the value it must have, shown green or red with both.
 *
 *   passes if |got − expected| ≤ within, or with `relative`, ≤ within · |expected|
 *
 * @returns an element with `data-check="pass"` or `"fail"`; a number that is not finite fails.
 */
export function check(
  label: Node | string,
  got: number,
  expected: number,
  {within = 1e-6, relative = false} = {}
): HTMLElement {
  const difference = Math.abs(got - expected);
  const allowed = relative ? within * Math.abs(expected) : within;
  const tolerance = relative ? `${formatNumber(100 * within, 3)} %` : formatNumber(within, 3);
  const detail = `got ${formatNumber(got)}, expected ${formatNumber(expected)} ± ${tolerance}`;
  return claim(label, difference <= allowed, detail);
}

/** A statement of this page that holds or does not, with the numbers that show it. */
export function claim(label: Node | string, passed: boolean, detail: string): HTMLElement {
  return element(
    "div",
    {class: "check", "data-check": passed ? "pass" : "fail", role: "group"},
    element("span", {class: "check-verdict"}, passed ? "✓ passes" : "✗ fails"),
    element("span", {}, label, element("span", {class: "check-detail"}, detail))
  );
}
