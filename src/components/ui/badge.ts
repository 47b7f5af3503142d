import type {Comparison} from "../math/equation.js";
import type {Trial} from "../math/equationTrial.js";
import {button, element} from "./element.js";
import {formatNumber} from "./number.js";

/**
 * Puts a badge beside an equation's number and what was compared below it, folded. Returns what shows new trials.
 * @param again draws once more, with the next seed.
 */
export function badge(equation: HTMLElement, again: () => void): (trials: Trial[]) => void {
  remove(equation);
  const panel = element("div", {class: "equation-panel", id: `${equation.id}-checked`, hidden: true});
  const press = button("…", toggle, {class: "equation-badge", "aria-expanded": "false", "aria-controls": panel.id});
  const number = equation.querySelector(".equation-number");
  const side = element("span", {class: "equation-side"});
  number?.replaceWith(side);
  side.append(...(number ? [number] : []), press);
  equation.append(panel); // inside: the preview counts the children of the page

  function toggle(): void {
    panel.hidden = !panel.hidden;
    press.setAttribute("aria-expanded", String(!panel.hidden));
  }

  return (trials) => {
    const passed = trials.every(({passed}) => passed);
    const worst = trials.reduce((a, b) => (a.ratio >= b.ratio ? a : b));
    press.dataset.check = passed ? "pass" : "fail";
    press.replaceChildren(passed ? "✓" : "✗", element("span", {}, ` ${apart(worst.comparison)}`));
    press.setAttribute(
      "aria-label",
      `Equation ${passed ? "holds" : "fails"}, error ${apart(worst.comparison)}: what was compared`
    );
    const draw = button("Draw again", again);
    panel.replaceChildren(
      ...trials.map(shown),
      element("p", {class: "equation-seed"}, draw, ` seed ${trials[0].seed}, float64`)
    );
  };
}

/** Takes away what an earlier run of the cell left. */
function remove(equation: HTMLElement): void {
  const side = equation.querySelector(".equation-side");
  const number = side?.querySelector(".equation-number");
  if (number) side!.replaceWith(number);
  equation.querySelector(".equation-panel")?.remove();
}

const apart = (comparison: Comparison | string): string =>
  typeof comparison === "string" ? "none" : formatNumber(Math.abs(comparison.got - comparison.expected), 1);

function shown({equation, comparison, broken, passed}: Trial): HTMLElement {
  const mark = element("b", {"data-check": passed ? "pass" : "fail"}, passed ? "✓ " : "✗ ");
  return element(
    "div",
    {},
    element("p", {}, mark, equation.says),
    element("p", {class: "check-detail"}, sides(comparison)),
    element("p", {class: "check-detail"}, `With one thing wrong (${equation.mutation.says}): ${sides(broken)}`)
  );
}

function sides(comparison: Comparison | string): string {
  if (typeof comparison === "string") return `could not be compared: ${comparison}`;
  const {got, expected, within} = comparison;
  return `${formatNumber(got, 10)} against ${formatNumber(expected, 10)}, apart by ${apart(comparison)}, allowed ${formatNumber(within, 2)}.`;
}
