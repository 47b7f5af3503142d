import type {Products} from "./products.js";
import {squares, type Rows} from "./rows.js";

/** Points in clusters. */
export interface Clustering {
  centres: Rows; // (K, D)
  /** Each point's cluster. */
  clusters: Int32Array;
  /** Σₙ ‖xₙ − c(xₙ)‖². */
  inertia: number;
  /** The inertia after each assignment; it never rises. */
  course: number[];
}

export interface LloydOptions {
  products: Products;
  /** Keeps centres on the unit sphere: for points of length 1. */
  spherical: boolean;
}

const iterations = 300;
const least = 1e-6; // part of the inertia that an iteration has to gain

/**
 * Lloyd's algorithm from several starts at once, since one pass over the points serves them all. Lloyd 1982.
 *
 *   cluster(x) = argminₖ ‖x − cₖ‖²,   cₖ = mean of its points (brought to length 1 on the sphere)
 *
 * Neither half can raise Σ ‖x − c(x)‖². Of equally near centres the first is taken. A centre that has lost all points moves
 * to the point farthest from its own centre. A run ends when an iteration changes next to nothing.
 *
 * @param starts centres (K, D) for each run.
 */
export async function lloyd(points: Rows, starts: readonly Rows[], options: LloydOptions): Promise<Clustering[]> {
  const lengths = squares(points);
  const runs = starts.map((centres): Clustering => {
    return {centres, clusters: new Int32Array(points.shape[0]).fill(-1), inertia: Infinity, course: []};
  });
  let live = runs;
  for (let i = 0; i < iterations && live.length; ++i) {
    const {data} = await options.products.ofRows(points, stacked(live.map(({centres}) => centres))); // (N, R K)
    const distances = live.map((run, r) => assign(run, data, lengths, [r, live.length]));
    const going = live.map(({course}) => course.length < 2 || course.at(-2)! - course.at(-1)! > least * course.at(-1)!);
    const moving = live.filter((_, r) => going[r]);
    await move(points, moving, distances.filter((_, r) => going[r]), options); // prettier-ignore
    live = moving;
  }
  return runs;
}

/** Puts every point to its nearest centre. @returns the squared distances. */
function assign(run: Clustering, dots: Rows["data"], lengths: Float64Array, [r, runs]: [number, number]): Float64Array {
  const k = run.centres.shape[0];
  const half = squares(run.centres).map((square) => square / 2);
  const distances = new Float64Array(lengths.length);
  run.inertia = 0;
  for (let n = 0; n < lengths.length; ++n) {
    const row = (n * runs + r) * k;
    let nearest = 0;
    for (let j = 1; j < k; ++j) if (dots[row + j] - half[j] > dots[row + nearest] - half[nearest]) nearest = j;
    run.clusters[n] = nearest;
    distances[n] = Math.max(0, lengths[n] + 2 * (half[nearest] - dots[row + nearest]));
    run.inertia += distances[n];
  }
  run.course.push(run.inertia);
  return distances;
}

/** Moves every run's centres to the means of their points. */
async function move(
  points: Rows,
  runs: Clustering[],
  distances: Float64Array[],
  {products, spherical}: LloydOptions
): Promise<void> {
  if (!runs.length) return;
  const [count, columns] = points.shape;
  const k = runs[0].centres.shape[0];
  const members = new Float32Array(count * runs.length * k);
  runs.forEach(({clusters}, r) => clusters.forEach((cluster, n) => (members[(n * runs.length + r) * k + cluster] = 1)));
  const sums = await products.ofColumns({data: members, shape: [count, runs.length * k]}, points); // (R K, D)
  runs.forEach((run, r) => {
    const counts = new Float64Array(k);
    for (const cluster of run.clusters) ++counts[cluster];
    const centres = new Float64Array(sums.data.subarray(r * k * columns, (r + 1) * k * columns));
    const farthest = counts.includes(0) ? Array.from(distances[r].keys()).sort((a, b) => distances[r][b] - distances[r][a]) : []; // prettier-ignore
    for (let j = 0; j < k; ++j) {
      const centre = centres.subarray(j * columns, (j + 1) * columns);
      if (counts[j] === 0) centre.set(row(points, farthest.shift()!));
      const size = spherical ? Math.sqrt(centre.reduce((sum, x) => sum + x * x, 0)) : counts[j] || 1;
      if (size > 0) centre.forEach((x, i) => (centre[i] = x / size));
      else centre.set(row(run.centres, j)); // opposite points: every direction is as good
    }
    run.centres = {data: centres, shape: [k, columns]};
  });
}

const row = ({data, shape: [, columns]}: Rows, i: number) => data.subarray(i * columns, (i + 1) * columns);

function stacked(centres: Rows[]): Rows {
  const [k, columns] = centres[0].shape;
  const data = new Float64Array(centres.length * k * columns);
  centres.forEach((each, r) => data.set(each.data, r * k * columns));
  return {data, shape: [centres.length * k, columns]};
}
