import {dot, type Vector} from "../../components/math/matrix.js";
import {unit} from "./nce.js";

/** Images (N, H, W, 3) of bytes: how many pixels fall into each of 4 × 4 × 4 boxes of colour, as a unit vector. */
export function histograms(images: Uint8Array, count: number): Vector[] {
  const bytes = images.length / count;
  return Array.from({length: count}, (_, n) => {
    const boxes = new Array<number>(64).fill(0);
    for (let i = n * bytes; i < (n + 1) * bytes; i += 3)
      ++boxes[16 * (images[i] >> 6) + 4 * (images[i + 1] >> 6) + (images[i + 2] >> 6)];
    return unit(boxes.map(Math.sqrt)); // roots: the cosine is then the Bhattacharyya coefficient
  });
}

/** The share of the first views whose most similar second view, by the histogram alone, is their partner. */
export function foundByColour(first: Uint8Array, second: Uint8Array, count: number): number {
  const [a, b] = [histograms(first, count), histograms(second, count)];
  const right = a.filter((row, i) => {
    const scores = b.map((other) => dot(row, other));
    return scores.every((score, j) => j === i || score < scores[i]);
  });
  return right.length / count;
}
