import {type Case, functionName, type Outcome, runCases, shown} from "./codeRun.js";
import {button, element} from "./element.js";
import type {Saved} from "./question.js";
import type {Verify} from "./verify.js";

let count = 0;

/** A function to be written in the page, which runs on the exercise's cases and says which of them pass. */
export function codeQuestion(
  {ask, start, cases}: Extract<Verify, {kind: "code"}>,
  {solved, entered, keep}: Saved
): HTMLElement {
  const name = functionName(start);
  const id = `exercise-code-${++count}`;
  const code = element("textarea", {id, spellcheck: "false", autocapitalize: "off", autocomplete: "off"});
  const run = element("button", {type: "submit"}, "Run");
  const verdict = element("output", {class: "exercise-verdict"});
  const list = element("ul", {class: "exercise-cases"});
  const write = (text: string) => {
    code.value = text;
    code.rows = Math.max(4, text.split("\n").length + 1);
  };
  const again = button("Start again", () => {
    write(start);
    keep?.(start);
  });
  const row = element("div", {class: "exercise-row"}, run, again, verdict);
  const form = element("form", {class: "exercise-code"}, element("label", {for: id}, ask), code, row, list);
  write(entered ?? start);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    keep?.(code.value);
    run.disabled = true;
    verdict.value = "Running …";
    const outcomes = await runCases(code.value, name, cases);
    run.disabled = false;
    const passed = outcomes.filter(({passed}) => passed).length;
    verdict.dataset.check = passed === cases.length ? "pass" : "fail";
    verdict.value = `${passed === cases.length ? "✓" : "✗"} ${passed} of ${cases.length} cases pass.`;
    list.replaceChildren(...outcomes.map((outcome, i) => caseItem(name, cases[i], outcome)));
    if (passed === cases.length) solved();
  });
  code.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  return form;
}

function caseItem(name: string, {args, expected}: Case, {passed, got}: Outcome): HTMLElement {
  const call = element("code", {}, `${name}(${args.map(shown).join(", ")})`);
  const rest = passed ? ` = ${shown(expected)}` : `: expected ${shown(expected)}, got ${got}`;
  return element("li", {"data-check": passed ? "pass" : "fail"}, passed ? "✓ " : "✗ ", call, rest);
}
