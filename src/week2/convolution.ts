import {outputSide} from "./resnetCount.js";

/** A grid of numbers in float64: images (B, H, W, C) or filters (h, w, C, O), last axis fastest. */
export interface Grid {
  data: Float64Array;
  shape: [number, number, number, number];
}

/** Stride s and padding p, the same in both directions. */
export interface Window {
  stride: number;
  padding: number;
}

export const grid = (shape: Grid["shape"], data?: ArrayLike<number>): Grid => ({
  shape,
  data: data ? Float64Array.from(data) : new Float64Array(shape[0] * shape[1] * shape[2] * shape[3])
});

const at = ([, b, c, d]: Grid["shape"], i: number, j: number, k: number, l: number) => ((i * b + j) * c + k) * d + l;

/**
 * The terms of the sum, one visit for each: the positions in x, w and y of every product x · w that is added to a y.
 *
 *   y[b, i, j, o] = Σ_{u, v, c} x[b, s i + u − p, s j + v − p, c] w[u, v, c, o]
 *
 * The convolution and both its gradients are this one loop with a different array on the left of the +=.
 */
function products(
  x: Grid["shape"],
  w: Grid["shape"],
  {stride, padding}: Window,
  visit: (x: number, w: number, y: number) => void
): void {
  const [B, H, W, C] = x;
  const [h, k, , O] = w;
  const y: Grid["shape"] = [B, outputSide(H, h, stride, padding), outputSide(W, k, stride, padding), O];
  for (let b = 0; b < B; ++b)
    for (let i = 0; i < y[1]; ++i)
      for (let j = 0; j < y[2]; ++j)
        for (let u = 0; u < h; ++u)
          for (let v = 0; v < k; ++v) {
            const [row, column] = [stride * i + u - padding, stride * j + v - padding];
            if (row < 0 || row >= H || column < 0 || column >= W) continue; // padding: x = 0
            for (let c = 0; c < C; ++c)
              for (let o = 0; o < O; ++o) visit(at(x, b, row, column, c), at(w, u, v, c, o), at(y, b, i, j, o));
          }
}

/** The convolution as its sum. */
export function convolve(x: Grid, w: Grid, window: Window): Grid {
  const side = (axis: 1 | 2) => outputSide(x.shape[axis], w.shape[axis - 1], window.stride, window.padding);
  const y = grid([x.shape[0], side(1), side(2), w.shape[3]]);
  products(x.shape, w.shape, window, (a, b, c) => (y.data[c] += x.data[a] * w.data[b]));
  return y;
}

/** ∂L/∂w: each weight collects x · dy over all places it was used at. */
export function filterGradient(x: Grid, dy: Grid, shape: Grid["shape"], window: Window): Grid {
  const dw = grid(shape);
  products(x.shape, shape, window, (a, b, c) => (dw.data[b] += x.data[a] * dy.data[c]));
  return dw;
}

/** ∂L/∂x: each input cell collects w · dy over all outputs it went into. */
export function inputGradient(w: Grid, dy: Grid, shape: Grid["shape"], window: Window): Grid {
  const dx = grid(shape);
  products(shape, w.shape, window, (a, b, c) => (dx.data[a] += w.data[b] * dy.data[c]));
  return dx;
}

/** The filter turned by 180° with its input and output channels exchanged: (h, w, C, O) → (h, w, O, C). */
export function turned({data, shape: [h, k, C, O]}: Grid): Grid {
  const out = grid([h, k, O, C]);
  for (let u = 0; u < h; ++u)
    for (let v = 0; v < k; ++v)
      for (let c = 0; c < C; ++c)
        for (let o = 0; o < O; ++o)
          out.data[at(out.shape, h - 1 - u, k - 1 - v, o, c)] = data[at([h, k, C, O], u, v, c, o)];
  return out;
}

/** dy with s − 1 zeros between its cells, and as many after the last ones as make the gradient (H, W). */
function spread({data, shape}: Grid, [H, W]: number[], [h, k]: number[], {stride, padding}: Window): Grid {
  const [B, U, V, O] = shape;
  const out = grid([B, H + 2 * padding - h + 1, W + 2 * padding - k + 1, O]);
  for (let b = 0; b < B; ++b)
    for (let i = 0; i < U; ++i)
      for (let j = 0; j < V; ++j)
        for (let o = 0; o < O; ++o) out.data[at(out.shape, b, stride * i, stride * j, o)] = data[at(shape, b, i, j, o)];
  return out;
}

/** ∂L/∂x again, as one forward convolution: the spread dy with the turned filter, stride 1 and padding h − 1 − p. */
export function inputGradientByCorrelation(w: Grid, dy: Grid, shape: Grid["shape"], window: Window): Grid {
  const wide = spread(dy, shape.slice(1, 3), w.shape, window);
  return convolve(wide, turned(w), {stride: 1, padding: w.shape[0] - 1 - window.padding});
}

/**
 * The convolution as one matrix product ("im2col"): row (b, i, j) of the first matrix is the patch that the output cell
 * sees, column o of the second is filter o. Its price is memory: each pixel is stored up to h · k times.
 */
export function convolveByPatches(x: Grid, w: Grid, {stride, padding}: Window): Grid {
  const [B, H, W, C] = x.shape;
  const [h, k, , O] = w.shape;
  const [U, V] = [outputSide(H, h, stride, padding), outputSide(W, k, stride, padding)];
  const length = h * k * C;
  const patches = Array.from({length: B * U * V}, (_, row) => {
    const [b, i, j] = [Math.floor(row / (U * V)), Math.floor(row / V) % U, row % V];
    const patch = new Float64Array(length);
    for (let u = 0; u < h; ++u)
      for (let v = 0; v < k; ++v) {
        const [line, column] = [stride * i + u - padding, stride * j + v - padding];
        if (line < 0 || line >= H || column < 0 || column >= W) continue;
        const pixel = at(x.shape, b, line, column, 0);
        patch.set(x.data.subarray(pixel, pixel + C), (u * k + v) * C);
      }
    return patch;
  });
  const product = (patch: Float64Array, o: number) =>
    patch.reduce((sum, value, q) => sum + value * w.data[q * O + o], 0);
  return grid(
    [B, U, V, O],
    patches.flatMap((patch) => Array.from({length: O}, (_, o) => product(patch, o)))
  );
}

/** The largest difference between two grids. */
export const gap = (a: Grid, b: Grid): number =>
  a.data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b.data[i])), 0);
