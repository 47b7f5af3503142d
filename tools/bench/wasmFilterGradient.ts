import * as tf from "@tensorflow/tfjs";

interface Attributes {
  strides: number | [number, number];
  pad: unknown;
  filterShape: [number, number, number, number];
}

/**
 * Gives the wasm backend the one kernel of a convolution's gradient that tfjs lacks there, composed of its other ops: for
 * every tap of the filter a product of the pixels it sees with the output's gradient, nine of a 3 × 3. Without it stock
 * tfjs cannot train a convolution on wasm at all (tensorflow/tfjs#8474).
 */
export function registerFilterGradient(): void {
  if (tf.getKernel("Conv2DBackpropFilter", "wasm")) return;
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc({inputs, attrs}) {
      const [x, dy] = [inputs.x!, inputs.dy!].map((info) =>
        tf.engine().makeTensorFromTensorInfo(info)
      ) as tf.Tensor4D[];
      const {strides, pad, filterShape} = attrs as unknown as Attributes;
      const {strideHeight, strideWidth, padInfo} = tf.backend_util.computeConv2DInfo(
        x.shape,
        filterShape,
        strides,
        1,
        pad as "same"
      );
      const {top, bottom, left, right} = padInfo;
      const wide = tf.pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]]); // prettier-ignore
      return perTap(wide, dy, filterShape, [strideHeight, strideWidth]);
    }
  });
}

function perTap(
  wide: tf.Tensor4D,
  dy: tf.Tensor4D,
  filter: [number, number, number, number],
  [down, across]: [number, number]
): tf.Tensor {
  const [batch, height, width, outputs] = dy.shape;
  const [rows, columns, inputs] = filter;
  const flat = tf.reshape(dy, [-1, outputs]);
  const products: tf.Tensor[] = [];
  for (let i = 0; i < rows; ++i)
    for (let j = 0; j < columns; ++j) {
      const end = [batch, i + (height - 1) * down + 1, j + (width - 1) * across + 1, inputs];
      const seen = tf.stridedSlice(wide, [0, i, j, 0], end, [1, down, across, 1]);
      products.push(tf.matMul(tf.reshape(seen, [-1, inputs]), flat, true, false));
    }
  return tf.reshape(tf.stack(products), filter);
}
