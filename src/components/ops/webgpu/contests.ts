import * as tf from "@tensorflow/tfjs";
import type {Contest} from "./autotune.js";
import {compileAhead} from "./ahead.js";
import {allocate, timed} from "./backend.js";
import {filterGradient, forward, inputGradient} from "./conv2d.js";
import {matMul} from "./matMul.js";
import {useVariants, type Variant} from "./variants.js";

const geometry = {stride: 1, padding: 1, dilation: 1};
const early = {x: [4, 32, 32, 64], filter: [3, 3, 64, 64]}; // a ResNet-18's first blocks, and its last
const late = {x: [8, 4, 4, 256], filter: [3, 3, 256, 256]};

type Shapes = typeof early;
const along = ({x, filter}: Shapes) => {
  const y = [...x.slice(0, 3), filter[3]];
  return {
    forward: () => forward({x: allocate(x), filter: allocate(filter)}, geometry),
    image: () => inputGradient({dy: allocate(y), filter: allocate(filter)}, {...geometry, sizes: x.slice(1, 3)}),
    filter: () => filterGradient({x: allocate(x), dy: allocate(y)}, {...geometry, sizes: filter.slice(0, 2)})
  };
};

/** A product of 0.15 to 0.3 GFLOP for each: convolutions of a ResNet-18, and a linear layer of a ViT with its gradient. */
export const representatives: Record<Contest, () => tf.Tensor> = {
  "matMul, many results": () =>
    matMul({a: allocate([520, 192]), b: allocate([192, 768])}, {transposeA: false, transposeB: false}),
  "matMul, few results": () =>
    matMul({a: allocate([520, 192]), b: allocate([520, 768])}, {transposeA: true, transposeB: false}),
  "conv2d, many results": along(early).forward,
  "conv2d, few results": along(late).forward,
  "conv2d input gradient, many results": along(early).image,
  "conv2d input gradient, few results": along(late).image,
  "conv2d filter gradient, many results": along(late).filter,
  "conv2d filter gradient, few results": along(early).filter
};

/** Runs a contest's product by one of the variants, so many times over; for that long the variant is the device's. */
export function compete(contest: Contest, variant: Variant, times = 1): void {
  const before = useVariants({[contest]: variant});
  tf.tidy(() => {
    for (let i = 0; i < times; ++i) representatives[contest]();
  });
  useVariants(before);
}

const enough = 3; // milliseconds, so that a clock's coarse ticks do not decide

/**
 * Milliseconds of a contest's product by one of the variants: the least of three readings, after one that warms up.
 *
 * @param late whether nobody waits any longer; then no further reading is begun.
 */
export async function timeOf(contest: Contest, variant: Variant, late: () => boolean): Promise<number> {
  await compileAhead(
    () => compete(contest, variant),
    () => undefined
  );
  if (late()) return Infinity;
  const first = await timed(() => compete(contest, variant));
  const times = Math.max(1, Math.min(16, Math.round(enough / Math.max(first, 0.1))));
  let least = Infinity;
  for (let i = 0; i < 3 && !late(); ++i)
    least = Math.min(least, (await timed(() => compete(contest, variant, times))) / times);
  return least;
}
