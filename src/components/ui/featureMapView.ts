import {embedding} from "../plots/embedding.js";
import {imageGrid} from "../plots/imageGrid.js";
import {slider} from "./choice.js";
import {element} from "./element.js";

export interface MapView {
  /** Maps of the same records, (N, 2) each, in the order of the slider. */
  maps: {caption: string; points: ArrayLike<number>}[];
  /** The class of each record. */
  labels: ArrayLike<number>;
  classes: readonly string[];
  /** What is nearest to a record: classes, and, where they can be shown, the record's image followed by theirs. */
  near(at: number): Promise<{classes: number[]; images: Uint8Array | null}>;
}

const side = 32;

/** A map of features with a slider over its states; a point that is pressed shows its nearest neighbours below. */
export function featureMapView({maps, labels, classes, near}: MapView): HTMLElement {
  const picture = element("div", {});
  const below = element("div", {role: "status"}, element("p", {}, "Press a point to see its nearest neighbours."));
  let newest = 0;
  const select = async (at: number) => {
    const asked = ++newest;
    const {classes: found, images} = await near(at);
    if (asked !== newest) return;
    const own = `pressed: ${classes[labels[at]]}`;
    const names = found.map((k) => classes[k]);
    below.replaceChildren(
      images
        ? imageGrid(
            {data: images, height: side, width: side, channels: 3},
            {
              size: 84,
              labels: [own, ...names],
              caption: "The pressed record and its nearest neighbours, nearest first."
            }
          )
        : element("p", {}, `${own}; nearest neighbours: ${names.join(", ")}.`)
    );
  };
  const draw = (which: number) => {
    const {points, caption} = maps[which];
    picture.replaceChildren(embedding({points, labels, classes}, {caption, select: (at) => void select(at)}));
  };
  const scrub = slider("map", [1, maps.length], {value: maps.length, step: 1});
  scrub.addEventListener("input", () => draw(scrub.value - 1));
  draw(maps.length - 1);
  return element("div", {}, ...(maps.length > 1 ? [scrub] : []), picture, below);
}
