import {depthwise, depthwiseFilterGradient, depthwiseInputGradient} from "../../convolution/depthwise.js";
import {filterGradient} from "../../convolution/filterGradient.js";
import {convolution as forward} from "../../convolution/forward.js";
import {squareGeometry, stockGeometry, type StockOptions} from "../../convolution/geometry.js";
import {inputGradient} from "../../convolution/inputGradient.js";
import type {Table} from "../kernel.js";
import type {Recording, Value} from "../value.js";

type Shape = [number, number, number, number];
type Square = {stride: number; padding: number};
type Own = {stride: number; padding: number; dilation: number; sizes: number[]};

/** Our depthwise filters are (h, w, 1, C), the stock ones (h, w, C, 1). */
const ownTaps = (r: Recording, filter: Value) =>
  r.reshape(filter, [filter.shape[0], filter.shape[1], filter.shape[3], 1]);

const channelwise = (x: number[], filter: number[], options: Square) => ({
  ...squareGeometry(x, filter, {...options, dilation: 1}),
  outputs: x[3]
});

/** Kernels of convolution: the stock ones, and those of our ops, whose plain compositions are slower. */
export const convolution: Table = {
  Conv2D: ({x, filter}, options: StockOptions, r) =>
    forward(r, x, filter, stockGeometry(x.shape, filter.shape, options)),
  Conv2DBackpropInput({dy, filter}, options: StockOptions & {inputShape: Shape}, r) {
    return inputGradient(r, dy, filter, stockGeometry(options.inputShape, filter.shape, options));
  },
  Conv2DBackpropFilter({x, dy}, options: StockOptions & {filterShape: Shape}, r) {
    return filterGradient(r, x, dy, stockGeometry(x.shape, options.filterShape, options));
  },
  DlmConv2D: ({x, filter}, options: Own, r) => forward(r, x, filter, squareGeometry(x.shape, filter.shape, options)),
  DlmConv2DInputGradient({dy, filter}, {sizes, ...options}: Own, r) {
    const shape = [dy.shape[0], ...sizes, filter.shape[2]];
    return inputGradient(r, dy, filter, squareGeometry(shape, filter.shape, options));
  },
  DlmConv2DFilterGradient({x, dy}, {sizes, ...options}: Own, r) {
    return filterGradient(r, x, dy, squareGeometry(x.shape, [...sizes, x.shape[3], dy.shape[3]], options));
  },
  DlmDepthwiseConv2D({x, filter}, options: Square, r) {
    const taps = ownTaps(r, filter);
    return depthwise(r, x, taps, channelwise(x.shape, taps.shape, options));
  },
  DlmDepthwiseConv2DInputGradient({dy, filter}, {sizes, ...options}: Square & {sizes: number[]}, r) {
    const [taps, shape] = [ownTaps(r, filter), [dy.shape[0], ...sizes, dy.shape[3]]];
    return depthwiseInputGradient(r, dy, taps, channelwise(shape, taps.shape, options));
  },
  DlmDepthwiseConv2DFilterGradient({x, dy}, {sizes, ...options}: Square & {sizes: number[]}, r) {
    const g = channelwise(x.shape, [...sizes, x.shape[3], 1], options);
    return r.reshape(depthwiseFilterGradient(r, x, dy, g), [...sizes, 1, x.shape[3]]);
  },
  DepthwiseConv2dNative({x, filter}, options: StockOptions, r) {
    return depthwise(r, x, filter, stockGeometry(x.shape, filter.shape, options, true));
  },
  DepthwiseConv2dNativeBackpropInput({dy, filter}, options: StockOptions & {inputShape: Shape}, r) {
    return depthwiseInputGradient(r, dy, filter, stockGeometry(options.inputShape, filter.shape, options, true));
  },
  DepthwiseConv2dNativeBackpropFilter({x, dy}, options: StockOptions & {filterShape: Shape}, r) {
    return depthwiseFilterGradient(r, x, dy, stockGeometry(x.shape, options.filterShape, options, true));
  }
};
