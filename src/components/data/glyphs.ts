import {rng} from "../math/random.js";
import type {Records} from "./records.js";
import {character, handwritten} from "./glyphs/character.js";
import {draw} from "./glyphs/pen.js";

const size = 28;

/** SHA-256 of the first 1,000 images of seed 0 with 100 classes: names this generator. */
export const GLYPHS_DIGEST = "6ae69ba325800c9069d3b8d3e2e90892c47af458034c0867e86a17f91b449b8b";

/**
 * Characters of alphabets that nobody writes: 28 × 28 × 1, ink 255 on 0, as many classes as are asked for.
 *
 * Character c of a seed is a function of (seed, c), and drawing d of it of (seed, c, d), to the bit, on every machine; every
 * drawing has its own hand: points moved, turned, sheared, scaled, shifted, another pen. Image k shows character from + k mod
 * classes. Two calls whose ranges [from, from + classes) do not meet share no class: train on one, judge by the other.
 *
 * @param seed an integer ≥ 0.
 * @param classes at most 256 in one call: labels are bytes, k mod classes.
 * @param each drawings of every class.
 * @param from the first character.
 * @throws RangeError if one of them is not such an integer.
 */
export function glyphs({
  seed,
  classes,
  each,
  from = 0
}: {
  seed: number;
  classes: number;
  each: number;
  from?: number;
}): Records {
  for (const [name, value] of Object.entries({seed, each, from}))
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`glyphs: expected an integer ${name} ≥ 0, got ${value}`);
  if (!(Number.isInteger(classes) && classes >= 1 && classes <= 256))
    throw new RangeError(`glyphs: expected 1 to 256 classes, got ${classes}`);
  const stream = rng(seed);
  const alphabet = Array.from({length: classes}, (_, c) => character(stream.fork("character", from + c)));
  const count = classes * each;
  const images = new Uint8Array(count * size * size);
  for (let k = 0; k < count; ++k) {
    const hand = stream.fork("drawing", from + (k % classes), Math.floor(k / classes));
    const radius = 0.7 + 0.7 * hand.next();
    draw(
      images.subarray(k * size * size, (k + 1) * size * size),
      size,
      handwritten(alphabet[k % classes], hand),
      radius
    );
  }
  return {
    images,
    labels: Uint8Array.from({length: count}, (_, k) => k % classes),
    ...{count, height: size, width: size, channels: 1},
    classes: alphabet.map((_, c) => `glyph ${from + c}`),
    ...{digest: GLYPHS_DIGEST, note: ""}
  };
}
