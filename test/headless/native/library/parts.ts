import * as tf from "@tensorflow/tfjs";
import {attention as attentionLayer} from "../../../../src/components/layers/attention.js";
import {batchNorm as batchNormLayer} from "../../../../src/components/layers/batchNorm.js";
import {conv} from "../../../../src/components/layers/conv.js";
import {depthwiseConv} from "../../../../src/components/layers/depthwiseConv.js";
import {dropout} from "../../../../src/components/layers/dropout.js";
import {dropPath} from "../../../../src/components/layers/dropPath.js";
import {embedding} from "../../../../src/components/layers/embedding.js";
import {feedForward} from "../../../../src/components/layers/feedForward.js";
import {groupNorm} from "../../../../src/components/layers/groupNorm.js";
import {layerNorm} from "../../../../src/components/layers/layerNorm.js";
import {linear} from "../../../../src/components/layers/linear.js";
import {patchEmbedding, patchify, unpatchify} from "../../../../src/components/layers/patchEmbedding.js";
import {learnedPositions, sinusoidalPositions} from "../../../../src/components/layers/positions.js";
import {rmsNorm} from "../../../../src/components/layers/rmsNorm.js";
import {squeezeExcitation} from "../../../../src/components/layers/squeezeExcitation.js";
import {bce} from "../../../../src/components/losses/bce.js";
import {contrastive} from "../../../../src/components/losses/contrastive.js";
import {crossEntropies, crossEntropy} from "../../../../src/components/losses/crossEntropy.js";
import {crossView} from "../../../../src/components/losses/crossView.js";
import {focal} from "../../../../src/components/losses/focal.js";
import {huber} from "../../../../src/components/losses/huber.js";
import {found, infoNce, infoNces} from "../../../../src/components/losses/infoNce.js";
import {kl} from "../../../../src/components/losses/kl.js";
import {mae} from "../../../../src/components/losses/mae.js";
import {mse} from "../../../../src/components/losses/mse.js";
import {negativeCosine} from "../../../../src/components/losses/negativeCosine.js";
import {matched, ntXent, ntXents} from "../../../../src/components/losses/ntXent.js";
import {ntXentBlocks} from "../../../../src/components/losses/ntXentBlocks.js";
import {dice, iou, tversky} from "../../../../src/components/losses/overlap.js";
import {minedTriplet, triplet} from "../../../../src/components/losses/triplet.js";
import {rng} from "../../../../src/components/math/random.js";
import {attention} from "../../../../src/components/ops/attention.js";
import {batchNorm} from "../../../../src/components/ops/batchNorm.js";
import {conv2d} from "../../../../src/components/ops/conv2d.js";
import {depthwiseConv2d} from "../../../../src/components/ops/depthwiseConv2d.js";
import {gather} from "../../../../src/components/ops/gather.js";
import {dropout as dropped} from "../../../../src/components/ops/dropout.js";
import {gelu} from "../../../../src/components/ops/gelu.js";
import {l2Normalise} from "../../../../src/components/ops/l2Normalise.js";
import {longAttention} from "../../../../src/components/ops/longAttention.js";
import {matMul} from "../../../../src/components/ops/matMul.js";
import {mean, sum} from "../../../../src/components/ops/mean.js";
import {softmaxCrossEntropy} from "../../../../src/components/ops/softmaxCrossEntropy.js";
import {silu} from "../../../../src/components/ops/silu.js";
import {channelwise, correlate, spaced, turnedFilter, turnedTaps} from "../../../../src/components/ops/spatial.js";
import {listed, masks, some, whole, type Example} from "./example.js";

type In<K extends string> = Record<K, tf.Tensor>;

