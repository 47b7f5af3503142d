import {embedding} from "../plots/embedding.js";
import {imageGrid} from "../plots/imageGrid.js";
import {sentence} from "../train/sentence.js";
import {slider} from "./choice.js";
import {element} from "./element.js";

export interface MapView {
  /** Maps of the same records, (N, 2) each, by rising epoch; one map alone needs none. */
  maps: {caption: string; epoch?: number; points: ArrayLike<number>}[];
  /** The class of each record. */
  labels: ArrayLike<number>;
  classes: readonly string[];
  /** What is nearest to a record: classes, and, where they can be shown, the record's image followed by theirs. */
  near(at: number): {classes: number[]; images: Promise<Uint8Array> | null};
}

const side = 32;

/** A map of features with a slider over its epochs; a point that is pressed shows its nearest neighbours below. */
export function featureMapView({maps, labels, classes, near}: MapView): HTMLElement {
  const picture = element("div", {});
  const below = element("div", {role: "status"}, element("p", {}, "Press a point to see its nearest neighbours."));
  let pressed: number | undefined;
  const select = async (at: number) => {
    pressed = at;
    const {classes: found, images} = near(at);
    const own = `pressed: ${classes[labels[at]]}`;
    const names = found.map((k) => classes[k]);
    const words = `${own}; nearest neighbours: ${names.join(", ")}.`;
    const say = (node: Element) => below.replaceChildren(node);
    say(element("p", {}, images ? `${words} Their images are being read.` : words));
    if (!images) return;
    try {
      const caption = "The pressed record and its nearest neighbours, nearest first.";
      const records = {data: await images, height: side, width: side, channels: 3};
      if (pressed === at) say(imageGrid(records, {size: 84, labels: [own, ...names], caption}));
    } catch (error) {
      if (pressed === at) say(element("p", {}, `${words} Their images could not be read: ${sentence(error)}`));
    }
  };
  const draw = ({points, caption}: MapView["maps"][number]) => {
    const options = {caption, pressed, select: (at: number) => void select(at)};
    picture.replaceChildren(embedding({points, labels, classes}, options));
  };
  draw(maps[maps.length - 1]);
  return element("div", {}, ...(maps.length > 1 ? [scrub(maps, draw)] : []), picture, below);
}

/** A slider over the epochs of the maps, in steps of the smallest gap between them; between two it shows the nearer one. */
function scrub(maps: MapView["maps"], draw: (map: MapView["maps"][number]) => void): HTMLElement {
  const epochs = maps.map(({epoch}, i) => epoch ?? i + 1);
  const step = Math.min(...epochs.slice(1).map((epoch, i) => epoch - epochs[i]));
  const [first, last] = [epochs[0], epochs[epochs.length - 1]];
  const input = slider("epoch", [first, last], {value: last, step});
  input.addEventListener("input", () => {
    const distances = epochs.map((epoch) => Math.abs(epoch - input.value));
    draw(maps[distances.indexOf(Math.min(...distances))]);
  });
  return input;
}
