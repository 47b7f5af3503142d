import type * as tf from "@tensorflow/tfjs";
import type {Axis} from "../resize.js";
import {allocate} from "./backend.js";
import {groupsOf, lanesOf, run, vector, type Shader} from "./shader.js";

const size = 64;

/** `from` numbers for output i: its place between two of them. */
const centreFunction = ({from, to}: Axis) => `fn centre(i: i32) -> f32 {
  return clamp((f32(i) + 0.5) * ${from / to} - 0.5, 0.0, ${from - 1}.0);
}`;

const shader: Shader<Axis> = {
  name: "resize",
  size,
  bindings: ({inner}) => [
    {name: "y", type: vector(lanesOf(inner)), written: true},
    {name: "x", type: vector(lanesOf(inner))}
  ],
  declarations: centreFunction,
  body({outer, from, to, inner, adjoint}) {
    const width = inner / lanesOf(inner);
    const [given, made] = adjoint ? [to, from] : [from, to];
    const start = `let at = group * ${size} + local;
  if (at >= ${outer * made * width}) { return; }
  let i = at / ${width} % ${made};
  let base = at / ${made * width} * ${given * width} + at % ${width};`;
    if (!adjoint)
      return `${start}
  let t = centre(i);
  let low = i32(t);
  y[at] = mix(x[base + low * ${width}], x[base + min(low + 1, ${from - 1}) * ${width}], t - f32(low));`;
    // Outputs that number i is part of lie between those whose place is i − 1 and i + 1; one more at each end for rounding,
    // and at the borders all whose place was clamped.
    return `${start}
  let first = select(max(0, i32(floor((f32(i) - 0.5) * ${to / from} - 0.5)) - 1), 0, i == 0);
  let last = select(min(${to - 1}, i32(ceil((f32(i) + 1.5) * ${to / from} - 0.5)) + 1), ${to - 1}, i == ${from - 1});
  var sum = ${vector(lanesOf(inner))}();
  for (var j = first; j <= last; j++) { sum += max(0.0, 1.0 - abs(centre(j) - f32(i))) * x[base + j * ${width}]; }
  y[at] = sum;`;
  }
};

/** A tensor resized along one axis, or the transposed map. */
export function linearMap(x: tf.Tensor, axis: Axis): tf.Tensor {
  const {outer, from, to, inner, adjoint} = axis;
  const y = allocate([outer, adjoint ? from : to, inner]);
  run(shader, axis, [y, x], groupsOf(y.size / lanesOf(inner), size));
  return y;
}
