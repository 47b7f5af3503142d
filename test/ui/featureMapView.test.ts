// @vitest-environment jsdom
import {expect, test, vi} from "vitest";
import {featureMapView, type MapView} from "../../src/components/ui/featureMapView.js";

type Laid = (entries: {contentRect: {width: number}}[]) => void;
const layOut: Laid[] = [];
vi.stubGlobal("matchMedia", () => ({matches: false, addEventListener() {}}));
vi.stubGlobal("ResizeObserver", class { constructor(f: Laid) { layOut.push(f); } observe() {} disconnect() {} }); // prettier-ignore

const points = (of: number) => Float32Array.from([0, 0, of, of, 2 * of, 0]);
const view = (near: MapView["near"]): MapView => ({
  maps: [10, 20, 25].map((epoch) => ({caption: `After epoch ${epoch}.`, epoch, points: points(epoch)})),
  ...{labels: [0, 1, 1], classes: ["cat", "dog"], near}
});
const dotsOf = (root: HTMLElement) => Array.from(root.querySelectorAll("g[aria-label=dot] > *"));
const drawn = async (root: HTMLElement, width = 600) => {
  document.body.replaceChildren(root);
  layOut.at(-1)!([{contentRect: {width}}]);
  await vi.waitFor(() => expect(root.querySelector("svg")!.getAttribute("width")).toBe(String(width)), 20_000);
  return dotsOf(root);
};
const press = (dot: Element) => dot.dispatchEvent(new MouseEvent("click", {bubbles: true}));
const said = (root: HTMLElement) => root.querySelector("[role=status]")!.textContent;

test("the slider counts epochs, and between two maps shows the nearer one", async () => {
  const root = featureMapView(view(() => ({classes: [], images: null})));
  await drawn(root);
  const range = root.querySelector<HTMLInputElement>("input[type=range]")!;
  expect([range.min, range.max, range.step, range.value]).toEqual(["10", "25", "5", "25"]);
  range.value = "15";
  range.dispatchEvent(new Event("input", {bubbles: true}));
  expect(root.textContent).toMatch(/After epoch 10\./); // as near as 20, and earlier
  range.value = "20";
  range.dispatchEvent(new Event("input", {bubbles: true}));
  expect(root.textContent).toMatch(/After epoch 20\./);
});

test("a pressed point names its neighbours before their images have come, and keeps the names if they do not", async () => {
  let fail = (_: Error) => {};
  const images = new Promise<Uint8Array>((_, reject) => (fail = reject));
  const root = featureMapView(view(() => ({classes: [1, 0], images})));
  const dots = await drawn(root);
  press(dots[1]);
  expect(said(root)).toBe("pressed: dog; nearest neighbours: dog, cat. Their images are being read.");
  expect(dots.map((dot) => dot.hasAttribute("style"))).toEqual([false, true, false]);
  const ringed = (await drawn(root, 300)).map((dot) => dot.hasAttribute("style"));
  expect(ringed).toEqual([false, true, false]); // in another width too
  fail(new Error("the disk is gone"));
  await expect.poll(() => said(root)).toMatch(/nearest neighbours: dog, cat\. Their images could not be read: the disk is gone/); // prettier-ignore
});

test("of two points pressed in turn the second is told, whichever images come first", async () => {
  const arrivals: (() => void)[] = [];
  const slow = () => new Promise<Uint8Array>((done) => arrivals.push(() => done(new Uint8Array(2 * 3072))));
  const root = featureMapView(view((at) => ({classes: [at], images: slow()})));
  const [first, second] = await drawn(root);
  press(first);
  press(second);
  arrivals[0]();
  await new Promise((done) => setTimeout(done, 20));
  expect(said(root)).toContain("pressed: dog; nearest neighbours: dog.");
});
