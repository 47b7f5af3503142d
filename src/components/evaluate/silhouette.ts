import {plainProducts, type Products} from "./products.js";
import {normalised, sizeOf, squares, type Rows} from "./rows.js";

interface Options {
  /** Features are brought to length 1 first; the dissimilarity is then 2 − 2 cos. */
  cosine?: boolean;
  products?: Products;
}

/**
 * How much nearer each point is to its own cluster than to the next one. Rousseeuw 1987, section 2.
 *
 *   s = (b − a) / max(a, b),   a = mean dissimilarity to the others of its cluster, b = the least mean dissimilarity to another cluster
 *
 * The dissimilarity is the squared distance, which needs no pairs: Σ over j in C of ‖x − xⱼ‖² = n ‖x − μ‖² + Σ ‖xⱼ − μ‖².
 * A point alone in its cluster has s = 0, and so has one that is equal to all others.
 *
 * @param points (N, D).
 * @param clusters of each point, integers ≥ 0; a cluster may be empty.
 * @returns s of each point, from −1 to 1.
 * @throws RangeError if there is not one cluster for each point, or fewer than two clusters hold points.
 */
export async function silhouette(
  points: Rows,
  clusters: ArrayLike<number>,
  {cosine = false, products = plainProducts}: Options = {}
): Promise<Float64Array> {
  const [count, columns] = sizeOf("silhouette", points);
  if (clusters.length !== count) throw new RangeError(`silhouette: expected ${count} clusters, got ${clusters.length}`);
  const seen = cosine ? normalised(points) : points;
  const lengths = squares(seen);
  const {sizes, centres, within} = means(seen, clusters, lengths);
  if (sizes.filter((n) => n > 0).length < 2)
    throw new RangeError("silhouette: expected at least two clusters with points");
  const k = sizes.length;
  const half = squares({data: centres, shape: [k, columns]});
  const {data: dots} = await products.ofRows(seen, {data: centres, shape: [k, columns]}); // (N, K)
  return Float64Array.from({length: count}, (_, i) => {
    const own = clusters[i];
    if (sizes[own] === 1) return 0;
    const mean = (j: number) => Math.max(0, lengths[i] - 2 * dots[i * k + j] + half[j]) + within[j];
    const a = (mean(own) * sizes[own]) / (sizes[own] - 1); // itself, at distance 0, does not count
    const b = Math.min(...sizes.map((n, j) => (j === own || n === 0 ? Infinity : mean(j))));
    return a === b ? 0 : (b - a) / Math.max(a, b);
  });
}

/** Of each cluster: how many points, their mean (K, D), and their mean squared distance from it. */
function means({data, shape: [count, columns]}: Rows, clusters: ArrayLike<number>, lengths: Float64Array) {
  const k = Array.from(clusters).reduce((most, cluster) => Math.max(most, cluster + 1), 0);
  const sizes = new Array<number>(k).fill(0);
  const [centres, within] = [new Float64Array(k * columns), new Float64Array(k)];
  for (let i = 0; i < count; ++i) {
    ++sizes[clusters[i]];
    within[clusters[i]] += lengths[i];
    for (let d = 0; d < columns; ++d) centres[clusters[i] * columns + d] += data[i * columns + d];
  }
  centres.forEach((sum, at) => (centres[at] = sum / (sizes[Math.floor(at / columns)] || 1)));
  squares({data: centres, shape: [k, columns]}).forEach((square, j) => {
    within[j] = Math.max(0, within[j] / (sizes[j] || 1) - square);
  });
  return {sizes, centres, within};
}
