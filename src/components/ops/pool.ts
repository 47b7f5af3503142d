import * as tf from "@tensorflow/tfjs";
import {shapes} from "../tensor/shape.js";
import {defineOp} from "./op.js";
import {scatterOnHeap} from "./poolWasm.js";
import * as webgpu from "./webgpu/pool.js";

/** Windows of k × k pixels, a stride s apart, with p pixels of margin on each side. */
export type Windows = {size: number; stride: number; padding: number};
/** Images, what pooling made of them, and the gradient for that. */
export type Pooled = Record<"dy" | "x" | "y", tf.Tensor>;

const attributes = ({size, stride, padding}: Windows) => ({filterSize: size, strides: stride, pad: padding});

const stock = (name: string, inputs: Record<string, tf.Tensor>, windows: Windows): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attributes(windows) as never) as tf.Tensor;

type Plain = {
  forward(x: tf.Tensor, windows: Windows): tf.Tensor;
  backward(pooled: Pooled, windows: Windows): tf.Tensor;
};

const stockPools: Record<"max" | "avg", Plain> = {
  max: {
    forward: (x, windows) => stock("MaxPool", {x}, windows),
    backward: ({dy, x, y}, windows) => stock("MaxPoolGrad", {dy, input: x, output: y}, windows)
  },
  // The stock mean leaves a margin out, its gradient counts it: with a margin that is part of the image both agree.
  avg: {
    forward: (x, {padding, ...windows}) => stock("AvgPool", {x: widened(x, padding)}, {...windows, padding: 0}),
    backward({dy, x}, {padding, ...windows}) {
      const wide = stock("AvgPoolGrad", {dy, input: widened(x, padding)}, {...windows, padding: 0});
      return padding ? tf.slice(wide, [0, padding, padding, 0], x.shape) : wide;
    }
  }
};

const widened = (x: tf.Tensor, margin: number): tf.Tensor =>
  margin ? tf.pad(x, [[0, 0], [margin, margin], [margin, margin], [0, 0]]) : x; // prettier-ignore

/** Pooling of one kind, its gradient from the images, y and dy. */
function pooling(kind: "max" | "avg") {
  const name = kind === "max" ? "MaxPool" : "AvgPool";
  const backward = defineOp({
    name: `${name}Gradient`,
    plain: (pooled: Pooled, windows: Windows): tf.Tensor => stockPools[kind].backward(pooled, windows),
    variants: {wasm: scatterOnHeap(kind), webgpu: webgpu.backward(kind)} // stock wasm has no such kernels
  });
  return defineOp({
    name,
    plain: ({x}: {x: tf.Tensor}, windows: Windows): tf.Tensor => stockPools[kind].forward(x, windows),
    variants: {webgpu: webgpu.forward(kind)},
    gradient: {
      inputs: ["x"],
      outputs: [true],
      rule: (dy, {x}, [y], windows) => ({x: () => backward({dy, x, y}, windows)})
    }
  });
}

const largest = pooling("max");
const average = pooling("avg");

type Options = {size: number; stride?: number; padding?: number};

/**
 * The largest number of each window, channel by channel: (B, H, W, C) → (B, H', W', C), H' = ⌊(H + 2p − k) / s⌋ + 1.
 *
 * The gradient goes to the first pixel of a window that holds its largest number.
 *
 * @param options k; stride s, which is k unless told; padding p < k.
 * @throws RangeError if x is no image, an option is not such an integer, or the window does not fit.
 */
export function maxPool(x: tf.Tensor, options: Options): tf.Tensor4D {
  return largest({x}, windowsOf("maxPool", x, options)) as tf.Tensor4D;
}

/** The mean of each window, zeros in the margin, as torch has it; otherwise as `maxPool`. */
export function avgPool(x: tf.Tensor, options: Options): tf.Tensor4D {
  return average({x}, windowsOf("avgPool", x, options)) as tf.Tensor4D;
}

function windowsOf(caller: string, x: tf.Tensor, {size, stride = size, padding = 0}: Options): Windows {
  const {H, W} = shapes(caller, {x: [x, "B H W C"]});
  const bounds = [["size", size, 1, Math.min(H, W) + 2 * padding], ["stride", stride, 1, Infinity], ["padding", padding, 0, size - 1]] as const; // prettier-ignore
  for (const [name, value, least, most] of bounds)
    if (!Number.isInteger(value) || value < least || value > most)
      throw new RangeError(`${caller}: expected an integer ${name} in [${least}, ${most}], got ${value}`);
  return {size, stride, padding};
}
