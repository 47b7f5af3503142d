// Changes of colour, in place, of RGB pixels (…, 3) on [0, 255]; results are cut to that range, as in a stored image.

/** The luma of ITU-R BT.601: Y = 0.299 R + 0.587 G + 0.114 B. Of a gray pixel it is the pixel's value. */
const [red, green, blue] = [0.299, 0.587, 0.114];

const cut = (x: number): number => (x < 0 ? 0 : x > 255 ? 255 : x);

/** y = f x. Black at f = 0, the image itself at 1. */
export function brightness(pixels: Float32Array, factor: number): void {
  for (let i = 0; i < pixels.length; ++i) pixels[i] = cut(factor * pixels[i]);
}

/** y = f x + (1 − f) m, m the mean luma of the image. One gray at f = 0, the image itself at 1. */
export function contrast(pixels: Float32Array, factor: number): void {
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 3) sum += red * pixels[i] + green * pixels[i + 1] + blue * pixels[i + 2];
  const shift = ((1 - factor) * sum) / (pixels.length / 3);
  for (let i = 0; i < pixels.length; ++i) pixels[i] = cut(factor * pixels[i] + shift);
}

/** y = f x + (1 − f) Y, Y the pixel's luma. Grays at f = 0, the image itself at 1; gray pixels stay. */
export function saturation(pixels: Float32Array, factor: number): void {
  for (let i = 0; i < pixels.length; i += 3) {
    const gray = (1 - factor) * (red * pixels[i] + green * pixels[i + 1] + blue * pixels[i + 2]);
    pixels[i] = cut(factor * pixels[i] + gray);
    pixels[i + 1] = cut(factor * pixels[i + 1] + gray);
    pixels[i + 2] = cut(factor * pixels[i + 2] + gray);
  }
}

/** y = (Y, Y, Y): the luma in all three channels. */
export const grayscale = (pixels: Float32Array): void => saturation(pixels, 0);

/**
 * Turns the hue by a part of a circle: 1 is a whole turn, the image itself; gray pixels stay, and so does every luma.
 *
 *   (Y, I, Q) ← (Y, I cos θ − Q sin θ, I sin θ + Q cos θ),   θ = 2π · turn
 *
 * One matrix for all pixels, where a turn in HSV, as torchvision has it, takes branches for each. Both move along the
 * circle of hues; HSV keeps a pixel's largest and smallest channel, this keeps its luma.
 */
export function hue(pixels: Float32Array, turn: number): void {
  const [cos, sin] = [Math.cos(2 * Math.PI * turn), Math.sin(2 * Math.PI * turn)];
  const turned = [yiq[0], yiq[1].map((x, c) => x * cos - yiq[2][c] * sin), yiq[1].map((x, c) => x * sin + yiq[2][c] * cos)]; // prettier-ignore
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = product(fromYiq, turned).flat();
  for (let i = 0; i < pixels.length; i += 3) {
    const [r, g, b] = [pixels[i], pixels[i + 1], pixels[i + 2]];
    pixels[i] = cut(m0 * r + m1 * g + m2 * b);
    pixels[i + 1] = cut(m3 * r + m4 * g + m5 * b);
    pixels[i + 2] = cut(m6 * r + m7 * g + m8 * b);
  }
}

type Matrix = number[][];

/** RGB to YIQ; the rows of I and Q sum to 0. */
const yiq: Matrix = [
  [red, green, blue],
  [0.596, -0.274, -0.322],
  [0.211, -0.523, 0.312]
];

/** The inverse by cofactors: rounded published coefficients would change a picture a little at every turn. */
const fromYiq: Matrix = (() => {
  const minor = (i: number, j: number) => {
    const [r, s] = [(i + 1) % 3, (i + 2) % 3];
    const [c, d] = [(j + 1) % 3, (j + 2) % 3];
    return yiq[r][c] * yiq[s][d] - yiq[r][d] * yiq[s][c];
  };
  const determinant = yiq[0].reduce((sum, x, j) => sum + x * minor(0, j), 0);
  return yiq.map((_, i) => yiq.map((_, j) => minor(j, i) / determinant));
})();

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)));
