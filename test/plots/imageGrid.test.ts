// @vitest-environment jsdom
import {beforeEach, expect, test, vi} from "vitest";
import {imageGrid} from "../../src/components/plots/imageGrid.js";

const drawn: number[][] = [];

beforeEach(() => {
  drawn.length = 0;
  vi.stubGlobal("ImageData", class ImageData {
    constructor(public data: Uint8ClampedArray) {}
  }); // prettier-ignore
  const putImageData = ({data}: ImageData) => drawn.push([...data]);
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({putImageData} as never);
});

const images = {data: Uint8Array.of(0, 80, 160, 240), height: 1, width: 2, channels: 1};

test("each image is drawn on its own canvas and named by its label", () => {
  const grid = imageGrid(images, {labels: ["cat", "dog"], caption: "Two."});
  expect(drawn).toEqual([
    [0, 0, 0, 255, 80, 80, 80, 255],
    [160, 160, 160, 255, 240, 240, 240, 255]
  ]);
  expect([...grid.querySelectorAll("canvas")].map((node) => node.getAttribute("aria-label"))).toEqual(["cat", "dog"]);
  expect(grid.querySelector("figcaption")!.textContent).toBe("Two.");
  expect(grid.querySelectorAll("button")).toHaveLength(0);
});

test("cells that do something are buttons and say which was pressed", () => {
  const pressed: number[] = [];
  const grid = imageGrid(images, {select: (index) => pressed.push(index)});
  grid.querySelectorAll("button")[1].click();
  expect(pressed).toEqual([1]);
});
