// @vitest-environment jsdom
import {beforeEach, expect, test, vi} from "vitest";
import {header, themeScript} from "../../src/components/ui/theme.js";

const root = document.documentElement;
let systemDark = false;
window.matchMedia = () =>
  ({
    get matches() {
      return systemDark;
    },
    addEventListener() {}
  }) as unknown as MediaQueryList;
window.eval(themeScript); // once, as on a page: it listens on the document

beforeEach(() => {
  localStorage.clear();
  delete root.dataset.theme;
  document.body.innerHTML = `<main id="observablehq-main"></main>${header}`;
  window.dispatchEvent(new Event("DOMContentLoaded"));
});
const toggle = () => document.querySelector<HTMLButtonElement>("[data-theme-toggle]")!;

test("until something is chosen the page follows the system", () => {
  systemDark = true;
  window.dispatchEvent(new Event("DOMContentLoaded"));
  expect(root.dataset.theme).toBeUndefined();
  expect(toggle().getAttribute("aria-pressed")).toBe("true");
  systemDark = false;
});

test("a choice against the system is kept; the way back gives the choice to the system again", () => {
  toggle().click();
  expect([root.dataset.theme, localStorage.getItem("theme")]).toEqual(["dark", "dark"]);
  expect(toggle().getAttribute("aria-pressed")).toBe("true");
  toggle().click();
  expect([root.dataset.theme, localStorage.getItem("theme")]).toEqual([undefined, null]);
  expect(toggle().getAttribute("aria-pressed")).toBe("false");
});

test("a kept choice is there after a reload, and anything else that is kept is not", () => {
  localStorage.setItem("theme", "dark");
  window.dispatchEvent(new Event("DOMContentLoaded"));
  expect(root.dataset.theme).toBe("dark");
  localStorage.setItem("theme", "pink");
  window.dispatchEvent(new Event("DOMContentLoaded"));
  expect(root.dataset.theme).toBeUndefined();
});

test("the way past the contents is the first thing on the page and leads to the text", () => {
  const first = document.body.firstElementChild as HTMLAnchorElement;
  expect(first.textContent).toBe("Skip to the text");
  expect(document.querySelector(first.hash)!.getAttribute("tabindex")).toBe("-1");
});

test("a slider that comes with a cell takes the label of its form", async () => {
  document.body.insertAdjacentHTML(
    "beforeend",
    "<form><label>depth L</label><input type=number><input type=range></form>"
  );
  const slider = document.querySelector("input[type=range]")!;
  await vi.waitFor(() => expect(slider.getAttribute("aria-label")).toBe("depth L"), {timeout: 20_000});
});
