import type {Attributes, Inputs} from "./kernel.js";
import {count, type Value} from "./value.js";

type Count = (inputs: Inputs, attributes: Attributes, made: Value) => number;

/** Every place of y takes the whole filter, a dense one or a depthwise one: 2 N H' W' · h w I O. Padding is counted too. */
const convolution = (y: Value, filter: Value) => 2 * count(y.shape.slice(0, 3)) * count(filter.shape);

/** A convolution, and its gradients for the image and for the filter: the same products, added up in another order. */
const forward: Count = ({filter}, _, y) => convolution(y, filter);
const inputGradient: Count = ({dy, filter}) => convolution(dy, filter);
const filterGradient: Count = ({dy}, _, filter) => convolution(dy, filter);

const counts: Record<string, Count> = {
  Conv2D: forward,
  Conv2DBackpropInput: inputGradient,
  Conv2DBackpropFilter: filterGradient,
  DlmConv2D: forward,
  DlmConv2DInputGradient: inputGradient,
  DlmConv2DFilterGradient: filterGradient,
  DlmDepthwiseConv2D: forward,
  DlmDepthwiseConv2DInputGradient: inputGradient,
  DlmDepthwiseConv2DFilterGradient: filterGradient,
  DepthwiseConv2dNative: forward,
  DepthwiseConv2dNativeBackpropInput: inputGradient,
  DepthwiseConv2dNativeBackpropFilter: filterGradient,
  BatchMatMul: ({a}, {transposeA}, y) => 2 * count(y.shape) * a.shape.at(transposeA ? -2 : -1)!
};

/**
 * The floating-point operations of a kernel by its shapes, a multiplication and an addition for each product; 0 for what is
 * neither a convolution nor a matrix product, as is usual. How the kernel is written in ONNX does not matter.
 */
export function flopsOf(kernel: string, inputs: Inputs, attributes: Attributes, made: Value | Value[]): number {
  return Array.isArray(made) ? 0 : (counts[kernel]?.(inputs, attributes, made) ?? 0);
}
