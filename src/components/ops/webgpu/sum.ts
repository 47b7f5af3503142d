import type * as tf from "@tensorflow/tfjs";
import {allocate} from "./backend.js";
import {groupsOf, lanesOf, run, vector, type Shader} from "./shader.js";

const size = 64;

/** A tensor as (outer, count, inner), its middle axis to be summed in `parts` shares or to be repeated. */
type Middle = {outer: number; count: number; inner: number; parts: number};

// A share takes every parts-th element, so that neighbouring invocations read neighbours also where inner = 1.
const sumShader: Shader<Middle> = {
  name: "sum",
  size,
  bindings: ({inner}) => [
    {name: "y", type: vector(lanesOf(inner)), written: true},
    {name: "x", type: vector(lanesOf(inner))}
  ],
  body({outer, count, inner, parts}) {
    const width = inner / lanesOf(inner);
    return `let at = group * ${size} + local;
  if (at >= ${outer * parts * width}) { return; }
  let column = at % ${width};
  let part = at / ${width} % ${parts};
  let block = at / ${width * parts} * ${count};
  var sum = ${vector(lanesOf(inner))}();
  for (var k = part; k < ${count}; k += ${parts}) { sum += x[(block + k) * ${width} + column]; }
  y[at] = sum;`;
  }
};

const repeatShader: Shader<Middle> = {
  ...sumShader,
  name: "repeat",
  body({outer, count, inner}) {
    const width = inner / lanesOf(inner);
    return `let at = group * ${size} + local;
  if (at >= ${outer * count * width}) { return; }
  y[at] = x[at / ${count * width} * ${width} + at % ${width}];`;
  }
};

/** Σ over the middle axis of a tensor taken as (outer, count, inner). */
export function sumOfMiddle(x: tf.Tensor, [outer, count, inner]: [number, number, number], shape: number[]): tf.Tensor {
  const results = (outer * inner) / lanesOf(inner);
  const parts = Math.max(1, Math.min(Math.floor(4096 / results), Math.ceil(count / 16)));
  const partial = allocate(parts > 1 ? [outer, parts, inner] : shape);
  run(sumShader, {outer, count, inner, parts}, [partial, x], groupsOf(results * parts, size));
  return parts > 1 ? sumOfMiddle(partial, [outer, parts, inner], shape) : partial;
}

/** Σ over the first axis. */
export const sumOfParts = (x: tf.Tensor, shape: number[]): tf.Tensor =>
  sumOfMiddle(x, [1, x.shape[0], x.size / x.shape[0]], shape);

/** A tensor of (outer, inner) repeated along a middle axis. */
export function repeatMiddle(
  x: tf.Tensor,
  [outer, count, inner]: [number, number, number],
  shape: number[]
): tf.Tensor {
  const y = allocate(shape);
  const vectors = (outer * count * inner) / lanesOf(inner);
  run(repeatShader, {outer, count, inner, parts: 1}, [y, x], groupsOf(vectors, size));
  return y;
}
