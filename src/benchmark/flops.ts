/** One call of a kernel: the shapes it is given and gives. Lists of leaves come as one tensor each. */
export interface Call {
  kernel: string;
  inputs: Record<string, number[]>;
  attributes: Record<string, unknown>;
  outputs: number[][];
}

export const sizeOf = (shape: number[]): number => shape.reduce((product, n) => product * n, 1);
const sum = (shapes: number[][]) => shapes.reduce((total, shape) => total + sizeOf(shape), 0);

/** Kernels that put numbers elsewhere and compute none. */
const moves =
  /^(Identity|Reshape|Transpose|Slice|StridedSlice|Concat|Pack|Unpack|SplitV|Cast|Fill|ZerosLike|OnesLike|Tile|Pad\w*|GatherV2|OneHot|DlmGather|DlmBroadcast|ExpandDims)$/;

/**
 * Operations for each number of the largest tensor a kernel reads or writes, an addition, a multiplication, a division, a
 * root, an exponential and a comparison one each, along the formula in the op's own file. Kernels that are not named are
 * counted as one for each number they write: sums, products, comparisons of two tensors.
 */
const perNumber: Record<string, number> = {
  ...{DlmBatchNorm: 6, DlmBatchNormRelu: 7}, // mean 1, variance 3, scale and shift 2, ReLU 1
  ...{DlmBatchNormGradient: 9, DlmBatchNormReluGradient: 10}, // x̂ 2, two sums 3, dx 4, ReLU 1
  ...{DlmStandardise: 5, DlmStandardiseGradient: 9},
  ...{DlmSoftmaxCrossEntropy: 4, DlmSoftmaxCrossEntropyGradient: 4}, // maximum, difference, exponential, sum
  ...{DlmAttentionWeights: 5, DlmAttentionScoresGradient: 5}, // scale, maximum, exponential, sum, division
  ...{DlmGelu: 19, DlmGeluGradient: 24}, // the polynomial for erf is most of it
  ...{DlmSum: 1, Sum: 1, Mean: 1, Max: 1, ArgMax: 1, Softmax: 5, DlmCombine: 3}
};

/** Operations for each parameter that an update writes. */
const perParameter: Record<string, number> = {
  ...{DlmDescentUpdate: 2, DlmMomentumUpdate: 4, DlmAdamUpdate: 15, DlmRmspropUpdate: 8, DlmEmaUpdate: 3}
};

/**
 * Floating-point operations of a call: of convolutions and products two for each multiplication and addition of their
 * formula, whatever way a kernel computes them; of the rest by the tables above; 0 of what only moves numbers.
 */
export function flopsOf({kernel, inputs, attributes, outputs}: Call): number {
  const [out] = outputs;
  if (moves.test(kernel)) return 0;
  if (/^DlmConv2D$|^Conv2D$/.test(kernel)) return 2 * sizeOf(out) * taps(inputs.filter);
  if (kernel === "DlmConv2DInputGradient") return 2 * sizeOf(inputs.dy) * taps(inputs.filter);
  if (kernel === "DlmConv2DFilterGradient") return 2 * sizeOf(inputs.dy) * taps(out);
  if (/^DlmDepthwiseConv2D(InputGradient)?$/.test(kernel))
    return 2 * sizeOf(inputs.dy ?? out) * inputs.filter[0] * inputs.filter[1];
  if (kernel === "DlmDepthwiseConv2DFilterGradient") return 2 * sizeOf(inputs.dy) * out[0] * out[1];
  if (kernel === "DlmMatMul" || kernel === "BatchMatMul")
    return 2 * sizeOf(out) * inputs.a.at(attributes.transposeA ? -2 : -1)!;
  if (kernel in perParameter) return perParameter[kernel] * parametersOf(inputs);
  const largest = Math.max(...Object.values(inputs).map(sizeOf), ...outputs.map(sizeOf));
  return kernel in perNumber ? perNumber[kernel] * largest : sum(outputs);
}

/** Multiplications for each number of a convolution's output, (kh, kw, I, O): kh · kw · I. */
const taps = ([height, width, inputs]: number[]): number => height * width * inputs;

/** The numbers of the leaves of an update: those of `theta0`, `theta1` … or, of an average, the first list. */
function parametersOf(inputs: Record<string, number[]>): number {
  const names = Object.keys(inputs).filter((name) => /\d$/.test(name));
  const first = names[0]?.replace(/\d+$/, "");
  return sum(names.filter((name) => name.replace(/\d+$/, "") === first).map((name) => inputs[name]));
}

/** Bytes that a call has to move at least: every number it is given once, and every number it gives. */
export const bytesOf = ({inputs, outputs}: Pick<Call, "inputs" | "outputs">): number =>
  4 * (sum(Object.values(inputs)) + sum(outputs));

/** A kernel's name for a reader: `DlmConv2DInputGradient` → `conv2d input gradient`. */
export const titleOf = (kernel: string): string =>
  kernel
    .replace(/^Dlm/, "")
    .replace("2D", "2d")
    .replace(/([a-z0-9])(?=[A-Z])/g, "$1 ")
    .toLowerCase();
