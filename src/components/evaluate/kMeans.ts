import {rng as seeded} from "../math/random.js";
import {kMeansPlusPlus} from "./kMeansPlusPlus.js";
import {lloyd, type Clustering} from "./lloyd.js";
import {plainProducts, type Products} from "./products.js";
import {checkColumns, normalised, sizeOf, squares, take, type Rows} from "./rows.js";

interface Options {
  seed?: number;
  /** k-means++ starts; the one of least inertia is kept. */
  restarts?: number;
  /** Compares directions: points are brought to length 1 and centres stay on the sphere. Dhillon & Modha 2001. */
  cosine?: boolean;
  products?: Products;
}

/**
 * k-means: K centres with a small Σ ‖x − c(x)‖², by Lloyd's algorithm from several k-means++ starts. The best of them is
 * kept, the first of equals; it need not be the optimum.
 *
 * @param points (N, D), N ≥ K.
 * @returns with the cosine option centres on the unit sphere; ‖x − c‖² is then 2 − 2 cos.
 * @throws RangeError if there are fewer points than clusters, or no restart.
 */
export async function kMeans(
  points: Rows,
  clusters: number,
  {seed = 0, restarts = 20, cosine = false, products = plainProducts}: Options = {}
): Promise<Clustering> {
  const [count] = sizeOf("kMeans", points);
  if (!(Number.isInteger(clusters) && clusters >= 1 && clusters <= count))
    throw new RangeError(`kMeans: expected 1 to ${count} clusters for ${count} points, got ${clusters}`);
  if (!(Number.isInteger(restarts) && restarts >= 1))
    throw new RangeError(`kMeans: expected restarts ≥ 1, got ${restarts}`);
  const seen = cosine ? normalised(points) : points;
  const streams = Array.from({length: restarts}, (_, i) => seeded(seed).fork("restart", i));
  const drawn = await kMeansPlusPlus(seen, clusters, streams, products);
  const starts = drawn.map((rows) => take(seen, rows));
  const runs = await lloyd(seen, starts, {products, spherical: cosine});
  return runs.reduce((best, run) => (run.inertia < best.inertia ? run : best));
}

/** The nearest centre of each point: the clusters of points that had no part in finding them. Options as `kMeans`. */
export async function nearestCentre(
  points: Rows,
  centres: Rows,
  {products = plainProducts}: Pick<Options, "products"> = {}
): Promise<Int32Array> {
  const [count] = sizeOf("nearestCentre", points);
  checkColumns("nearestCentre", centres, points);
  const k = centres.shape[0];
  const half = squares(centres).map((square) => square / 2);
  const {data} = await products.ofRows(points, centres); // (N, K)
  return Int32Array.from({length: count}, (_, n) => {
    let nearest = 0;
    for (let j = 1; j < k; ++j) if (data[n * k + j] - half[j] > data[n * k + nearest] - half[nearest]) nearest = j;
    return nearest;
  });
}
