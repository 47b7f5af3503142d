import {sigmoid} from "../../components/math/activations.js";

/** Images of one channel list: x[row][column][channel]. */
export type Image = number[][][];

/** An image from numbers in the order of rows, columns, channels. */
export const imageOf = (numbers: ArrayLike<number>, [rows, columns, channels]: [number, number, number]): Image =>
  Array.from({length: rows}, (_, i) =>
    Array.from({length: columns}, (_, j) =>
      Array.from({length: channels}, (_, c) => numbers[(i * columns + j) * channels + c])
    )
  );

export const flat = (x: Image): number[] => x.flat(2);

/** How the windows lie: stride s and padding p. */
export interface Placing {
  stride: number;
  padding: number;
}

const size = (n: number, kernel: number, {stride, padding}: Placing) =>
  Math.floor((n + 2 * padding - kernel) / stride) + 1;

/** Calls visit for every product that the definition of a depthwise convolution adds up: place of y, of x, and tap. */
function eachTap(
  [rows, columns]: number[],
  kernel: number,
  placing: Placing,
  visit: (y: [number, number], x: [number, number], tap: [number, number]) => void
): void {
  const {stride, padding} = placing;
  for (let u = 0; u < size(rows, kernel, placing); ++u)
    for (let v = 0; v < size(columns, kernel, placing); ++v)
      for (let i = 0; i < kernel; ++i)
        for (let j = 0; j < kernel; ++j) {
          const [r, s] = [stride * u + i - padding, stride * v + j - padding];
          if (r >= 0 && r < rows && s >= 0 && s < columns) visit([u, v], [r, s], [i, j]);
        }
}

const zeros = (rows: number, columns: number, channels: number): Image => imageOf(Array(rows * columns * channels).fill(0), [rows, columns, channels]); // prettier-ignore

/** y[u, v, c] = Σ x[s u + i − p, s v + j − p, c] w[i, j, c]. */
export function depthwise(x: Image, w: Image, placing: Placing): Image {
  const y = zeros(size(x.length, w.length, placing), size(x[0].length, w.length, placing), w[0][0].length);
  eachTap([x.length, x[0].length], w.length, placing, ([u, v], [r, s], [i, j]) =>
    w[i][j].forEach((weight, c) => (y[u][v][c] += x[r][s][c] * weight))
  );
  return y;
}

/** Both gradients, given dy. */
export function depthwiseGradients(x: Image, w: Image, dy: Image, placing: Placing): {dx: Image; dw: Image} {
  const dx = zeros(x.length, x[0].length, w[0][0].length);
  const dw = zeros(w.length, w.length, w[0][0].length);
  eachTap([x.length, x[0].length], w.length, placing, ([u, v], [r, s], [i, j]) =>
    w[i][j].forEach((weight, c) => {
      dx[r][s][c] += dy[u][v][c] * weight;
      dw[i][j][c] += dy[u][v][c] * x[r][s][c];
    })
  );
  return {dx, dw};
}

/** A full convolution: w[i][j] is (C, C'), row by row. */
export function full(x: Image, w: number[][][][], placing: Placing): Image {
  const y = zeros(size(x.length, w.length, placing), size(x[0].length, w.length, placing), w[0][0][0].length);
  eachTap([x.length, x[0].length], w.length, placing, ([u, v], [r, s], [i, j]) =>
    w[i][j].forEach((row, c) => row.forEach((weight, o) => (y[u][v][o] += x[r][s][c] * weight)))
  );
  return y;
}

/** A 1 × 1 convolution: p is (C, C'). */
export const pointwise = (x: Image, p: number[][]): Image =>
  x.map((row) => row.map((place) => p[0].map((_, o) => place.reduce((sum, value, c) => sum + value * p[c][o], 0))));

export const silu = (t: number): number => t * sigmoid(t);

/** The channels' weights s = σ(W₂ silu(W₁ z)) of an image, z its mean over places; biases left out. */
export function weightsOf(x: Image, W1: number[][], W2: number[][]): {z: number[]; hidden: number[]; s: number[]} {
  const places = x.flat();
  const z = places[0].map((_, c) => places.reduce((sum, place) => sum + place[c], 0) / places.length);
  const hidden = W1[0].map((_, r) => z.reduce((sum, value, c) => sum + value * W1[c][r], 0));
  const s = W2[0].map((_, c) => sigmoid(hidden.reduce((sum, value, r) => sum + silu(value) * W2[r][c], 0)));
  return {z, hidden, s};
}

/** Squeeze and excitation: y = s x. */
export function squeezeExcite(x: Image, W1: number[][], W2: number[][]): Image {
  const {s} = weightsOf(x, W1, W2);
  return x.map((row) => row.map((place) => place.map((value, c) => value * s[c])));
}

/** dx = s dy + (1 / P) W₁ [silu′(h) ⊙ W₂ (s (1 − s) ⊙ Σ dy x)]: directly, and through the mean of every place. */
export function squeezeExciteGradient(x: Image, W1: number[][], W2: number[][], dy: Image): Image {
  const {hidden, s} = weightsOf(x, W1, W2);
  const places = x.flat();
  const arriving = dy.flat();
  const ds = s.map((_, c) => places.reduce((sum, place, i) => sum + place[c] * arriving[i][c], 0));
  const inner = s.map((value, c) => ds[c] * value * (1 - value));
  const slope = (t: number) => sigmoid(t) * (1 + t * (1 - sigmoid(t)));
  const dh = hidden.map((t, r) => slope(t) * inner.reduce((sum, value, c) => sum + value * W2[r][c], 0));
  const dz = s.map((_, c) => dh.reduce((sum, value, r) => sum + value * W1[c][r], 0));
  return dy.map((row) => row.map((place) => place.map((value, c) => s[c] * value + dz[c] / places.length)));
}

/** A layer as the receptive field sees it. */
export interface Step {
  kernel: number;
  stride: number;
}

/** r = 1 + Σ (k − 1) Π of the strides before. */
export function fieldOf(layers: Step[]): number {
  let [field, jump] = [1, 1];
  for (const {kernel, stride} of layers) {
    field += (kernel - 1) * jump;
    jump *= stride;
  }
  return field;
}

/** The same by walking back from one unit to all the pixels it depends on, along one axis. */
export function seenBy(layers: Step[]): number {
  let units = new Set([0]);
  for (const {kernel, stride} of [...layers].reverse())
    units = new Set([...units].flatMap((u) => Array.from({length: kernel}, (_, i) => u * stride + i)));
  return units.size === 0 ? 0 : Math.max(...units) - Math.min(...units) + 1;
}
