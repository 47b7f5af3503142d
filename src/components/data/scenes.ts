import {rng} from "../math/random.js";
import type {Records} from "./records.js";
import {caption, measure} from "./scenes/caption.js";
import {canvas} from "./scenes/draw.js";
import {SIDES, SIZE, scene} from "./scenes/scene.js";
import {SHAPES} from "./scenes/shapes.js";

/** Records with what is known of every image. */
export interface Scenes extends Records {
  masks: Uint8Array; // (N, H, W): 1 where the shape is
  boxes: Uint8Array; // (N, 4): left, top, right, bottom of the mask in pixels, the last two exclusive
  captions: string[];
}

/** SHA-256 of the first 1,000 images of seed 0: names this generator, as a file's digest names the file. */
export const SCENES_DIGEST = "d7119e2a49693e2697c6857050bc41ea8d093caf2ff5312c14ec782b83b9f84a";

interface Wanted {
  seed: number;
  count: number;
  from?: number;
  sides?: readonly [low: number, high: number];
}

/**
 * A procedural data set: 32 × 32 RGB images of one textured shape on a textured background, ten classes of shapes.
 *
 * Place, size, rotation, proportions, colours, textures, light, shadow and noise are drawn independently of the class,
 * and all classes are drawn with the same areas: neither a colour nor a mean tells the class, only the form does. The
 * figure is always lighter than the ground.
 * Image i of a seed depends on (seed, i) alone, to the bit, on every machine. Its class is i mod 10.
 *
 * @param seed an integer ≥ 0.
 * @param from the first image: a test split is the images after those of the training split.
 * @param sides of the square with the figure's area, smallest and largest, in pixels; with others than `SIDES` the images are
 * not those that the digest names, and a note says so.
 * @throws RangeError if the seed is not an integer ≥ 0, or count or from is not.
 */
export function scenes({seed, count, from = 0, sides = SIDES}: Wanted): Scenes {
  for (const [name, value] of Object.entries({count, from}))
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`scenes: expected an integer ${name} ≥ 0, got ${value}`);
  if (!(sides[0] >= 2 && sides[0] <= sides[1] && sides[1] <= SIDES[1]))
    throw new RangeError(`scenes: expected sides from 2 to ${SIDES[1]}, got ${sides.join(" to ")}`);
  const note = sides === SIDES ? "" : `figures of sides ${sides.join(" to ")}`;
  const pixels = SIZE * SIZE;
  const images = new Uint8Array(count * pixels * 3);
  const classes = [...SHAPES];
  const labels = Uint8Array.from({length: count}, (_, k) => (from + k) % classes.length);
  const masks = new Uint8Array(count * pixels);
  const boxes = new Uint8Array(count * 4);
  const captions: string[] = [];
  const streams = rng(seed);
  const draw = canvas();
  for (let k = 0; k < count; ++k) {
    const plan = scene(streams.fork(from + k), classes[labels[k]], sides);
    const mask = masks.subarray(k * pixels, (k + 1) * pixels);
    draw(plan, images.subarray(k * pixels * 3, (k + 1) * pixels * 3), mask);
    const {box, area} = measure(mask, SIZE);
    boxes.set(box, k * 4);
    captions.push(caption(plan, box, area));
  }
  return {
    ...{images, labels, masks, boxes, captions, count},
    ...{height: SIZE, width: SIZE, channels: 3, classes, digest: SCENES_DIGEST, note}
  };
}