/** A layer that has only parameters, and an input. */
function layer<P extends tf.Tensor | object>(
  of: string,
  {init, apply}: {init(rng: never): P; apply(params: P, x: tf.Tensor): tf.Tensor | [tf.Tensor, tf.Tensor]},
  x: () => tf.Tensor
): Example {
  const made = (params: P, x: tf.Tensor) => [apply(params, x)].flat() as tf.Tensor[];
  return {
    of: `layers/${of}`,
    inputs: () => ({params: init(rng(1) as never) as never, x: x()}),
    f: ({params, x}: {params: P; x: tf.Tensor}) => ({y: listed(made(params, x))})
  };
}

const image = () => some(2, 2, 6, 4, 3);
const tokens = () => some(3, 2, 5, 6);

const ops: Example[] = [
  {
    of: "ops/attention.ts",
    inputs: () => ({x: {q: some(1, 2, 3, 4), k: some(2, 2, 5, 4), v: some(3, 2, 5, 6)}, mask: whole(4, 2, 3, 5)}),
    f({x: {q, k, v}, mask}: {x: In<"q" | "k" | "v">; mask: tf.Tensor}) {
      const seen = tf.maximum(tf.cast(mask, "float32"), tf.oneHot(tf.zeros([3], "int32") as tf.Tensor1D, 5));
      return {y: listed(attention(q, k, v, {mask: seen}))};
    }
  },
  {
    of: "ops/batchNorm.ts",
    inputs: () => ({x: some(1, 2, 4, 3, 5), params: {weight: some(2, 5), bias: some(3, 5)}}),
    f({x, params: {weight, bias}}: {x: tf.Tensor; params: In<"weight" | "bias">}) {
      const [y, mean, variance] = batchNorm(x, weight, bias, 1e-5);
      return {y, mean, variance};
    }
  },
  {
    of: "ops/depthwiseConv2d.ts",
    inputs: () => ({x: image(), params: {filter: some(4, 3, 3, 1, 3)}}),
    f: ({x, params: {filter}}: {x: tf.Tensor; params: In<"filter">}) => ({y: depthwiseConv2d(x, filter, {stride: 2, padding: 1})}) // prettier-ignore
  },
  {
    of: "ops/depthwiseConv2d.ts, in blocks",
    inputs: () => ({x: some(1, 2, 6, 7, 32), params: {filter: some(2, 5, 5, 1, 32)}}),
    f: ({x, params: {filter}}: {x: tf.Tensor; params: In<"filter">}) => ({y: depthwiseConv2d(x, filter, {padding: 2})})
  },
  {
    of: "ops/depthwiseConv2d.ts, in blocks with a stride",
    inputs: () => ({x: some(1, 3, 8, 9, 16), params: {filter: some(2, 3, 3, 1, 16)}}),
    f: ({x, params: {filter}}: {x: tf.Tensor; params: In<"filter">}) => ({y: depthwiseConv2d(x, filter, {stride: 2, padding: 1})}) // prettier-ignore
  },
  {of: "ops/silu.ts", inputs: () => ({x: some(1, 40)}), f: ({x}: In<"x">) => ({y: silu(x)})},
  {
    of: "ops/conv2d.ts",
    inputs: () => ({x: image(), params: {filter: some(4, 3, 3, 3, 5)}}),
    f: ({x, params: {filter}}: {x: tf.Tensor; params: In<"filter">}) => ({y: conv2d(x, filter, {stride: 2, padding: 1})}) // prettier-ignore
  },
  {
    of: "ops/conv2d.ts, its gradient's gradient",
    inputs: () => ({x: image(), params: {filter: some(4, 3, 3, 3, 5)}}),
    f({x, params: {filter}}: {x: tf.Tensor; params: In<"filter">}) {
      const square = (x: tf.Tensor, filter: tf.Tensor) => tf.square(conv2d(x, filter, {stride: 2, padding: 1}));
      return {y: listed(tf.grads(square)([x, filter]))};
    }
  },
  {
    of: "ops/longAttention.ts",
    inputs: () => ({x: {q: some(1, 2, 3, 4), k: some(2, 2, 5, 4), v: some(3, 2, 5, 6)}, mask: whole(4, 2, 3, 5)}),
    f({x: {q, k, v}, mask}: {x: In<"q" | "k" | "v">; mask: tf.Tensor}) {
      const seen = tf.maximum(tf.cast(mask, "float32"), tf.oneHot(tf.zeros([3], "int32") as tf.Tensor1D, 5));
      return {y: listed([longAttention(q, k, v), longAttention(q, k, v, {mask: seen})])};
    }
  },
  {
    of: "ops/gather.ts",
    inputs: () => ({x: some(1, 7, 3), ids: whole(2, 7, 2, 5)}),
    f: ({x, ids}: In<"x" | "ids">) => ({y: gather(x, ids)})
  },
  {
    of: "ops/dropout.ts",
    inputs: () => ({x: {x: some(1, 3, 4, 5), c: some(2, 3, 4, 5)}, kept: whole(3, 2, 3, 1, 5)}),
    f({x: {x, c}, kept}: {x: In<"x" | "c">; kept: tf.Tensor}) {
      const mask = tf.mul(tf.cast(kept, "float32"), 2);
      return {y: listed([dropped(x, mask), dropped(x, mask, c)])};
    }
  },
  {of: "ops/gelu.ts", inputs: () => ({x: some(1, 40)}), f: ({x}: In<"x">) => ({y: gelu(x)})},
  {of: "ops/l2Normalise.ts", inputs: () => ({x: some(1, 4, 6)}), f: ({x}: In<"x">) => ({y: l2Normalise(x)})},
  {
    of: "ops/matMul.ts",
    inputs: () => ({x: {a: some(1, 2, 3, 4), b: some(2, 2, 3, 4)}}),
    f: ({x: {a, b}}: {x: In<"a" | "b">}) => ({y: listed([{transposeA: true}, {transposeB: true}].map((which) => matMul(a, b, which)))}) // prettier-ignore
  },
  {
    of: "ops/mean.ts",
    inputs: () => ({x: some(1, 2, 3, 4)}),
    f: ({x}: In<"x">) => ({y: listed([mean(x, [0, 2]), sum(x, [1], true), mean(x)])})
  },
  {
    of: "ops/softmaxCrossEntropy.ts",
    inputs: () => ({x: some(1, 4, 6), targets: tf.softmax(some(2, 4, 6))}),
    f: ({x, targets}: In<"x" | "targets">) => ({y: softmaxCrossEntropy(x, targets)})
  },
  {
    of: "ops/spatial.ts, channel by channel",
    inputs: () => ({x: {image: image(), filter: some(4, 2, 3, 1, 3)}}),
    f: ({x: {image, filter}}: {x: In<"image" | "filter">}) => ({
      y: channelwise(image, turnedTaps(filter), {rows: [1, -1], columns: [2, 3]}, {stride: 2})
    })
  },
  {
    of: "ops/spatial.ts",
    inputs: () => ({x: {image: image(), filter: some(4, 2, 3, 3, 5)}}),
    f({x: {image, filter}}: {x: In<"image" | "filter">}) {
      const margins = {rows: [1, -1], columns: [2, 3]} as never;
      const wide = correlate(spaced(image, 1, 2), turnedFilter(turnedFilter(filter)), margins, {
        stride: 2,
        dilation: 2
      });
      return {y: wide};
    }
  }
];

