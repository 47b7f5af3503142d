import {stages} from "../../src/components/models/stages.js";

/** A residual network on images (size, size, 3). */
export interface Network {
  depth: number;
  width: number;
  size: number;
  classes: number;
}

/**
 * Floating-point operations of a training step for one image: the convolutions and the head, forward and for both gradients,
 * a multiplication and an addition each. The first convolution needs no gradient for its input. Normalisation and the
 * like are left out, as is usual.
 */
export function stepFlops({depth, width, size, classes}: Network): number {
  const stem = size ** 2 * 9 * 3 * width;
  let pixels = size ** 2;
  let products = 0;
  for (const {blocks, inputs, channels, stride} of stages(depth, width)) {
    pixels /= stride ** 2;
    const shortcut = stride > 1 ? inputs * channels : 0;
    products += pixels * (9 * inputs * channels + (2 * blocks - 1) * 9 * channels ** 2 + shortcut);
  }
  products += 8 * width * classes;
  return 2 * (2 * stem + 3 * products);
}
