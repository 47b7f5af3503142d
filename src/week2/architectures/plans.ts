import {b0Small, compound, scaled, type MbPlan} from "../../components/models/mbPlan.js";
import type {ConvnextSize} from "../../components/models/convnextSize.js";
import {convnextLayers, efficientnetLayers, ladderLayers, resnetLayers, type LayerCount} from "../architectureCount.js";
import {takenOf, type ArchitectureConfig} from "./config.js";

/** Four MBConv blocks, for images of 24 pixels and more: small enough to train while one waits. */
export const mbSmall: MbPlan = {
  stem: {channels: 16, stride: 2},
  stages: [
    {expand: 1, kernel: 3, stride: 1, channels: 16, blocks: 1},
    {expand: 4, kernel: 3, stride: 2, channels: 24, blocks: 1},
    {expand: 4, kernel: 5, stride: 1, channels: 40, blocks: 2}
  ],
  head: 128
};

const smallSide = 20;

/** Side of the images at φ: 20 pixels, times γᵠ, to the nearest even number, and never more than the 32 there are. */
export const sideAt = (phi: number): number => Math.min(32, 2 * Math.round((smallSide * compound(phi).resolution) / 2));

/** The small plan at φ and a stem of `width` channels. */
export function planAt(phi: number, width = 16): MbPlan {
  const factors = compound(phi);
  return scaled(mbSmall, {width: (factors.width * width) / 16, depth: factors.depth});
}

/** B0 for small images with a stem of `width` channels instead of 32. */
export const narrowB0 = (width: number): MbPlan => scaled(b0Small, {width: width / 32, depth: 1});

/** A ConvNeXt of three stages for 32 × 32 pixels; paper: four stages of 3, 3, 9, 3 blocks. */
export const smallConvnext = (width: number): ConvnextSize => ({
  depths: [1, 4, 1],
  dims: [width, 2 * width, 4 * width],
  patch: 2
});

/** Side of the images a configuration trains on. */
export const sideOf = ({network, phi}: Pick<ArchitectureConfig, "network" | "phi">): number =>
  network === "mbconv" ? sideAt(phi) : 32;

/** The layers of a configuration's network with ten classes, with what they cost. */
export function layersOf({network, width, phi, steps}: ArchitectureConfig): LayerCount[] {
  const size = {side: sideOf({network, phi}), classes: 10};
  switch (network) {
    case "resnet":
      return resnetLayers(18, width, size);
    case "efficientnet":
      return efficientnetLayers(narrowB0(width), size);
    case "convnext":
      return convnextLayers(smallConvnext(width), size);
    case "mbconv":
      return efficientnetLayers(planAt(phi, width), size);
    case "ladder":
      return ladderLayers(width, takenOf(steps), size);
  }
}
