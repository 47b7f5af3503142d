import {element} from "../ui/element.js";
import {type Images, imageCount, rgba} from "./pixels.js";

export interface GridOptions {
  /** One text an image: its class, what was predicted, a filter's number. */
  labels?: string[];
  /** Smallest width of a cell in CSS pixels; images are enlarged without smoothing. */
  size?: number;
  caption?: Node | string;
  /** Called with an image's place when it is pressed; the cells are buttons then. */
  select?: (index: number) => void;
}

/** Images in rows, each with its label as text and as the alternative. */
export function imageGrid(images: Images, {labels = [], size = 64, caption, select}: GridOptions = {}): HTMLElement {
  const cells = Array.from({length: imageCount(images)}, (_, i) => {
    const label = labels[i] ?? `image ${i + 1}`;
    const canvas = element("canvas", {role: "img", "aria-label": label, width: images.width, height: images.height});
    canvas.getContext("2d")?.putImageData(new ImageData(rgba(images, i), images.width, images.height), 0, 0);
    const text = labels[i] === undefined ? [] : [element("span", {class: "image-label", "aria-hidden": "true"}, label)];
    if (!select) return element("li", {}, canvas, ...text);
    const press = element("button", {type: "button"}, canvas, ...text);
    press.addEventListener("click", () => select(i));
    return element("li", {}, press);
  });
  const grid = element("ul", {class: "image-grid"}, ...cells);
  grid.style.setProperty("--cell", `${size}px`);
  grid.style.setProperty("--aspect", String(images.width / images.height));
  return element("figure", {}, grid, ...(caption ? [element("figcaption", {}, caption)] : []));
}
