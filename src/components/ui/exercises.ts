import {eachElement} from "./eachElement.js";
import {element} from "./element.js";
import {exerciseId} from "./exercise.js";
import {type ExerciseState, readProgress, setExercise} from "./progress.js";
import {question} from "./question.js";
import type {Verify} from "./verify.js";

/**
 * Brings the page's exercises to life, which are written in Markdown (`::: exercise`): a form that judges each answer,
 * hints that come one at a time, and what was solved, kept in the browser. Returned is how many are solved. An exercise
 * without an answer here is the reader's to judge.
 * @throws Error if an answer's exercise is not on the page.
 */
export function exercises(answers: Record<string, Verify>): HTMLElement {
  const all = () => [...document.querySelectorAll<HTMLElement>("section.exercise[id]")];
  const missing = Object.keys(answers).filter((id) => !all().some((section) => section.id === id));
  if (missing.length) throw new Error(`exercises: expected an exercise ${missing[0]} on the page, got none`);
  const root = element("p", {class: "exercise-sum", role: "status"});
  const sum = () => {
    const open = all().filter(({dataset}) => dataset.solved === undefined);
    const next = open[0] && element("a", {href: `#${open[0].id}`}, "the next one");
    const count = all().length;
    root.replaceChildren(`${count - open.length} of ${count} exercises solved`, ...(next ? ["; ", next] : []), ".");
  };
  eachElement(root, "section.exercise[id]", (section) => {
    enliven(section, answers[section.id], sum);
    sum();
  });
  return root;
}

function enliven(section: HTMLElement, verify: Verify | undefined, changed: () => void): void {
  section.querySelectorAll(".exercise-tools, .exercise-state").forEach((left) => left.remove()); // of an earlier run
  const id = exerciseId(location.pathname, section.id);
  const state: ExerciseState = readProgress().exercises[id] ?? {solved: false, hints: 0};
  const mark = element("span", {class: "exercise-state"});
  section.querySelector("h3")!.append(mark);
  const show = () => {
    mark.textContent = state.solved ? "✓ solved" : "";
    if (state.solved) section.dataset.solved = "";
    else delete section.dataset.solved;
  };
  const save = () => {
    setExercise(id, state);
    show();
    changed();
  };
  const solve = (solved: boolean) => {
    state.solved = solved;
    save();
  };
  const keep = (entered: string) => {
    state.entered = entered;
    save();
  };
  const form = verify
    ? question(verify, {solved: () => solve(true), entered: state.entered, keep})
    : ownJudgement(state.solved, solve);
  const fold = section.querySelector(":scope > details");
  section.insertBefore(element("div", {class: "exercise-tools"}, form), fold);
  openInTurn([...section.querySelectorAll<HTMLDetailsElement>(":scope > .exercise-hint")], state.hints, (hints) => {
    state.hints = hints;
    save();
  });
  show();
}

function ownJudgement(solved: boolean, solve: (solved: boolean) => void): HTMLElement {
  const box = element("input", {type: "checkbox", checked: solved});
  box.addEventListener("change", () => solve(box.checked));
  return element("label", {class: "exercise-row"}, box, "My answer agrees with the solution");
}

/** Shows a hint when the one before it has been opened. */
function openInTurn(hints: HTMLDetailsElement[], opened: number, save: (opened: number) => void): void {
  const show = () => hints.forEach((hint, i) => (hint.hidden = i > opened));
  hints.forEach((hint, i) => {
    hint.open = i < opened;
    hint.addEventListener("toggle", () => {
      if (!hint.open || i < opened) return;
      opened = i + 1;
      save(opened);
      show();
    });
  });
  show();
}
