// @vitest-environment jsdom
import {beforeEach, expect, test} from "vitest";
import {exercise, exerciseId} from "../../src/components/ui/exercise.js";
import {readProgress} from "../../src/components/ui/progress.js";

beforeEach(() => localStorage.clear());

const make = () =>
  exercise({
    title: "The start of training",
    prompt: "What is the loss of ten equal logits?",
    hints: ["All classes are equally likely.", "−ln 0.1"],
    answer: "ln 10",
    verify: {kind: "number", ask: "Loss in nats", expected: Math.LN10}
  });
const button = (root: HTMLElement, text: RegExp) =>
  [...root.querySelectorAll("button")].find((node) => text.test(node.textContent!))!;
const submit = (root: HTMLElement, value: string) => {
  root.querySelector("input")!.value = value;
  root.querySelector("form")!.dispatchEvent(new Event("submit", {cancelable: true}));
};

test("hints come one at a time, and the button goes with the last", () => {
  const root = make();
  expect(root.querySelectorAll("li")).toHaveLength(0);
  button(root, /^Hint/).click();
  expect(root.querySelector("li")!.textContent).toBe("All classes are equally likely.");
  button(root, /Next hint \(1 of 2/).click();
  expect(root.querySelectorAll("li")).toHaveLength(2);
  expect(button(root, /hint/i).hidden).toBe(true);
});

test("the answer is folded away at first", () => {
  expect(make().querySelector("details")!.open).toBe(false);
});

test("a right answer is marked, kept and found again; a wrong one after it takes nothing away", () => {
  const root = make();
  submit(root, "1");
  expect(root.querySelector("output")!.dataset.check).toBe("fail");
  expect(root.textContent).not.toContain("solved");
  submit(root, "2.3026");
  expect(root.querySelector("output")!.dataset.check).toBe("pass");
  submit(root, "7");
  expect(Object.values(readProgress().exercises)).toEqual([{solved: true, hints: 0}]);
  expect(make().querySelector("h3")!.textContent).toContain("✓ solved");
});

test("hints that were opened are open after a reload", () => {
  button(make(), /^Hint/).click();
  expect(make().querySelectorAll("li")).toHaveLength(1);
});

test("every field has a label, every exercise a name", () => {
  const root = make();
  const input = root.querySelector("input")!;
  expect(root.querySelector(`label[for="${input.id}"]`)!.textContent).toBe("Loss in nats");
  expect(root.querySelector(`#${root.getAttribute("aria-labelledby")}`)!.tagName).toBe("H3");
});

test("an exercise has the same name under any base path and with or without .html", () => {
  const expected = "week2/resnet-from-scratch#the-start";
  expect(exerciseId("/week2/resnet-from-scratch", "The start")).toBe(expected);
  expect(exerciseId("/repo/week2/resnet-from-scratch.html", "The start!")).toBe(expected);
});
