import {PALETTE} from "../../components/data/scenes/palette.js";
import {TEXTURES} from "../../components/data/scenes/textures.js";

/** Something that can be told of an image: its class among `names`. */
export interface Mark {
  name: string;
  names: readonly string[];
  labels: Uint8Array;
}

/** The share of the commonest class: how often who always says it is right, whatever the image. */
export function commonest(labels: Uint8Array): number {
  const counts = new Map<number, number>();
  labels.forEach((label) => counts.set(label, (counts.get(label) ?? 0) + 1));
  return Math.max(...counts.values()) / labels.length;
}

const said = /on an? (\S+) (\S+) background/;

/** The texture and the colour of scenes' grounds, as their captions say. No label of the data set stands in them. */
export function grounds(captions: readonly string[]): Mark[] {
  const words = captions.map((caption) => said.exec(caption)!.slice(1, 3));
  const mark = (name: string, names: readonly string[], at: number): Mark => ({
    ...{name, names},
    labels: Uint8Array.from(words, (pair) => names.indexOf(pair[at]))
  });
  return [mark("texture of the ground", TEXTURES, 0), mark("colour of the ground", Object.keys(PALETTE), 1)];
}
