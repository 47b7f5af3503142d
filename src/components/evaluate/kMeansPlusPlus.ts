import type {Rng} from "../math/random.js";
import type {Products} from "./products.js";
import {squares, take, type Rows} from "./rows.js";

/**
 * First centres by k-means++: each is a point drawn with probability proportional to its squared distance from the
 * centres so far, the first one uniformly. Arthur & Vassilvitskii 2007, section 2.2.
 *
 * Several drawings go side by side, since one pass over the points serves them all. Where every point is a centre already
 * the draw is uniform.
 *
 * @param streams one for each drawing.
 * @returns for each drawing the rows of its centres.
 */
export async function kMeansPlusPlus(
  points: Rows,
  clusters: number,
  streams: readonly Rng[],
  products: Products
): Promise<number[][]> {
  const count = points.shape[0];
  const lengths = squares(points);
  const drawings = streams.map((rng) => ({
    rng,
    rows: [rng.integers(1, count)[0]],
    distances: new Float64Array(count).fill(Infinity)
  }));
  for (let k = 1; k < clusters; ++k) {
    const newest = drawings.map(({rows}) => rows[k - 1]);
    const {data} = await products.ofRows(points, take(points, newest)); // (N, R)
    drawings.forEach(({rng, rows, distances}, r) => {
      const center = rows[k - 1];
      for (let n = 0; n < count; ++n) {
        const distance = lengths[n] + lengths[center] - 2 * data[n * drawings.length + r];
        distances[n] = n === center ? 0 : Math.min(distances[n], Math.max(0, distance));
      }
      rows.push(weighted(rng, distances));
    });
  }
  return drawings.map(({rows}) => rows);
}

/** An index drawn with probability proportional to its weight; uniformly if all are 0. */
function weighted(rng: Rng, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return rng.integers(1, weights.length)[0];
  let left = rng.next() * total;
  for (let n = 0; n < weights.length; ++n) if ((left -= weights[n]) < 0) return n;
  return weights.findLastIndex((weight) => weight > 0); // the last bit of the sum
}
