import type * as tf from "@tensorflow/tfjs";
import type {SymbolicTensor} from "@tensorflow/tfjs-layers";
import {stages} from "../components/models/stages.js";
import {classes, type Size} from "./size.js";

/**
 * The same ResNet-18 as a model of tf.layers, trained by its own `trainOnBatch` with `tf.train.momentum`. tf.layers is
 * loaded here and nowhere else.
 *
 * @param momentum the optimizer: tf.layers takes one of tfjs.
 * @returns one step, which gives the loss.
 */
export async function layersResnet(
  {width, side}: Size,
  images: tf.Tensor4D,
  labels: tf.Tensor2D,
  momentum: tf.Optimizer
): Promise<() => Promise<number>> {
  const {input, layers, model} = await import("@tensorflow/tfjs-layers");
  type Node = SymbolicTensor;
  const relu = (x: Node) => layers.activation({activation: "relu"}).apply(x) as Node;
  const unit = (x: Node, filters: number, kernelSize = 3, strides = 1) => {
    const options = {filters, kernelSize, strides, padding: "same", useBias: false} as const;
    const y = layers.conv2d({...options, kernelInitializer: "heNormal"}).apply(x);
    return layers.batchNormalization({momentum: 0.9, epsilon: 1e-5}).apply(y) as Node;
  };
  const image = input({shape: [side, side, 3]});
  let h = relu(unit(image, width));
  for (const {blocks, inputs, channels, stride} of stages(18, width))
    for (let i = 0; i < blocks; ++i) {
      const [from, by] = i ? [channels, 1] : [inputs, stride];
      const inner = unit(relu(unit(h, channels, 3, by)), channels);
      const around = by > 1 || from !== channels ? unit(h, channels, 1, by) : h;
      h = relu(layers.add().apply([inner, around]) as Node);
    }
  const pooled = layers.globalAveragePooling2d({}).apply(h);
  const outputs = layers.dense({units: classes, activation: "softmax"}).apply(pooled) as Node;
  const net = model({inputs: image, outputs});
  net.compile({optimizer: momentum as never, loss: "categoricalCrossentropy"});
  return async () => (await net.trainOnBatch(images as never, labels as never)) as number;
}
