import type {DataSet, Source} from "./records.js";
import {sharded} from "./sharded.js";

export type {Manifest, Shard} from "./sharded.js";

/** Per-channel mean of the training images on [0, 1], as published. */
export const CIFAR10_MEAN = [0.4914, 0.4822, 0.4465] as const;

/** Per-channel standard deviation of the training images on [0, 1], as published. */
export const CIFAR10_DEVIATION = [0.247, 0.2435, 0.2616] as const;

/** The classes in the order of their labels, as published. */
export const CIFAR10_CLASSES = [
  ...["airplane", "automobile", "bird", "cat", "deer"],
  ...["dog", "frog", "horse", "ship", "truck"]
] as const;

/**
 * CIFAR-10, Krizhevsky 2009: 50,000 training and 10,000 test images of 32 × 32 × 3 in ten classes, read shard by shard.
 *
 * @throws Error if the manifest or a shard is not there, or does not hold what it says.
 */
export const cifar10 = (source: Source): Promise<DataSet> => sharded(source, "cifar10", "CIFAR-10");
