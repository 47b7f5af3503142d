import type {Scene} from "./scene.js";

/** The bounding box of what is drawn, in pixels; right and bottom are exclusive. */
export type Box = [left: number, top: number, right: number, bottom: number];

/** The smallest box around the mask's ones, and how many there are. */
export function measure(mask: Uint8Array, size: number): {box: Box; area: number} {
  const box: Box = [size, size, 0, 0];
  let area = 0;
  for (let i = 0; i < size; ++i)
    for (let j = 0; j < size; ++j)
      if (mask[i * size + j]) {
        ++area;
        if (j < box[0]) box[0] = j;
        if (i < box[1]) box[1] = i;
        if (j >= box[2]) box[2] = j + 1;
        if (i >= box[3]) box[3] = i + 1;
      }
  return {box, area};
}

const places = [
  ["upper left", "top", "upper right"],
  ["left", "centre", "right"],
  ["lower left", "bottom", "lower right"]
];

/** Below 13 pixels of 32, above 19, or between. */
const third = (low: number, high: number) => ((low + high) / 2 < 13 ? 0 : (low + high) / 2 > 19 ? 2 : 1);

/**
 * One English sentence about an image, without a full stop: size, texture, colour and shape of the figure, texture and
 * colour of the background, place. For example: a large striped red triangle on a checkered blue background, upper left.
 *
 * Small is an area below 145 square pixels, large one above 200; between them no word is said. A plain figure's texture
 * is not mentioned. Place is where the middle of the box lies.
 */
export function caption({shape, figure, ground}: Scene, [left, top, right, bottom]: Box, area: number): string {
  const words = [
    area < 145 ? "small" : area > 200 ? "large" : "",
    figure.texture.kind === "plain" ? "" : figure.texture.kind,
    figure.paint.word,
    shape
  ].filter(Boolean);
  const article = /^[aeiou]/.test(words[0]) ? "an" : "a";
  const place = places[third(top, bottom)][third(left, right)];
  return `${article} ${words.join(" ")} on a ${ground.texture.kind} ${ground.paint.word} background, ${place}`;
}
