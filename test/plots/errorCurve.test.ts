// @vitest-environment jsdom
import {expect, test, vi} from "vitest";
import {errorCurve} from "../../src/components/plots/errorCurve.js";

vi.stubGlobal("matchMedia", () => ({matches: false, addEventListener() {}}));

const central = {name: "central", points: [[1e-2, 1e-5], [1e-5, 1e-11], [1e-8, 1e-8], [1e-9, 0]] as [number, number][]}; // prettier-ignore
const slope = {name: "h²", points: [[1e-4, 1e-9], [1e-2, 1e-5]] as [number, number][], dashed: "theory" as const}; // prettier-ignore

test("the lowest error and where it lies are said in words, and how many errors are exactly 0", () => {
  vi.stubGlobal("ResizeObserver", class { observe() {} }); // prettier-ignore
  const alt = errorCurve([central, slope]).querySelector("[role=img]")!.getAttribute("aria-label");
  expect(alt).toBe(
    "error against h, both logarithmic. central: lowest 1e−11 at h = 1e−5, 1 exactly 0 left out; h² (theory): lowest 1e−9 at h = 0.0001."
  );
});

test("equal factors of h and of the error take equal room", async () => {
  let layOut: (entries: {contentRect: {width: number}}[]) => void = () => undefined;
  vi.stubGlobal("ResizeObserver", class { constructor(f: typeof layOut) { layOut = f; } observe() {} }); // prettier-ignore
  const root = errorCurve([central, slope]);
  layOut([{contentRect: {width: 640}}]);
  await vi.waitFor(() => expect(root.querySelector("circle")).not.toBeNull(), {timeout: 20_000});
  const at = [...root.querySelectorAll("circle")].map((dot) =>
    ["cx", "cy"].map((name) => Number(dot.getAttribute(name)))
  );
  expect(at).toHaveLength(3); // without the exact one
  expect((at[0][0] - at[1][0]) / (at[1][0] - at[2][0])).toBeCloseTo(1, 6); // 1e-2 to 1e-5 to 1e-8
  expect((at[1][1] - at[0][1]) / (at[1][1] - at[2][1])).toBeCloseTo(2, 6); // 1e-11 to 1e-5, 1e-11 to 1e-8
});
