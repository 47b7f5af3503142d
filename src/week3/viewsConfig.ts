import {cifar10, CIFAR10_DEVIATION, CIFAR10_MEAN} from "../components/data/cifar10.js";
import type {ViewOptions} from "../components/data/augment/views.js";
import type {DataSet, Source} from "../components/data/records.js";
import {scenes, type Scenes} from "../components/data/scenes.js";
import type {Normalisation} from "../components/ssl/pairs.js";
import {part} from "../components/data/part.js";
import {among, checked, integer, within} from "./checked.js";

/** What every method that learns from views can choose: the data, the encoder, the views. */
export interface ViewsConfig {
  data: "scenes" | "cifar10";
  /** Of the encoder, a residual network: 10, 18 or 34 layers. */
  depth: number;
  /** Channels of its first stage; it has eight times as many features. */
  width: number;
  /** Side of the views. Below 32 they cost less; what is learnt is used at 32. */
  size: number;
  /** The least part of an image that a view shows. */
  scale: number;
  /** s of the colour jitter. */
  strength: number;
  /** The probability of a gray view. */
  gray: number;
  /** Training images, the first ones of the set; their labels are not looked at. */
  images: number;
  /** Test images, the first ones of the set. */
  testImages: number;
}

export const viewsDefaults: ViewsConfig = {
  data: "scenes",
  depth: 18,
  width: 16,
  size: 24,
  scale: 0.2,
  strength: 0.5,
  gray: 0.1,
  images: 2000,
  testImages: 1000
};

export const viewsAllowed = {
  data: among("scenes", "cifar10"),
  depth: among(10, 18, 34),
  width: integer(1, 256),
  size: among(16, 20, 24, 28, 32),
  scale: within(0.05, 1),
  strength: within(0, 1),
  gray: within(0, 1),
  images: integer(2, 50_000),
  testImages: integer(1, 10_000)
};

/** How views are drawn. */
export const viewsOf = ({size, scale, strength, gray}: ViewsConfig): ViewOptions => ({
  size,
  scale: [scale, 1],
  strength,
  gray
});

/** Pixel statistics by data set. Both are on [0, 1], per channel. */
export const statistics: Record<ViewsConfig["data"], Normalisation> = {
  cifar10: {mean: CIFAR10_MEAN, deviation: CIFAR10_DEVIATION},
  scenes: {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
};

const farAway = 1_000_000; // test scenes begin here, behind every training scene that can be asked for

/** The first `images` training and `testImages` test images of the set that the configuration names; no test image is trained on. */
export async function imagesOf(caller: string, asked: Partial<ViewsConfig>, source: Source): Promise<DataSet> {
  const {data, images, testImages} = asked; // these alone: runs of all kinds share the loaded data
  const named = checked(caller, {defaults: viewsDefaults, allowed: viewsAllowed}, {data, images, testImages});
  if (named.data === "cifar10") {
    const {train, test} = await cifar10(source);
    return {train: part(train, 0, named.images), test: part(test, 0, named.testImages)};
  }
  source.progress(0, `Drawing ${named.images + named.testImages} scenes`);
  const drawn = {train: scenesOf("train", named.images), test: scenesOf("test", named.testImages)};
  source.progress(1, `${named.images + named.testImages} scenes`);
  return drawn;
}

/** The first scenes of a split, with what is known of each. */
export const scenesOf = (split: "train" | "test", count: number): Scenes =>
  scenes({seed: 0, count, from: split === "test" ? farAway : 0});
