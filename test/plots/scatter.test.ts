// @vitest-environment jsdom
import {expect, test, vi} from "vitest";
import {scatter} from "../../src/components/plots/scatter.js";

vi.stubGlobal("matchMedia", () => ({matches: false, addEventListener() {}}));
vi.stubGlobal("ResizeObserver", class { observe() {} }); // prettier-ignore

const shown = scatter(
  [
    {name: "narrow", points: [[0.5, 80]]},
    {name: "wide", points: [[8, 93.125], [8, 93]]} // prettier-ignore
  ],
  {x: "PFLOP", y: "accuracy (%)", logX: true}
);

test("the points are said in words, kind by kind", () => {
  expect(shown.querySelector("[role=img]")!.getAttribute("aria-label")).toBe(
    "accuracy (%) over PFLOP, logarithmic. narrow: 80 at 0.5; wide: 93.13 at 8, 93 at 8."
  );
});

test("the key names each kind once, in the colour of its points; the numbers lie below", () => {
  const swatches = [...shown.querySelectorAll<HTMLElement>(".figure-swatch")].map(({style}) => style.background);
  expect(new Set(swatches).size).toBe(2);
  expect([...shown.querySelectorAll(".figure-key li")].map((item) => item.textContent)).toEqual(["narrow", "wide"]);
  const rows = [...shown.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));
  expect(rows).toEqual([["narrow", "0.5", "80"], ["wide", "8", "93.13"], ["wide", "8", "93"]]); // prettier-ignore
});
