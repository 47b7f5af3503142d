import {circle} from "../../math/elementary.js";
import type {Rng} from "../../math/random.js";
import {contrast, lightness, paint, type Paint} from "./palette.js";
import {outline, type Outline, type Point, type Shape} from "./shapes.js";
import {TEXTURES, type Texture} from "./textures.js";

/** Pixels on a side. */
export const SIZE = 32;

/** Everything there is to know of an image, before it is drawn. */
export interface Scene {
  shape: Shape;
  outline: Outline;
  figure: Surface;
  ground: Surface;
  /** Brightness in the middle, and how it changes over 16 pixels to the right and downwards. */
  light: [level: number, right: number, down: number];
  /** The shadow the shape throws: whole pixels right and down, and how much light it takes. */
  shadow: [right: number, down: number, depth: number];
  /** The largest deviation of a pixel's channel, on [0, 1]; its seed. */
  noise: [amplitude: number, seed: number];
}

export interface Surface {
  paint: Paint;
  texture: Texture;
}

/** Sides of the square with a shape's area, from the smallest to the largest drawn, in pixels. */
export const SIDES: readonly [low: number, high: number] = [11, 15.2];

/** Draws a scene. Of everything in it only the outline depends on the shape. */
export function scene(rng: Rng, shape: Shape, [low, high] = SIDES): Scene {
  const between = (low: number, high: number) => low + (high - low) * rng.next();
  const side = between(low, high);
  const pose = {
    proportions: rng.next(),
    area: side * side,
    turns: rng.next(),
    place: [rng.next(), rng.next()] as Point
  };
  const [front, back] = paints(rng, between);
  const figure: Surface = {paint: front, texture: texture(rng, 3.5, 6.5)};
  const ground: Surface = {paint: back, texture: texture(rng, 4.5, 11)};
  const [right, down] = circle(rng.next());
  const slope = between(0, 0.22);
  const shadow = between(-0.3, 0.45); // no shadow below zero
  return {
    ...{shape, outline: outline(shape, pose, {size: SIZE, margin: 1}), figure, ground},
    light: [between(0.8, 1.08), slope * right, slope * down],
    shadow: [Math.round(-2.5 * right), Math.round(-2.5 * down), Math.max(0, shadow)], // away from the light
    noise: [between(0.01, 0.07), 1 + Math.floor(rng.next() * (2 ** 32 - 1))]
  };
}

/**
 * Two paints that tell the figure from the ground: apart in colour, and the figure the lighter. Were it the darker half
 * of the time, a network would have to find both kinds of edge before it finds a shape, and a minute would not do.
 */
function paints(rng: Rng, between: (low: number, high: number) => number): [figure: Paint, ground: Paint] {
  for (;;) {
    const figure = paint(rng, between(0.1, 0.22));
    const ground = paint(rng, between(0.12, 0.28));
    if (contrast(figure, ground) >= 0.2 && lightness(figure) >= lightness(ground) + 0.25) return [figure, ground];
  }
}

function texture(rng: Rng, shortest: number, longest: number): Texture {
  const kind = TEXTURES[Math.floor(rng.next() * TEXTURES.length)];
  return {
    kind,
    period: shortest + (longest - shortest) * rng.next(),
    direction: circle(rng.next()),
    phase: [rng.next(), rng.next()],
    lattice: kind === "mottled" ? rng.uniform(64) : []
  };
}
