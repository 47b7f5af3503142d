/**
 * The indices of the k largest values, the largest first; of equal values the earlier index comes first and stays in.
 * One pass with a heap of the k best so far: O(n + m log k), m of them entering.
 *
 * @throws RangeError if k is not an integer from 1 to the number of values.
 */
export function nearest(similarities: Float32Array | Float64Array, k: number): Int32Array {
  const n = similarities.length;
  if (!(Number.isInteger(k) && k >= 1 && k <= n))
    throw new RangeError(`nearest: expected an integer k from 1 to ${n}, got ${k}`);
  const heap = Int32Array.from({length: k}, (_, i) => i); // the worst at its root
  const worse = (i: number, j: number) =>
    similarities[i] < similarities[j] || (similarities[i] === similarities[j] && i > j);
  for (let root = (k >> 1) - 1; root >= 0; --root) sink(heap, root, worse);
  let least = similarities[heap[0]];
  for (let i = k; i < n; ++i)
    if (similarities[i] > least) {
      heap[0] = i;
      sink(heap, 0, worse);
      least = similarities[heap[0]];
    }
  return heap.sort((i, j) => similarities[j] - similarities[i] || i - j);
}

function sink(heap: Int32Array, root: number, worse: (i: number, j: number) => boolean): void {
  const moved = heap[root];
  for (;;) {
    let child = 2 * root + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && worse(heap[child + 1], heap[child])) ++child;
    if (!worse(heap[child], moved)) break;
    heap[root] = heap[child];
    root = child;
  }
  heap[root] = moved;
}
