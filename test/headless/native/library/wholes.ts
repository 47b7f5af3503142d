import * as tf from "@tensorflow/tfjs";
import {rng} from "../../../../src/components/math/random.js";
import {depthwiseConv} from "../../../../src/components/layers/depthwiseConv.js";
import {basicBlock} from "../../../../src/components/models/basicBlock.js";
import {classifier} from "../../../../src/components/models/classifier.js";
import {convnext} from "../../../../src/components/models/convnext.js";
import {convnextBlock} from "../../../../src/components/models/convnextBlock.js";
import {convNorm} from "../../../../src/components/models/convNorm.js";
import {dinoHead} from "../../../../src/components/models/dinoHead.js";
import {efficientnet} from "../../../../src/components/models/efficientnet.js";
import {embeddingNet} from "../../../../src/components/models/embeddingNet.js";
import {encoderBlock} from "../../../../src/components/models/encoderBlock.js";
import {ladder} from "../../../../src/components/models/ladder.js";
import {rungs} from "../../../../src/components/models/ladderPlan.js";
import {ladderUnit} from "../../../../src/components/models/ladderUnit.js";
import {mbConv} from "../../../../src/components/models/mbConv.js";
import type {MbPlan} from "../../../../src/components/models/mbPlan.js";
import {mlp} from "../../../../src/components/models/mlp.js";
import type {Model} from "../../../../src/components/models/model.js";
import {projectionHead} from "../../../../src/components/models/projectionHead.js";
import {resnet} from "../../../../src/components/models/resnet.js";
import {unet} from "../../../../src/components/models/unet.js";
import {vit} from "../../../../src/components/models/vit.js";
import {silu} from "../../../../src/components/ops/silu.js";
import {matMul} from "../../../../src/components/ops/matMul.js";
import {mean} from "../../../../src/components/ops/mean.js";
import {adam} from "../../../../src/components/optimizers/adam.js";
import {adamw} from "../../../../src/components/optimizers/adamw.js";
import {clipByGlobalNorm, clipped} from "../../../../src/components/optimizers/clip.js";
import {lossScaled} from "../../../../src/components/optimizers/lossScale.js";
import type {Optimizer} from "../../../../src/components/optimizers/optimizer.js";
import {rmsprop} from "../../../../src/components/optimizers/rmsprop.js";
import {sam} from "../../../../src/components/optimizers/sam.js";
import {sgd} from "../../../../src/components/optimizers/sgd.js";
import type {Tree} from "../../../../src/components/tensor/tree.js";
import {listed, masks, some, type Example} from "./example.js";

type Applied = {params: never; stats: never; data: tf.Tensor; noise: never};

/** A model in training, unless told: its output differentiated by its parameters, its statistics beside it. */
const model = (
  of: string,
  {init, noise, apply}: Model<never, never>,
  data: () => tf.Tensor,
  training = true
): Example => ({
  of: `models/${of}`,
  inputs: () => ({...init(rng(1)), data: data(), noise: masks(noise?.(rng(2), 3) ?? {})}),
  f({params, stats, data, noise}: Applied) {
    const [y, after] = apply(params, stats ?? ({} as never), data, {training, noise: noise ?? {}});
    return {y, after};
  }
});

const block = basicBlock(3, 4, {stride: 2});
const encoder = encoderBlock(6, 2, {mlp: 8, dropout: 0.2, dropPath: 0.3});
const sizes = {image: 8, patch: 4, width: 6, depth: 2, heads: 2, mlp: 8};
const images = () => some(1, 3, 8, 8, 3);
const larger = () => some(1, 3, 16, 16, 3); // a norm of one pixel in three images would magnify rounding

const places = convNorm(depthwiseConv(3), 3, silu);
const mb = mbConv({inputs: 3, channels: 3, expand: 4, kernel: 3, stride: 1}, {rate: 0.4});
const next = convnextBlock(3, {layerScale: 0.5, rate: 0.4});
const plan: MbPlan = {
  stem: {channels: 16, stride: 1},
  stages: [
    {expand: 1, kernel: 3, stride: 1, channels: 8, blocks: 1},
    {expand: 2, kernel: 5, stride: 2, channels: 8, blocks: 2}
  ],
  head: 16
};
const unit = {depthwise: true, kernel: 3, stride: 1, padding: 1, inputs: 3, outputs: 3};
const layered = ladderUnit({...unit, norm: "layer", activation: "gelu"});
const every = Object.fromEntries(rungs.map((rung) => [rung, true]));
const small = () => some(1, 3, 32, 32, 3);

