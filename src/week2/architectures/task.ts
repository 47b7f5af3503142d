import {cropFlip} from "../../components/data/augment.js";
import {cifar10, CIFAR10_DEVIATION, CIFAR10_MEAN} from "../../components/data/cifar10.js";
import type {DataSet, Records, Source} from "../../components/data/records.js";
import {resize} from "../../components/data/resize.js";
import {scenes} from "../../components/data/scenes.js";
import {classifier} from "../../components/models/classifier.js";
import {convnext} from "../../components/models/convnext.js";
import {efficientnet} from "../../components/models/efficientnet.js";
import {ladder} from "../../components/models/ladder.js";
import type {Encoder, Model} from "../../components/models/model.js";
import {resnet} from "../../components/models/resnet.js";
import {adamw} from "../../components/optimizers/adamw.js";
import {supervised} from "../../components/train/supervised.js";
import type {Task} from "../../components/train/task.js";
import {part} from "../../components/data/part.js";
import {takenOf, validated, type ArchitectureConfig} from "./config.js";
import {narrowB0, planAt, sideOf, smallConvnext} from "./plans.js";

const classes = 10;

/** Pixel statistics by data set, on [0, 1], per channel. */
const statistics = {
  cifar10: {mean: CIFAR10_MEAN, deviation: CIFAR10_DEVIATION},
  scenes: {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
};

/** The networks of the page, without their heads. */
function encoder({network, width, phi, steps, dropPath}: ArchitectureConfig): Encoder {
  switch (network) {
    case "resnet":
      return resnet({depth: 18, width});
    case "efficientnet":
      return efficientnet(narrowB0(width), {dropPath});
    case "convnext":
      // paper: γ begins at 10⁻⁶, for 300 epochs; a run of ten has no time to wait for it
      return convnext(smallConvnext(width), {dropPath, layerScale: 0.1});
    case "mbconv":
      return efficientnet(planAt(phi, width), {dropPath});
    case "ladder":
      return ladder(width, takenOf(steps));
  }
}

/** A network of the page: images (B, H, W, 3) to logits (B, 10). */
export const network = (config: ArchitectureConfig): Model => classifier(encoder(config), classes);

/**
 * Classification by any of the page's networks, all of them trained in the same way: AdamW, crops and flips, label smoothing.
 *
 * @throws RangeError in one sentence if the configuration is none.
 */
export default function architectureTask(asked: Partial<ArchitectureConfig>): Task {
  const config = validated(asked);
  return supervised({
    model: network(config),
    classes,
    optimizer: adamw({decay: {amount: config.decay}}),
    augment: config.augment === "on" ? cropFlip : undefined,
    smoothing: config.smoothing,
    normalise: statistics[config.data]
  });
}

const farAway = 1_000_000; // test scenes begin here, behind every training scene that can be asked for

/**
 * The first `images` training and `testImages` test images of the set that the configuration names, both at the side that
 * its network takes: a small network trained on small images would not know large ones.
 */
export async function data(asked: Partial<ArchitectureConfig>, source: Source): Promise<DataSet> {
  const {data, images, testImages, network, phi} = asked;
  const config = validated({data, images, testImages, network, phi});
  const side = sideOf(config);
  if (config.data === "cifar10") {
    const {train, test} = await cifar10(source);
    return {train: sized(part(train, 0, config.images), side), test: sized(part(test, 0, config.testImages), side)};
  }
  source.progress(0, `Drawing ${config.images + config.testImages} scenes`);
  const train = scenes({seed: 0, count: config.images});
  const test = scenes({seed: 0, count: config.testImages, from: farAway});
  source.progress(1, `${config.images + config.testImages} scenes`);
  return {train: sized(train, side), test: sized(test, side)};
}

const portion = 1000; // images that are made smaller at once: they pass through float32

function sized(records: Records, side: number): Records {
  if (side === records.height && side === records.width) return records;
  const {images, count, height, width, channels} = records;
  const smaller = new Uint8Array(count * side * side * channels);
  for (let from = 0; from < count; from += portion) {
    const part = images.subarray(from * height * width * channels, (from + portion) * height * width * channels);
    smaller.set(resize(part, records, {height: side, width: side}), from * side * side * channels);
  }
  return {...records, images: smaller, height: side, width: side};
}
