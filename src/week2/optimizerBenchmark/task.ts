import {cropFlip} from "../../components/data/augment.js";
import {cifar10, CIFAR10_DEVIATION, CIFAR10_MEAN} from "../../components/data/cifar10.js";
import type {DataSet, Source} from "../../components/data/records.js";
import {scenes} from "../../components/data/scenes.js";
import {classifier} from "../../components/models/classifier.js";
import {resnet} from "../../components/models/resnet.js";
import {adam} from "../../components/optimizers/adam.js";
import {adamw} from "../../components/optimizers/adamw.js";
import type {Optimizer} from "../../components/optimizers/optimizer.js";
import {rmsprop} from "../../components/optimizers/rmsprop.js";
import {sam} from "../../components/optimizers/sam.js";
import {sgd} from "../../components/optimizers/sgd.js";
import type {Tree} from "../../components/tensor/tree.js";
import {supervised} from "../../components/train/supervised.js";
import type {Task} from "../../components/train/task.js";
import {part} from "../../components/data/part.js";
import {validated, type BenchmarkConfig} from "./config.js";

const classes = 10;

const statistics = {
  cifar10: {mean: CIFAR10_MEAN, deviation: CIFAR10_DEVIATION},
  scenes: {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
};

/** The algorithm that a configuration names. SAM is SGD with momentum at the gradient of a neighbouring point. */
function optimizerOf({algorithm, decay: amount}: BenchmarkConfig): Optimizer<Tree> {
  const decay = {amount};
  const momentum = sgd({momentum: 0.9, decay});
  return {sgd: momentum, rmsprop: rmsprop({decay}), adam: adam({decay}), adamw: adamw({decay}), sam: momentum}[
    algorithm
  ] as Optimizer<Tree>;
}

/**
 * Classification by a ResNet under one of the compared algorithms. Weights, batches and augmentation depend on the seed alone,
 * so that runs of one seed differ in the algorithm and nothing else. No label smoothing: the loss is what they all minimise.
 *
 * @param asked the configuration; `optimizer` may be given instead of an algorithm, as a cell of the page does.
 * @throws RangeError in one sentence if the configuration is none.
 */
export default function benchmarkTask({
  optimizer,
  ...asked
}: Partial<BenchmarkConfig> & {optimizer?: Optimizer<Tree>}): Task {
  const config = validated(asked);
  return supervised({
    model: classifier(resnet({depth: config.depth, width: config.width}), classes),
    classes,
    optimizer: optimizer ?? optimizerOf(config),
    augment: cropFlip,
    normalise: statistics[config.data],
    ...(config.algorithm === "sam" && !optimizer && {differentiate: sam(config.rho)})
  });
}

const farAway = 1_000_000; // test scenes begin here, behind every training scene that can be asked for

/** The first `images` training and `testImages` test images of the set that the configuration names. */
export async function data(asked: Partial<BenchmarkConfig>, source: Source): Promise<DataSet> {
  const {data, images, testImages} = asked; // these alone: all algorithms share the loaded data
  const config = validated({data, images, testImages});
  if (config.data === "cifar10") {
    const {train, test} = await cifar10(source);
    return {train: part(train, 0, config.images), test: part(test, 0, config.testImages)};
  }
  source.progress(0, `Drawing ${config.images + config.testImages} scenes`);
  const train = scenes({seed: 0, count: config.images});
  const test = scenes({seed: 0, count: config.testImages, from: farAway});
  source.progress(1, `${config.images + config.testImages} scenes`);
  return {train, test};
}
