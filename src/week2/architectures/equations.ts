import {sigmoid} from "../../components/math/activations.js";
import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import type {Rng} from "../../components/math/random.js";
import {convnextLayers, ladderLayers, sumOf} from "../architectureCount.js";
import {ladderPlan} from "../../components/models/ladderPlan.js";
import * as hand from "./byHand.js";

const whole = (rng: Rng, low: number, high: number) => low + rng.integers(1, high - low + 1)[0];
const normal = (rng: Rng, count: number) => Array.from(rng.normal(count));
const table = (rng: Rng, rows: number, columns: number) => Array.from({length: rows}, () => normal(rng, columns));

const factor = numbered(
  "factor",
  "a depthwise and a 1 × 1 convolution, one after the other, against the full convolution with the product of their weights",
  "w[i, j, c, o] = a[i, j, c] p[o, c]",
  (rng, mutated) => {
    const C = 3;
    const x = hand.imageOf(normal(rng, 5 * 6 * C), [5, 6, C]);
    const a = hand.imageOf(normal(rng, 9 * C), [3, 3, C]);
    const p = table(rng, C, C);
    const placing = {stride: whole(rng, 1, 2), padding: 1};
    const product = a.map((row) => row.map((tap) => tap.map((value, c) => p[c].map((_, o) => value * (mutated ? p[o][c] : p[c][o]))))); // prettier-ignore
    const [two, one] = [hand.pointwise(hand.depthwise(x, a, placing), p), hand.full(x, product, placing)];
    return apart(hand.flat(two), hand.flat(one), 1e-12);
  }
);

const ratio = numbered(
  "ratio",
  "the multiplications of both kinds, counted one by one in the loops of their definitions",
  "1 / C instead of 1 / C′",
  (rng, mutated) => {
    const [k, C, O, places] = [whole(rng, 1, 2) * 2 + 1, whole(rng, 2, 5), whole(rng, 6, 9), whole(rng, 2, 4) ** 2];
    let [separable, full] = [0, 0];
    for (let place = 0; place < places; ++place) {
      for (let tap = 0; tap < k * k; ++tap) for (let c = 0; c < C; ++c) separable += 1;
      for (let c = 0; c < C; ++c) for (let o = 0; o < O; ++o) separable += 1;
      for (let tap = 0; tap < k * k; ++tap) for (let c = 0; c < C; ++c) for (let o = 0; o < O; ++o) full += 1;
    }
    return {got: separable / full, expected: 1 / (mutated ? C : O) + 1 / k ** 2, within: 1e-12};
  }
);

/** A depthwise convolution at a drawn point. */
function drawn(rng: Rng) {
  const [rows, columns, C] = [whole(rng, 4, 6), whole(rng, 4, 6), 2];
  const placing = {stride: whole(rng, 1, 2), padding: 1};
  const x = normal(rng, rows * columns * C);
  const w = normal(rng, 9 * C);
  const image = (numbers: number[]) => hand.imageOf(numbers, [rows, columns, C]);
  const filter = (numbers: number[]) => hand.imageOf(numbers, [3, 3, C]);
  const y = hand.depthwise(image(x), filter(w), placing);
  const dy = hand.imageOf(normal(rng, hand.flat(y).length), [y.length, y[0].length, C]);
  const arriving = hand.flat(dy);
  const along = (y: hand.Image) => hand.flat(y).reduce((sum, value, i) => sum + value * arriving[i], 0);
  return {x, w, image, filter, dy, along, placing};
}

const dw = numbered(
  "dw",
  "the formula for the filters against central differences",
  "x of the other channel",
  (rng, mutated) => {
    const {x, w, image, filter, dy, along, placing} = drawn(rng);
    const seen = mutated ? image(x).map((row) => row.map((place) => place.toReversed())) : image(x);
    const {dw} = hand.depthwiseGradients(seen, filter(w), dy, placing);
    const numeric = numericGradient((w) => along(hand.depthwise(image(x), filter(w), placing)), w);
    return apart(hand.flat(dw), numeric, 1e-8);
  }
);

const dx = numbered(
  "dx",
  "the formula for the image against central differences",
  "the filter is not turned",
  (rng, mutated) => {
    const {x, w, image, filter, dy, along, placing} = drawn(rng);
    const taps = filter(w);
    const turned = mutated ? taps.toReversed().map((row) => row.toReversed()) : taps;
    const {dx} = hand.depthwiseGradients(image(x), turned, dy, placing);
    const numeric = numericGradient((x) => along(hand.depthwise(image(x), taps, placing)), x);
    return apart(hand.flat(dx), numeric, 1e-8);
  }
);

const field = numbered(
  "field",
  "the sum against walking back from one unit to every pixel it reads, for five layers",
  "the layer's own stride counts before its kernel",
  (rng, mutated) => {
    const layers = Array.from({length: 5}, () => ({kernel: whole(rng, 1, 3) * 2 + 1, stride: whole(rng, 1, 2)}));
    layers[0].stride = 2;
    const early = layers.reduce(
      ([field, jump], {kernel, stride}) => [field + (kernel - 1) * jump * stride, jump * stride],
      [1, 1]
    )[0];
    return {got: mutated ? early : hand.fieldOf(layers), expected: hand.seenBy(layers), within: 0};
  }
);

