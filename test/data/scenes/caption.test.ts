import {expect, test} from "vitest";
import {scenes} from "../../../src/components/data/scenes.js";
import {PALETTE} from "../../../src/components/data/scenes/palette.js";
import {TEXTURES} from "../../../src/components/data/scenes/textures.js";

const {images, masks, boxes, labels, captions, classes, count} = scenes({seed: 5, count: 2000});
const colours = Object.keys(PALETTE);
const pattern = new RegExp(
  `^an? (small |large )?(?:(${TEXTURES.join("|")}) )?(${colours.join("|")}) (\\w+) ` +
    `on a (${TEXTURES.join("|")}) (${colours.join("|")}) background, ([a-z ]+)$`
);
const parsed = captions.map((caption) => {
  const [, size, texture, colour, shape, ground, background, place] = pattern.exec(caption)!;
  return {size: size?.trim(), texture, colour, shape, ground, background, place};
});

test("every caption reads by one grammar, and says every word that there is: the lightest colours of figures only, black of grounds", () => {
  const said = (key: keyof (typeof parsed)[number]) => new Set(parsed.map((each) => each[key]));
  expect(said("shape")).toEqual(new Set(classes));
  expect(said("colour")).toEqual(new Set(colours.filter((word) => word !== "black")));
  expect(said("background")).toEqual(new Set(colours.filter((word) => word !== "white" && word !== "yellow")));
  expect(said("ground")).toEqual(new Set(TEXTURES));
  expect(said("texture")).toEqual(new Set([undefined, ...TEXTURES.filter((t) => t !== "plain")]));
  expect(said("size")).toEqual(new Set(["small", undefined, "large"]));
  expect(said("place").size).toBe(9);
  for (const caption of captions) expect(/^an (orange|\w*grey)/.test(caption)).toBe(/^an /.test(caption));
});

test("shape, size and place are those of the label, the mask and the box", () => {
  for (let n = 0; n < count; ++n) {
    const {shape, size, place} = parsed[n];
    expect(shape).toBe(classes[labels[n]]);
    const area = masks.subarray(n * 1024, (n + 1) * 1024).reduce((a, b) => a + b, 0);
    expect(size).toBe(area < 145 ? "small" : area > 200 ? "large" : undefined);
    const [left, top, right, bottom] = boxes.subarray(4 * n, 4 * n + 4);
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    expect(/left/.test(place)).toBe(x < 13);
    expect(/right/.test(place)).toBe(x > 19);
    expect(/upper|top/.test(place)).toBe(y < 13);
    expect(/lower|bottom/.test(place)).toBe(y > 19);
  }
});

/** The colour word nearest to the mean of the pixels where the mask is `inside`, whatever the light: by direction. */
function seen(n: number, inside: number): string {
  const mean = [0, 0, 0];
  for (let k = 0; k < 1024; ++k)
    if (masks[n * 1024 + k] === inside) for (let c = 0; c < 3; ++c) mean[c] += images[(n * 1024 + k) * 3 + c];
  const cosine = (word: string) => {
    const dot = PALETTE[word].reduce((sum, x, c) => sum + x * mean[c], 0);
    return dot / Math.hypot(...PALETTE[word]);
  };
  return colours.reduce((best, word) => (cosine(word) > cosine(best) ? word : best));
}

const hues = ["red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink"];

test.each([
  ["colour", 1],
  ["background", 0]
] as const)("the %s that is said is the one that is drawn", (key, inside) => {
  // prettier-ignore
  let right = 0;
  let all = 0;
  for (let n = 0; n < count; ++n)
    if (hues.includes(parsed[n][key])) {
      ++all;
      right += Number(seen(n, inside) === parsed[n][key]);
    }
  expect(all).toBeGreaterThan(1000);
  expect(right / all).toBeGreaterThan(0.9);
});
