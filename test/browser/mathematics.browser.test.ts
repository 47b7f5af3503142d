import {expect, test} from "vitest";
import {visit} from "./visit.js";

const path = "/week1/linear-algebra";

test("each result is green beside its number, opens on its numbers and is drawn again", async () => {
  const {page, errors, close} = await visit(path);
  await page.locator(".equation-sum[data-check]").waitFor(); // the figures come first
  const results = await page.locator(".equation[data-kind=result]").count();
  expect(results).toBeGreaterThan(30);
  expect(await page.locator(".equation[data-kind=result] .equation-badge[data-check=pass]").count()).toBe(results);
  expect(await page.locator(".equation-sum").innerText()).toContain(`${results} of ${results} equations hold here`);
  const equation = page.locator("main > .equation[data-kind=result]").first();
  await equation.locator(".equation-badge").click();
  expect(await equation.locator(".equation-panel").innerText()).toContain("With one thing wrong");
  await equation.getByText("Draw again").click();
  await equation.getByText("seed 2, float64").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("a derivation's steps open one at a time, by mouse and by keys", async () => {
  const {page, close} = await visit(path);
  const derivation = page.locator(".stepwise").first();
  const open = () => derivation.locator(".stepwise-step[open]").count();
  expect(await open()).toBe(0);
  await derivation.getByText("Next step").click();
  expect(await open()).toBe(1);
  await page.keyboard.press("ArrowRight");
  expect(await open()).toBe(2);
  await page.keyboard.press("ArrowLeft");
  expect(await open()).toBe(1);
  await close();
});

test("code that never ends is ended, and the page stays alive; a mistake is told with its line", async () => {
  const {page, close} = await visit(path);
  const form = page.locator("form.exercise-code").first();
  const start = await form.locator("textarea").inputValue();
  const head = /function [^{]*\{/.exec(start)![0];
  await form.locator("textarea").fill(`${head}\n  for (;;) {}\n}`);
  await form.getByText("Run", {exact: true}).click();
  expect(await page.evaluate("1 + 1")).toBe(2);
  await form.getByText("no answer within 3 s").waitFor();
  await form.locator("textarea").fill(`${head}\n  return (;\n}`);
  await form.getByText("Run", {exact: true}).click();
  await form.getByText(/SyntaxError.*line 2/).waitFor();
  await close();
});

test("without scripts hints, solutions and steps are there to be opened", async () => {
  const {page, close} = await visit(path, {javaScriptEnabled: false});
  const exercise = page.locator("section.exercise").first();
  for (const summary of ["Hint 1", "Solution"]) {
    await exercise.locator("summary", {hasText: summary}).click();
    expect(await exercise.locator("details[open] > summary", {hasText: summary}).count()).toBe(1);
  }
  expect(await page.locator(".stepwise-step").count()).toBeGreaterThan(2);
  await close();
});
