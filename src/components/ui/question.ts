import {codeQuestion} from "./codeQuestion.js";
import {element} from "./element.js";
import {type Answer, type Verify, judge} from "./verify.js";

/** What a question tells the exercise around it. */
export interface Saved {
  solved(): void;
  /** The code that the reader had written, and where to keep what is written now. */
  entered?: string;
  keep?(entered: string): void;
}

let count = 0;

/** A form that takes an answer and says whether it is right. */
export function question(verify: Verify, saved: Saved): HTMLElement {
  if (verify.kind === "code") return codeQuestion(verify, saved);
  const verdict = element("output", {class: "exercise-verdict"});
  const submit = element("button", {type: "submit"}, "Check");
  const [field, read] = verify.kind === "choice" ? choices(verify.ask, verify.options) : entry(verify);
  const form = element("form", {}, field, element("div", {class: "exercise-row"}, submit, verdict));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const {passed, message} = judge(verify, read());
    verdict.dataset.check = passed ? "pass" : "fail";
    verdict.value = `${passed ? "✓" : "✗"} ${message}`;
    if (passed) saved.solved();
  });
  return form;
}

function entry({kind, ask}: Exclude<Answer, {kind: "choice"}>): [HTMLElement, () => string] {
  const id = `exercise-entry-${++count}`;
  const mode = kind === "number" ? {inputmode: "text", placeholder: "a number"} : {};
  const input = element("input", {id, type: "text", autocomplete: "off", spellcheck: "false", ...mode});
  return [element("div", {class: "exercise-row"}, element("label", {for: id}, ask), input), () => input.value];
}

function choices(ask: string, options: string[]): [HTMLElement, () => string] {
  const name = `exercise-choice-${++count}`;
  const labels = options.map((option, i) =>
    element("label", {}, element("input", {type: "radio", name, value: i}), " ", option)
  );
  const field = element("fieldset", {class: "exercise-row"}, element("legend", {}, ask), ...labels);
  return [field, () => field.querySelector<HTMLInputElement>("input:checked")?.value ?? ""];
}
