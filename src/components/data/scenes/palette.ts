import type {Rng} from "../../math/random.js";

export type Colour = [red: number, green: number, blue: number];

/** Colours by the word a caption has for them, on [0, 1]. */
export const PALETTE: Record<string, Colour> = {
  red: [0.86, 0.14, 0.14],
  orange: [0.96, 0.54, 0.08],
  yellow: [0.96, 0.86, 0.2],
  green: [0.2, 0.62, 0.22],
  cyan: [0.2, 0.78, 0.82],
  blue: [0.17, 0.3, 0.84],
  purple: [0.5, 0.2, 0.66],
  pink: [0.96, 0.56, 0.74],
  white: [0.94, 0.94, 0.92],
  grey: [0.5, 0.5, 0.52],
  black: [0.1, 0.1, 0.12]
};

const words = Object.keys(PALETTE);

/** A named colour in two tones, as it is painted. */
export interface Paint {
  word: string;
  tones: [Colour, Colour];
}

/**
 * Draws a colour, off its dictionary value by up to 0.05, and a second tone: darker, or lighter where it is dark.
 *
 * @param depth how far the tones lie apart, as a fraction of the way to black or white.
 */
export function paint(rng: Rng, depth: number): Paint {
  const word = words[Math.floor(rng.next() * words.length)];
  const base = PALETTE[word].map((x) => x + 0.1 * (rng.next() - 0.5)) as Colour;
  const second = luminance(base) > 0.35 ? base.map((x) => x * (1 - depth)) : base.map((x) => x + (1 - x) * depth * 0.8);
  return {word, tones: [base, second as Colour]};
}

/** Perceived brightness of sRGB values, roughly. */
const luminance = ([r, g, b]: Colour) => 0.3 * r + 0.59 * g + 0.11 * b;

/** The brightness of a paint: its two tones' mean. */
export const lightness = ({tones: [one, other]}: Paint) => (luminance(one) + luminance(other)) / 2;

/** The smallest difference between a tone of one paint and a tone of the other; channels count by what the eye sees. */
export function contrast(one: Paint, other: Paint): number {
  let least = Infinity;
  for (const a of one.tones)
    for (const b of other.tones) {
      const [r, g, l] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
      least = Math.min(least, Math.sqrt(0.3 * r * r + 0.5 * g * g + 0.2 * l * l));
    }
  return least;
}
