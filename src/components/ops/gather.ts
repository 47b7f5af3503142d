import * as tf from "@tensorflow/tfjs";
import {matMul} from "./matMul.js";
import {defineOp} from "./op.js";
import {rowSums} from "./webgpu/gather.js";
import {allocate, numbers} from "./wasmHeap.js";

type Uses = {dy: tf.Tensor; ids: tf.Tensor};

const backward = defineOp({
  name: "GatherGradient",
  // Stock tfjs adds rows up with a kernel that wasm lacks. This product costs what an output layer over the table costs.
  plain({dy, ids}: Uses, {count}: {count: number}): tf.Tensor {
    const chosen = tf.oneHot(tf.reshape(ids, [ids.size]), count) as tf.Tensor; // (N, V)
    const gradient = tf.reshape(dy, [ids.size, dy.size / ids.size]); // (N, D)
    return matMul(tf.cast(chosen, "float32"), gradient, {transposeA: true});
  },
  variants: {wasm: ({dy, ids}, {count}) => sumOnHeap(dy, ids, count), webgpu: rowSums}
});

const rows = defineOp({
  name: "Gather",
  plain: ({table, ids}: {table: tf.Tensor; ids: tf.Tensor}, _: {count: number}): tf.Tensor => tf.gather(table, ids, 0),
  gradient: {
    inputs: ["ids"],
    rule: (dy, {ids}, _, {count}) => ({table: () => backward({dy, ids}, {count}), ids: () => tf.zerosLike(ids)})
  }
});

/** Each row of dy added to the row of its number. */
function sumOnHeap(dy: tf.Tensor, ids: tf.Tensor, count: number): tf.Tensor {
  const width = dy.size / ids.size;
  const table = allocate([count, width]);
  const [from, to, chosen] = [numbers(dy), numbers(table), ids.dataSync()];
  to.fill(0);
  chosen.forEach((row, use) => {
    for (let d = 0; d < width; ++d) to[row * width + d] += from[use * width + d];
  });
  return table;
}

/**
 * The rows of a table by number: y[…] = table[ids[…]], (V, D) and (…) → (…, D). A row's gradient is the sum over its uses.
 *
 * @param ids (…) int32 on {0, …, V − 1}; another number's row is whatever the backend makes of it.
 * @throws RangeError if the table is not (V, D) or ids are not int32.
 */
export function gather(table: tf.Tensor, ids: tf.Tensor): tf.Tensor {
  if (table.rank !== 2) throw new RangeError(`gather: expected a table (V, D), got (${table.shape.join(", ")})`);
  if (ids.dtype !== "int32") throw new RangeError(`gather: expected int32 ids, got ${ids.dtype}`);
  return rows({table, ids}, {count: table.shape[0]});
}