const se = numbered(
  "se-gradient",
  "the formula against central differences, for an image of 2 × 3 places and 3 channels",
  "the path through the mean is forgotten",
  (rng, mutated) => {
    const x = normal(rng, 18);
    const [W1, W2] = [table(rng, 3, 2), table(rng, 2, 3)];
    const image = (numbers: number[]) => hand.imageOf(numbers, [2, 3, 3]);
    const dy = normal(rng, 18);
    const {s} = hand.weightsOf(image(x), W1, W2);
    const direct = dy.map((value, i) => value * s[i % 3]);
    const whole = hand.flat(hand.squeezeExciteGradient(image(x), W1, W2, image(dy)));
    const value = (x: number[]) =>
      hand.flat(hand.squeezeExcite(image(x), W1, W2)).reduce((sum, y, i) => sum + y * dy[i], 0);
    return apart(mutated ? direct : whole, numericGradient(value, x), 1e-8);
  }
);

const silu = numbered("silu", "the slope against a central difference", "without the factor x", (rng, mutated) => {
  const x = between(rng, -4, 4);
  const s = sigmoid(x);
  return {
    got: numericGradient(([x]) => hand.silu(x), [x])[0],
    expected: s * (1 + (mutated ? 1 : x) * (1 - s)),
    within: 1e-9
  };
});

const scaling = numbered(
  "scaling",
  "multiply-adds of a stack of equal layers before and after it is made deeper, wider and larger, counted layer by layer",
  "w instead of w²",
  (rng, mutated) => {
    const [layers, channels, side, k] = [whole(rng, 2, 5), whole(rng, 4, 9), whole(rng, 6, 12), 3];
    const [d, w, r] = [whole(rng, 2, 3), whole(rng, 2, 3), whole(rng, 2, 3)];
    const count = (layers: number, channels: number, side: number) => {
      let sum = 0;
      for (let layer = 0; layer < layers; ++layer) sum += k * k * channels * channels * side * side;
      return sum;
    };
    const grown = count(d * layers, w * channels, r * side) / count(layers, channels, side);
    return {got: grown, expected: d * (mutated ? w : w ** 2) * r ** 2, within: 1e-9};
  }
);

const bottleneck = numbered(
  "bottleneck",
  "weights of the second block of a stage of a network that this page trains, with 3 × 3 filters full and depthwise",
  "the 3 × 3 filters at the wide side",
  (rng, mutated) => {
    const m = whole(rng, 3, 20);
    const weights = (depthwise: boolean) =>
      ladderPlan(m, {depthwise}).stages[0].blocks[1].units.reduce(
        (sum, {kernel, inputs, outputs, depthwise}) => sum + kernel ** 2 * (depthwise ? inputs : inputs * outputs),
        0
      );
    const saved = weights(false) - weights(true);
    const middle = mutated ? 4 * m : m;
    return {got: saved, expected: 9 * middle ** 2 - 9 * middle, within: 0};
  }
);

const convnext = numbered(
  "convnext-count",
  "parameters by the formula against the count of a network with one more block",
  "one norm more",
  (rng, mutated) => {
    const [C, k] = [whole(rng, 4, 40), whole(rng, 1, 4) * 2 + 1];
    const size = (blocks: number) => sumOf(convnextLayers({depths: [blocks], dims: [C], patch: 2, kernel: k}, {side: 8}), "parameters"); // prettier-ignore
    return {got: size(3) - size(2), expected: 8 * C ** 2 + (k ** 2 + 9 + (mutated ? 2 : 0)) * C, within: 0};
  }
);

const inverted = numbered(
  "inverted",
  "multiply-adds of blocks by the formula against two networks that differ by them, counted layer by layer",
  "the 7 × 7 filters at the wide side",
  (rng, mutated) => {
    const D = 4 * whole(rng, 2, 8);
    const counted = (stages: boolean) =>
      sumOf(ladderLayers(D, {depthwise: true, inverted: true, kernel: true, first: true, stages}), "macs");
    const of = (C: number) => 8 * C ** 2 + 49 * (mutated ? 4 * C : C);
    // Stages of 2, 2, 2 and of 1, 4, 1 blocks differ by one block at 16 × 16, two at 8 × 8 and one at 4 × 4 places.
    const byFormula = 256 * of(D) - 2 * 64 * of(2 * D) + 16 * of(4 * D);
    return {got: counted(false) - counted(true), expected: byFormula, within: 1e-6};
  }
);

const drop = numbered(
  "drop",
  "mean plus variance of b / (1 − p), from its two values and their probabilities",
  "without the factor 1 / (1 − p)",
  (rng, mutated) => {
    const p = between(rng, 0.2, 0.6);
    const outcomes = [
      {value: 0, probability: p},
      {value: mutated ? 1 : 1 / (1 - p), probability: 1 - p}
    ];
    const mean = outcomes.reduce((sum, {value, probability}) => sum + probability * value, 0);
    const variance = outcomes.reduce((sum, {value, probability}) => sum + probability * (value - mean) ** 2, 0);
    return {got: mean + variance, expected: 1 + p / (1 - p), within: 1e-12};
  }
);

/** In the order of the page. */
export const all: Equation[] = [field, factor, ratio, dx, dw, silu, se, drop, scaling, bottleneck, inverted, convnext];