const models: Example[] = [
  {
    of: "models/convNorm.ts",
    inputs: () => ({...places.init(rng(1)), x: images()}),
    f({params, stats, x}: ReturnType<typeof places.init> & {x: tf.Tensor}) {
      const [y, after] = places.apply(params, stats, x, {training: true});
      return {y, after};
    }
  },
  {
    of: "models/mbConv.ts",
    inputs: () => ({...mb.init(rng(1)), x: images(), noise: masks({mask: mb.noise(rng(2), 3)!})}),
    f({
      params,
      stats,
      x,
      noise: {mask}
    }: ReturnType<typeof mb.init> & {x: tf.Tensor; noise: Record<string, tf.Tensor>}) {
      const [y, after, weights] = mb.apply(params, stats, x, {training: true, mask});
      return {y, after, weights};
    }
  },
  {
    of: "models/convnextBlock.ts",
    inputs: () => ({params: next.init(rng(1)), x: images(), noise: masks({mask: next.noise(rng(2), 3)!})}),
    f: ({params, x, noise: {mask}}: {params: never; x: tf.Tensor; noise: Record<string, tf.Tensor>}) => ({
      y: next.apply(params, x, mask)
    })
  },
  {
    of: "models/ladderUnit.ts",
    inputs: () => ({params: layered.init(rng(1)).params, x: images()}),
    f: ({params, x}: {params: never; x: tf.Tensor}) => ({y: layered.apply(params, {}, x)[0]})
  },
  // In training a projection's β has no gradient but rounding: the next norm takes every shift of a channel out again.
  model("efficientnet.ts", efficientnet(plan, {dropPath: 0.3}) as never, larger, false),
  model("convnext.ts", convnext({depths: [1, 2], dims: [16, 6], patch: 2}, {dropPath: 0.3, layerScale: 0.5}) as never, larger), // prettier-ignore
  model("ladder.ts", ladder(4, {depthwise: true}) as never, small, false),
  model("ladder.ts, every step", ladder(4, every) as never, small),
  {
    of: "models/basicBlock.ts",
    inputs: () => ({...block.init(rng(1)), x: images()}),
    f({params, stats, x}: ReturnType<typeof block.init> & {x: tf.Tensor}) {
      const [y, after] = block.apply(params, stats, x, {training: true});
      return {y, after};
    }
  },
  {
    of: "models/encoderBlock.ts",
    inputs: () => ({params: encoder.init(rng(1)), x: some(1, 3, 5, 6), noise: masks(encoder.noise(rng(2), 3, 5))}),
    f: ({params, x, noise}: {params: never; x: tf.Tensor; noise: never}) => ({
      y: listed(encoder.apply(params, x, noise))
    })
  },
  model("embeddingNet.ts", embeddingNet({width: 3, dimensions: 5}) as never, () => some(1, 3, 28, 28, 1)),
  model("unet.ts", unet({width: 3, levels: 2}) as never, images),
  model("mlp.ts", mlp([192, 7, 5], {rate: 0.4}) as never, images),
  model("resnet.ts", resnet({depth: 10, width: 4}) as never, larger),
  model("classifier.ts", classifier(resnet({depth: 10, width: 4}), 3) as never, larger),
  model("dinoHead.ts", dinoHead(6, 9, {hidden: 7, bottleneck: 5}) as never, () => some(1, 3, 6)),
  model("dinoHead.ts, normalised", dinoHead(6, 9, {hidden: 7, bottleneck: 5, norm: true}) as never, () =>
    some(1, 8, 6)
  ),
  model("projectionHead.ts", projectionHead(6, 7, 5) as never, () => some(1, 8, 6)),
  model("vit.ts", vit(sizes, {dropout: 0.2, dropPath: 0.3}) as never, images),
  model("vit.ts, mean of the tokens", vit(sizes, {pool: "mean", positions: "sinusoidal"}) as never, images)
];

const gradients = () => ({w: some(2, 3, 4), b: some(3, 4)});

/** Two updates at two rates. */
const optimizer = (of: string, {init, update}: Optimizer<never>): Example => ({
  of: `optimizers/${of}`,
  inputs() {
    const weights: Tree = {w: some(1, 3, 4), b: some(5, 4)};
    return {weights, before: init(weights), gradients: gradients(), rates: {0: some(6), 1: some(7)}};
  },
  f({weights, before, gradients, rates}: {weights: Tree; before: never; gradients: Tree; rates: tf.Scalar[]}) {
    const first = update(weights, gradients, before, rates[0]);
    const [after, state] = update(first[0], gradients, first[1], rates[1]);
    return {after, state};
  }
});
const decay = {amount: 0.1};

const optimizers: Example[] = [
  optimizer("adam.ts", adam({decay}) as never),
  optimizer("adamw.ts", adamw({decay}) as never),
  optimizer("rmsprop.ts", rmsprop({decay}) as never),
  optimizer("sgd.ts", sgd({momentum: 0.9, nesterov: true, decay}) as never),
  {
    of: "optimizers/clip.ts",
    inputs: gradients,
    f(gradients: Tree) {
      const [clipped, norm] = clipByGlobalNorm(gradients, 0.5);
      return {clipped, norm};
    }
  },
  optimizer("clip.ts, around another", clipped(adam(), 0.5) as never),
  optimizer("lossScale.ts", lossScaled(adam(), {initial: 8, interval: 2}) as never),
  {
    of: "optimizers/sam.ts",
    inputs: () => ({weights: {w: some(1, 3, 4), b: some(5, 4)}, data: some(8, 6, 3)}),
    f({weights, data}: {weights: Record<"w" | "b", tf.Tensor>; data: tf.Tensor}) {
      const loss = ({w, b}: typeof weights): [tf.Scalar, tf.Tensor] => {
        const y = tf.tanh(tf.add(matMul(data, w), b));
        return [mean(tf.square(tf.sub(y, 0.5))), y];
      };
      const [value, steep, y] = sam(0.3)(loss)(weights);
      return {value, steep, seen: y};
    }
  }
];

/** Models and optimizers. */
export const wholes: Example[] = [...models, ...optimizers];
