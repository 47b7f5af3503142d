import type * as tf from "@tensorflow/tfjs";
import {allocate} from "./backend.js";
import {groupsOf, lanesOf, run, vector, type Shader} from "./shader.js";

const size = 64;

type Uses = {uses: number; count: number; width: number};

// WebGPU adds no floats atomically: each row of the table looks through all ids for its own.
const shader: Shader<Uses> = {
  name: "gather gradient",
  size,
  bindings: ({width}) => [
    {name: "table", type: vector(lanesOf(width)), written: true},
    {name: "dy", type: vector(lanesOf(width))},
    {name: "ids", type: "i32"}
  ],
  body({uses, count, width}) {
    const vectors = width / lanesOf(width);
    return `let at = group * ${size} + local;
  if (at >= ${count * vectors}) { return; }
  let row = at / ${vectors};
  var sum = ${vector(lanesOf(width))}();
  for (var i = 0; i < ${uses}; i++) {
    if (ids[i] == row) { sum += dy[i * ${vectors} + at % ${vectors}]; }
  }
  table[at] = sum;`;
  }
};

/** The gradient by the table of `gather`: for each of `count` rows the sum of dy over its uses. */
export function rowSums({dy, ids}: Record<"dy" | "ids", tf.Tensor>, {count}: {count: number}): tf.Tensor | null {
  if (dy.dtype !== "float32" || dy.size === 0) return null;
  const sizes = {uses: ids.size, count, width: dy.size / ids.size};
  const table = allocate([count, sizes.width]);
  run(shader, sizes, [table, dy, ids], groupsOf((count * sizes.width) / lanesOf(sizes.width), size));
  return table;
}
