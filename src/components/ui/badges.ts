import type {Equation} from "../math/equation.js";
import {type Trial, trial} from "../math/equationTrial.js";
import {badge} from "./badge.js";
import {eachElement} from "./eachElement.js";
import {button, element} from "./element.js";
import {formatNumber} from "./number.js";

const slice = 12; // ms of comparing between two chances for the page to answer

/**
 * Checks a page's equations where the reader sees them: a badge beside each number, green or red with the error, which
 * opens on what was compared; and, returned, their sum. A result without an entry and an entry without its equation are
 * red.
 */
export function badges(equations: Equation[]): HTMLElement {
  const entries = new Map<string, Equation[]>();
  for (const equation of equations) entries.set(equation.name, [...(entries.get(equation.name) ?? []), equation]);
  const trials = new Map<string, Trial[]>();
  const update = new Map<string, (trials: Trial[]) => void>();
  const verdict = element("span", {class: "check-verdict"}, "…");
  const words = element("span", {role: "status"}, `Checking ${entries.size} equations.`);
  const again = button("Draw all again", () => void draw(entries.keys()), {class: "equation-again"});
  const root = element("div", {class: "check equation-sum", role: "group"}, verdict, words, again);
  const waiting = new Set<string>();
  let drawing = false;

  async function draw(names: Iterable<string>): Promise<void> {
    for (const name of names) waiting.add(name);
    if (drawing) return;
    drawing = true;
    let start = performance.now();
    for (const name of waiting) {
      waiting.delete(name);
      const seed = (trials.get(name)?.[0].seed ?? 0) + 1;
      trials.set(
        name,
        entries.get(name)!.map((equation) => trial(equation, seed))
      );
      update.get(name)?.(trials.get(name)!);
      if (performance.now() - start < slice) continue;
      await new Promise((resolve) => setTimeout(resolve));
      start = performance.now();
    }
    drawing = false;
    sum();
  }

  function sum(): void {
    const {passed, text} = summary(trials, unmatched(entries));
    root.dataset.check = passed ? "pass" : "fail";
    verdict.textContent = passed ? "✓ passes" : "✗ fails";
    words.replaceChildren(text);
  }

  eachElement(root, ".equation[data-kind]", (equation) => {
    const name = equation.id.slice("eq-".length);
    if (!entries.has(name)) return;
    const show = badge(equation, () => void draw([name]));
    update.set(name, show);
    if (trials.has(name)) show(trials.get(name)!);
  });
  setTimeout(() => void draw(entries.keys()));
  return root;
}

/** Results of the page that nothing checks, and entries whose equation it does not have. */
function unmatched(entries: Map<string, Equation[]>): string[] {
  const labelled = [...document.querySelectorAll<HTMLElement>(".equation[data-kind]")];
  const name = ({id}: HTMLElement) => id.slice("eq-".length);
  const known = new Set(labelled.map(name));
  return [
    ...labelled.filter((node) => node.dataset.kind === "result" && !entries.has(name(node))).map(name),
    ...[...entries.keys()].filter((name) => !known.has(name))
  ];
}

/** What all trials together say, and by name the equations that do not hold or have no check. */
export function summary(trials: Map<string, Trial[]>, unmatched: string[]): {passed: boolean; text: string} {
  const names = [...trials.keys()];
  const held = names.filter((name) => trials.get(name)!.every(({passed}) => passed));
  const worst = [...trials.values()].flat().reduce<Trial | null>((a, b) => (a && a.ratio >= b.ratio ? a : b), null);
  const failed = names.filter((name) => !held.includes(name));
  const text = [
    `${held.length} of ${names.length} equations hold here`,
    worst ? `; worst relative to tolerance ${formatNumber(worst.ratio, 2)} (${worst.equation.name})` : "",
    failed.length ? `; not: ${failed.join(", ")}` : "",
    unmatched.length ? `; an equation or its check is missing: ${unmatched.join(", ")}` : ""
  ];
  return {passed: !failed.length && !unmatched.length, text: `${text.join("")}.`};
}
