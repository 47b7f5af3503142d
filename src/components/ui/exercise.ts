import {button, element} from "./element.js";
import {readProgress, setExercise} from "./progress.js";
import {question} from "./question.js";
import type {Verify} from "./verify.js";

/** What is shown: text, or a node for anything with formulas in it. */
export type Content = Node | string;

export interface Exercise {
  title: string;
  prompt: Content;
  /** Opened one at a time, the mildest first. */
  hints: Content[];
  answer: Content;
  /** Without it the reader judges the answer alone. */
  verify?: Verify;
}

let count = 0;

/**
 * A question with hints one at a time, an answer behind a fold and, where it can be judged, a judge.
 * Whether it is solved and how many hints were opened stays in the browser and goes with the exported progress.
 */
export function exercise({title, prompt, hints, answer, verify}: Exercise): HTMLElement {
  const id = exerciseId(location.pathname, title);
  const saved = readProgress().exercises[id] ?? {solved: false, hints: 0};
  const state = {solved: saved.solved, hints: Math.min(saved.hints, hints.length)};
  const mark = element("span", {class: "exercise-state"});
  const show = () => (mark.textContent = state.solved ? "✓ solved" : "");
  const save = () => {
    show();
    setExercise(id, state);
  };
  const heading = element("h3", {id: `exercise-${++count}`}, title, mark);
  const root = element("section", {class: "exercise", "aria-labelledby": heading.id}, heading, paragraph(prompt));
  const solved = () => {
    state.solved = true;
    save();
  };
  if (verify) root.append(question(verify, {solved}));
  if (hints.length) root.append(...hintList(hints, state, save));
  root.append(element("details", {class: "exercise-solution"}, element("summary", {}, "Answer"), paragraph(answer)));
  show();
  return root;
}

/** Name of an exercise in the exported progress: page and title, the same under any base path. */
export function exerciseId(pathname: string, title: string): string {
  const page = pathname
    .replace(/\.html$/, "")
    .split("/")
    .filter(Boolean)
    .slice(-2)
    .join("/");
  return `${page}#${title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")}`;
}

function paragraph(content: Content): Node {
  return typeof content === "string" ? element("p", {}, content) : content;
}

function hintList(hints: Content[], state: {hints: number}, save: () => void): HTMLElement[] {
  const list = element("ol", {class: "exercise-hints", "aria-live": "polite"});
  const more = button("", () => {
    state.hints++;
    save();
    open();
  });
  const open = () => {
    while (list.children.length < state.hints) list.append(element("li", {}, hints[list.children.length]));
    list.hidden = state.hints === 0;
    more.hidden = state.hints === hints.length;
    more.textContent = state.hints === 0 ? "Hint" : `Next hint (${state.hints} of ${hints.length} open)`;
  };
  open();
  return [list, more];
}
