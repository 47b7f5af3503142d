// @vitest-environment jsdom
import {beforeEach, expect, test, vi} from "vitest";
import {exercises} from "../../src/components/ui/exercises.js";
import {mergeProgress, parseProgress, readProgress, serializeProgress} from "../../src/components/ui/progress.js";
import type {Verify} from "../../src/components/ui/verify.js";

const written = (id: string) => `<section class="exercise" id="${id}" aria-labelledby="${id}-title">
  <h3 id="${id}-title" data-grade="hard">Title</h3><p>Prompt</p>
  <details class="exercise-hint"><summary>Hint 1</summary>a</details>
  <details class="exercise-hint"><summary>Hint 2</summary>b</details>
  <details class="exercise-solution"><summary>Solution</summary>c</details></section>`;
const answers: Record<string, Verify> = {
  "ex-1": {kind: "number", ask: "n", expected: 7},
  "ex-2": {kind: "code", ask: "f", start: "function f(x) {\n}", cases: [{args: [1], expected: 1}]}
};
const section = (id: string) => document.getElementById(id)!;
const hints = (id: string) => [...section(id).querySelectorAll<HTMLDetailsElement>(".exercise-hint")];
const start = (all = answers) => {
  const root = exercises(all);
  document.body.append(root);
  return root;
};
const submit = (id: string, value: string) => {
  section(id).querySelector("input")!.value = value;
  section(id)
    .querySelector("form")!
    .dispatchEvent(new Event("submit", {cancelable: true}));
};

beforeEach(() => {
  localStorage.clear();
  document.body.innerHTML = written("ex-1") + written("ex-2") + written("ex-3");
});

test("a form stands between the prompt and the hints, and a right answer counts", () => {
  const root = start();
  expect(section("ex-1").querySelector(".exercise-tools + .exercise-hint summary")!.textContent).toBe("Hint 1");
  expect(root.textContent).toBe("0 of 3 exercises solved; the next one.");
  submit("ex-1", "6");
  expect(root.textContent).toContain("0 of 3");
  submit("ex-1", "7");
  expect(root.textContent).toContain("1 of 3");
  expect(root.querySelector("a")!.getAttribute("href")).toBe("#ex-2");
  expect(section("ex-1").querySelector("h3")!.textContent).toContain("✓ solved");
});

test("a hint appears when the one before it has been opened, and what was opened is open after a reload", async () => {
  start();
  expect(hints("ex-1").map(({hidden}) => hidden)).toEqual([false, true]);
  hints("ex-1")[0].open = true;
  await vi.waitFor(() => expect(hints("ex-1")[1].hidden).toBe(false), {timeout: 20_000});
  document.body.innerHTML = written("ex-1") + written("ex-2");
  start();
  expect(hints("ex-1").map(({open, hidden}) => [open, hidden])).toEqual([
    [true, false],
    [false, false]
  ]);
  expect(hints("ex-2")[1].hidden).toBe(true);
});

test("the solution is folded and never taken away", () => {
  start();
  expect(section("ex-1").querySelector<HTMLDetailsElement>(".exercise-solution")).toMatchObject({
    open: false,
    hidden: false
  });
});

test("code that the reader wrote is there again after a reload", () => {
  vi.stubGlobal("Worker", class { postMessage() {} terminate() {} }); // prettier-ignore
  vi.stubGlobal("URL", {createObjectURL: () => "", revokeObjectURL() {}});
  start();
  const code = () => section("ex-2").querySelector("textarea")!;
  expect(code().value).toBe("function f(x) {\n}");
  code().value = "function f(x) {\n  return x;\n}";
  section("ex-2")
    .querySelector("form")!
    .dispatchEvent(new Event("submit", {cancelable: true}));
  document.body.innerHTML = written("ex-1") + written("ex-2");
  start();
  expect(code().value).toContain("return x");
  [...section("ex-2").querySelectorAll("button")].find(({textContent}) => textContent === "Start again")!.click();
  expect(code().value).toBe("function f(x) {\n}");
  vi.unstubAllGlobals();
});

test("an exercise without an answer is the reader's to judge", () => {
  const root = start();
  section("ex-3").querySelector<HTMLInputElement>("input[type=checkbox]")!.click();
  expect(root.textContent).toContain("1 of 3");
  expect(Object.values(readProgress().exercises)).toEqual([{solved: true, hints: 0}]);
});

test("a cell that runs again leaves one form, and an edited exercise gets its form back", async () => {
  start().remove();
  start();
  expect(section("ex-1").querySelectorAll("form")).toHaveLength(1);
  section("ex-1").outerHTML = written("ex-1");
  await vi.waitFor(() => expect(section("ex-1").querySelectorAll("form")).toHaveLength(1), {timeout: 20_000});
});

test("an answer whose exercise is not on the page is an error", () => {
  expect(() => exercises({"ex-9": answers["ex-1"]})).toThrow("expected an exercise ex-9 on the page");
});

test("written code is exported and merged", () => {
  const state = {mastered: {}, exercises: {a: {solved: false, hints: 1, entered: "f"}}};
  expect(parseProgress(serializeProgress(state))).toEqual(expect.objectContaining(state));
  expect(mergeProgress({mastered: {}, exercises: {a: {solved: true, hints: 0}}}, state).exercises.a).toEqual({
    solved: true,
    hints: 1,
    entered: "f"
  });
});
