import type * as tf from "@tensorflow/tfjs";
import type {Dropped} from "../dropout.js";
import {allocate} from "./backend.js";
import {groupsOf, lanesOf, run, vector, type Shader} from "./shader.js";
import {broadcastPlace} from "./text.js";

const size = 64;

/** Vectors of `lanes` numbers; `wide` where the mask has a number for each of them, and not one for all. */
type Masked = {shape: number[]; mask: number[]; lanes: 1 | 4; wide: boolean; plus: boolean};

const shader: Shader<Masked> = {
  name: "dropout",
  size,
  bindings: ({lanes, wide, plus}) => [
    {name: "y", type: vector(lanes), written: true},
    {name: "x", type: vector(lanes)},
    {name: "mask", type: vector(wide ? lanes : 1)},
    ...(plus ? [{name: "summand", type: vector(lanes)}] : [])
  ],
  body({shape, mask, lanes, wide, plus}) {
    const count = shape.reduce((product, n) => product * n, 1);
    return `let at = group * ${size} + local;
  if (at >= ${count / lanes}) { return; }
  let first = at * ${lanes};
  let factor = mask[(${broadcastPlace(mask, shape, "first")})${wide && lanes > 1 ? " / 4" : ""}];
  y[at] = ${plus ? "summand[at] + " : ""}x[at] * factor;`;
  }
};

/** x ∘ mask, or plus + x ∘ mask, in one pass. */
export function dropout({x, mask, plus}: Dropped): tf.Tensor {
  const y = allocate(x.shape);
  const last = (of: number[]) => of.at(-1) ?? 1;
  const wide = last(mask.shape) > 1 || last(x.shape) === 1;
  // four neighbours share a mask's number, or four of its numbers lie side by side too
  const lanes = String(mask.shape) === String(x.shape) ? lanesOf(x.size) : lanesOf(last(x.shape));
  const tensors = [y, x, mask, ...(plus ? [plus] : [])];
  run(shader, {shape: x.shape, mask: mask.shape, lanes, wide, plus: !!plus}, tensors, groupsOf(x.size / lanes, size));
  return y;
}
