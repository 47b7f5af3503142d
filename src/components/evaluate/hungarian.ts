/**
 * The assignment of least cost: a different column for each row, so that Σ cost[i][column[i]] is minimal.
 *
 * Shortest augmenting paths with potentials, O(m² n): the Hungarian method, Kuhn 1955, in the form of Jonker & Volgenant
 * 1987. Row by row, a path of reduced costs c − u − v ≥ 0 is grown to a free column, and the potentials keep it so.
 *
 * @param cost (m, n) with m ≤ n, finite.
 * @returns the column of each row.
 * @throws RangeError if there are more rows than columns, or a cost is not finite.
 */
export function hungarian(cost: readonly (readonly number[])[]): number[] {
  const n = check(cost);
  const potential = {row: new Float64Array(cost.length), column: new Float64Array(n)};
  const rowOf = new Int32Array(n).fill(-1);
  for (let row = 0; row < cost.length; ++row) augment(cost, potential, rowOf, row);
  const columns = new Array<number>(cost.length);
  rowOf.forEach((row, column) => row >= 0 && (columns[row] = column));
  return columns;
}

/** Gives `row` a column, moving the rows before it along a shortest path. */
function augment(
  cost: readonly (readonly number[])[],
  {row: u, column: v}: {row: Float64Array; column: Float64Array},
  rowOf: Int32Array,
  row: number
): void {
  const n = rowOf.length;
  const distance = new Float64Array(n).fill(Infinity);
  const before = new Int32Array(n).fill(-1); // the column before each on its path; −1: the new row itself
  const done = new Uint8Array(n);
  const visited: number[] = [];
  let [last, from, length] = [-1, row, 0];
  do {
    let next = -1;
    for (let j = 0; j < n; ++j) {
      if (done[j]) continue;
      const through = length + cost[from][j] - u[from] - v[j];
      if (through < distance[j]) [distance[j], before[j]] = [through, last];
      if (next < 0 || distance[j] < distance[next]) next = j;
    }
    [last, length, from] = [next, distance[next], rowOf[next]];
    done[last] = 1;
    visited.push(last);
  } while (from >= 0);
  u[row] += length;
  for (const j of visited)
    if (j !== last) {
      u[rowOf[j]] += length - distance[j];
      v[j] -= length - distance[j];
    }
  for (let j = last; j >= 0; j = before[j]) rowOf[j] = before[j] < 0 ? row : rowOf[before[j]];
}

function check(cost: readonly (readonly number[])[]): number {
  const n = cost[0]?.length ?? 0;
  if (cost.length > n) throw new RangeError(`hungarian: expected at most as many rows as columns, got ${cost.length} × ${n}`); // prettier-ignore
  for (const row of cost) {
    if (row.length !== n) throw new RangeError(`hungarian: expected rows of ${n} costs, got ${row.length}`);
    const wrong = row.find((c) => !Number.isFinite(c));
    if (wrong !== undefined) throw new RangeError(`hungarian: expected finite costs, got ${wrong}`);
  }
  return n;
}
