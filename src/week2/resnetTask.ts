import {cropFlip} from "../components/data/augment.js";
import {cifar10, CIFAR10_DEVIATION, CIFAR10_MEAN} from "../components/data/cifar10.js";
import type {DataSet, Source} from "../components/data/records.js";
import {scenes} from "../components/data/scenes.js";
import {classifier} from "../components/models/classifier.js";
import {resnet} from "../components/models/resnet.js";
import type {Differentiate} from "../components/optimizers/sam.js";
import {sgd} from "../components/optimizers/sgd.js";
import {supervised} from "../components/train/supervised.js";
import type {Task} from "../components/train/task.js";
import {validated, type ResnetConfig} from "./resnetConfig.js";
import {part} from "../components/data/part.js";
import {shuffledLabels} from "./subset.js";

const classes = 10;

/** Pixel statistics by data set. Both are on [0, 1], per channel. */
const statistics = {
  cifar10: {mean: CIFAR10_MEAN, deviation: CIFAR10_DEVIATION},
  scenes: {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
};

/** The network of this page, without its data: images (B, 32, 32, 3) to logits (B, 10). */
export const network = ({depth, width, shortcuts, gamma}: ResnetConfig) =>
  classifier(resnet({depth, width, shortcuts: shortcuts === "on", zeroInit: gamma === 0}), classes);

/**
 * Classification by a residual network: SGD with momentum 0.9, Nesterov's unless told, and weight decay 5e-4, crops and
 * flips, label smoothing.
 *
 * @param differentiate how the loss is differentiated: by `valueAndGrad` unless told.
 * @throws RangeError in one sentence if the configuration is none.
 */
export default function resnetTask(asked: Partial<ResnetConfig>, differentiate?: Differentiate): Task {
  const config = validated(asked);
  return supervised({
    model: network(config),
    classes,
    differentiate,
    optimizer: sgd({momentum: 0.9, nesterov: config.nesterov === "on", decay: {amount: 5e-4}}),
    augment: config.augment === "on" ? cropFlip : undefined,
    size: config.size < 32 ? config.size : undefined,
    smoothing: config.smoothing,
    normalise: statistics[config.data]
  });
}

/**
 * The first `images` training and `testImages` test images of the set that the configuration names. The scenes are drawn
 * here, training and test from one sequence, so that no test image is a training image.
 */
export async function data(asked: Partial<ResnetConfig>, source: Source): Promise<DataSet> {
  const {data, images, testImages, labels} = asked; // these alone: networks of all sizes share the loaded data
  const config = validated({data, images, testImages, labels});
  const set = config.data === "cifar10" ? await cifar10(source) : drawn(config.images, config.testImages, source);
  const train = part(set.train, 0, config.images);
  return {
    train: config.labels === "shuffled" ? shuffledLabels(train) : train,
    test: part(set.test, 0, config.testImages)
  };
}

const farAway = 1_000_000; // test scenes begin here, behind every training scene that can be asked for

function drawn(images: number, testImages: number, source: Source): DataSet {
  source.progress(0, `Drawing ${images + testImages} scenes`);
  const train = scenes({seed: 0, count: images});
  const test = scenes({seed: 0, count: testImages, from: farAway});
  source.progress(1, `${images + testImages} scenes`);
  return {train, test};
}