const path = dropPath(0.4);
const norm = batchNormLayer(5);
const drop = dropout(0.4);
const feed = feedForward(6, 8, {rate: 0.3});

const layers: Example[] = [
  layer("attention.ts", attentionLayer(6, 2), tokens),
  layer("attention.ts, causal", attentionLayer(6, 3, {causal: true}), tokens),
  layer("conv.ts", conv(3, 4, {stride: 2, bias: true}), image),
  layer("depthwiseConv.ts", depthwiseConv(3, {kernel: 5, stride: 2, bias: true}), image),
  layer("squeezeExcitation.ts", squeezeExcitation(3, 2), image),
  layer("groupNorm.ts", groupNorm(6, {groups: 3}), () => some(1, 2, 4, 3, 6)),
  layer("layerNorm.ts", layerNorm(6), tokens),
  layer("linear.ts", linear(6, 4), tokens),
  layer("patchEmbedding.ts", patchEmbedding(3, 7, 2), image),
  layer("positions.ts, learned", learnedPositions(5, 6) as never, tokens),
  layer("rmsNorm.ts", rmsNorm(6), tokens),
  ...[true, false].map((training): Example => ({
    of: `layers/batchNorm.ts, training ${training}`,
    inputs: () => ({...norm.init(), x: some(1, 2, 4, 3, 5)}),
    f({params, stats, x}: ReturnType<typeof norm.init> & {x: tf.Tensor}) {
      const [y, after] = norm.apply(params, stats, x, {training});
      return {y, after};
    }
  })),
  {
    of: "layers/dropout.ts",
    inputs: () => ({x: tokens(), noise: masks({mask: drop.noise(rng(4), [2, 5, 6])})}),
    f: ({x, noise: {mask}}: {x: tf.Tensor; noise: In<"mask">}) => ({y: drop.apply(x, mask)})
  },
  {
    of: "layers/dropPath.ts",
    inputs: () => ({x: image(), noise: masks({mask: path.noise(rng(4), 2)!})}),
    f: ({x, noise: {mask}}: {x: tf.Tensor; noise: In<"mask">}) => ({y: path.apply(x, mask)})
  },
  {
    of: "layers/embedding.ts",
    inputs: () => ({params: embedding(7, 4).init(rng(1)), ids: whole(2, 7, 2, 5)}),
    f: ({params, ids}: {params: {weight: tf.Tensor}; ids: tf.Tensor}) => ({y: embedding(7, 4).apply(params, ids)})
  },
  {
    of: "layers/feedForward.ts",
    inputs: () => ({params: feed.init(rng(1)), x: tokens(), noise: masks(feed.noise(rng(4), [2, 5]))}),
    f: ({params, x, noise}: {params: never; x: tf.Tensor; noise: never}) => ({y: feed.apply(params, x, noise)})
  },
  {
    of: "layers/patchEmbedding.ts, patches and back",
    inputs: () => ({x: image()}),
    f({x}: In<"x">) {
      const rows = patchify(x, 2);
      return {y: {rows, image: unpatchify(tf.square(rows), 2, [6, 4])}};
    }
  },
  {
    of: "layers/positions.ts, sinusoids",
    inputs: () => ({x: tokens()}),
    f: ({x}: In<"x">) => ({y: tf.square(sinusoidalPositions(6).apply(x))})
  }
];

