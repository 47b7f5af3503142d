// @vitest-environment jsdom
import {beforeAll, beforeEach, expect, test, vi} from "vitest";
import {startDerivations} from "../../src/components/ui/derivation.js";

const written = `<section class="stepwise"><p class="stepwise-title">T</p>
  ${[1, 2, 3].map((i) => `<details class="stepwise-step"><summary>${i}</summary></details>`).join("")}</section>`;
const open = () => [...document.querySelectorAll("details")].map((step) => step.open);
const press = (text: string) =>
  [...document.querySelectorAll("button")].find(({textContent}) => textContent === text)!.click();
const key = (key: string) =>
  document.querySelector("button")!.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));

beforeAll(() => {
  Element.prototype.scrollIntoView = () => undefined; // jsdom lays nothing out
  startDerivations();
});
beforeEach(async () => {
  document.body.innerHTML = written;
  await vi.waitFor(() => expect(document.querySelector(".stepwise-tools")).not.toBeNull(), {timeout: 20_000});
});

test("steps open one at a time, in order", () => {
  expect(open()).toEqual([false, false, false]);
  press("Next step");
  expect(open()).toEqual([true, false, false]);
  press("Next step");
  press("Next step");
  expect(open()).toEqual([true, true, true]);
  expect(document.querySelector<HTMLButtonElement>("button")!.disabled).toBe(true);
});

test("all steps open together and close together", () => {
  press("All steps");
  expect(open()).toEqual([true, true, true]);
  press("Close all");
  expect(open()).toEqual([false, false, false]);
});

test("arrow keys go forward and back, and the count is said", () => {
  key("ArrowRight");
  key("ArrowRight");
  key("ArrowLeft");
  expect(open()).toEqual([true, false, false]);
  expect(document.querySelector("[role=status]")!.textContent).toBe("1 of 3");
});

test("a step that the reader opened out of turn stays open, and the next one is the first that is closed", () => {
  document.querySelectorAll("details")[1].open = true;
  press("Next step");
  press("Next step");
  expect(open()).toEqual([true, true, true]);
});