const pair = () => ({x: some(1, 4, 6), targets: some(2, 4, 6)});

const losses: Example[] = [
  {
    of: "losses/crossEntropy.ts",
    inputs: () => ({x: some(1, 4, 6), labels: whole(2, 6, 4)}),
    f: ({x, labels}: In<"x" | "labels">) => ({y: listed([crossEntropy(x, labels, {smoothing: 0.1}), crossEntropies(x, labels)])}) // prettier-ignore
  },
  {
    of: "losses/crossView.ts",
    inputs: () => ({x: {0: some(1, 4, 6), 1: some(2, 4, 6), 2: some(3, 4, 6)}, targets: tf.softmax(some(4, 2, 4, 6))}),
    f: ({x, targets}: {x: Record<string, tf.Tensor>; targets: tf.Tensor}) => ({
      y: crossView(tf.unstack(targets), Object.values(x))
    })
  },
  {
    of: "losses/infoNce.ts",
    inputs: () => ({x: {q: some(1, 4, 6), k: some(2, 4, 6), n: some(3, 9, 6)}}),
    f: ({x: {q, k, n}}: {x: In<"q" | "k" | "n">}) => ({
      y: listed([infoNce(q, k, n), infoNces(q, k, n)]),
      found: found(q, k, n)
    })
  },
  {
    of: "losses/ntXent.ts",
    inputs: () => ({x: {a: some(1, 4, 6), b: some(2, 4, 6)}, mask: tf.tensor([1, 1, 0, 1])}),
    f: ({x: {a, b}, mask}: {x: In<"a" | "b">; mask: tf.Tensor}) => ({
      y: listed([ntXent(a, b), tf.slice(ntXents(a, b, {mask}), 0, 2)]),
      matched: matched(a, b)
    })
  },
  {
    of: "losses/ntXentBlocks.ts",
    inputs: () => ({x: {a: some(1, 4, 6), b: some(2, 4, 6)}}),
    f: ({x: {a, b}}: {x: In<"a" | "b">}) => ({y: ntXentBlocks(a, b, {block: 3})})
  },
  {
    of: "losses/negativeCosine.ts",
    inputs: () => ({x: {p: some(1, 4, 6), z: some(2, 4, 6)}}),
    f: ({x: {p, z}}: {x: In<"p" | "z">}) => ({y: negativeCosine(p, z)})
  },
  {of: "losses/mae.ts", inputs: pair, f: ({x, targets}: In<"x" | "targets">) => ({y: mae(x, targets)})},
  {of: "losses/mse.ts", inputs: pair, f: ({x, targets}: In<"x" | "targets">) => ({y: mse(x, targets)})},
  {of: "losses/huber.ts", inputs: pair, f: ({x, targets}: In<"x" | "targets">) => ({y: huber(x, targets)})},
  {
    of: "losses/bce.ts",
    inputs: pair,
    f: ({x, targets}: In<"x" | "targets">) => ({y: bce(x, tf.sigmoid(targets))})
  },
  {
    of: "losses/kl.ts",
    inputs: () => ({x: some(1, 4, 6), targets: tf.softmax(some(2, 4, 6))}),
    f: ({x, targets}: In<"x" | "targets">) => ({y: kl(x, targets)})
  },
  {
    of: "losses/focal.ts",
    inputs: () => ({x: some(1, 4, 6), labels: whole(2, 6, 4)}),
    f: ({x, labels}: In<"x" | "labels">) => ({y: focal(x, labels, {weights: [1, 2, 3, 4, 5, 6]})})
  },
  {
    of: "losses/overlap.ts",
    inputs: () => ({x: tf.sigmoid(some(1, 2, 4, 5)), masks: whole(2, 2, 2, 4, 5)}),
    f({x, masks}: In<"x" | "masks">) {
      const g = tf.cast(masks, "float32");
      return {y: listed([dice(x, g), dice(x, g, {squared: true}), iou(x, g), tversky(x, g)])};
    }
  },
  {
    of: "losses/contrastive.ts",
    inputs: () => ({x: {first: some(1, 5, 3), second: some(2, 5, 3)}, alike: whole(3, 2, 5)}),
    f: ({x: {first, second}, alike}: {x: In<"first" | "second">; alike: tf.Tensor}) => ({
      y: contrastive(first, second, alike, {margin: 3})
    })
  },
  {
    of: "losses/triplet.ts",
    inputs: () => ({x: some(1, 6, 3), labels: whole(2, 3, 6)}),
    f({x, labels}: In<"x" | "labels">) {
      const mined = (["all", "semi-hard", "hard"] as const).map((mining) =>
        minedTriplet(x, labels, {mining, margin: 4})
      );
      const [a, p, n] = tf.split(x, 3);
      return {y: listed([...mined, triplet(a, p, n, {margin: 4})])};
    }
  }
];

/** Ops, layers and losses. */
export const parts: Example[] = [...ops, ...layers, ...losses];
