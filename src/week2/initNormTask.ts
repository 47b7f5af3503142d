import type {DataSet, Source} from "../components/data/records.js";
import {classifier} from "../components/models/classifier.js";
import {sgd} from "../components/optimizers/sgd.js";
import {supervised} from "../components/train/supervised.js";
import type {Task} from "../components/train/task.js";
import {sceneData, sceneStatistics} from "./plainData.js";
import {inits, norms, plainNet, type PlainConfig} from "./plainNet.js";

/** A run of the page's panel. */
export interface InitNormConfig extends PlainConfig {
  images: number;
  testImages: number;
}

const defaults: InitNormConfig = {depth: 8, width: 12, init: "Kaiming", norm: "batch", images: 500, testImages: 250};

/**
 * Ten classes of scenes by a plain stack of convolutions: SGD with momentum 0.9, no decay and no augmentation, so that only
 * initialisation, normalisation, depth and batch size differ.
 *
 * @throws RangeError that names the first field that cannot be.
 */
export default function initNormTask(asked: Partial<InitNormConfig>): Task {
  const config = {...defaults, ...asked};
  check("init", inits.includes(config.init), inits.join(" or "), config.init);
  check("norm", norms.includes(config.norm), norms.join(" or "), config.norm);
  check("depth", Number.isInteger(config.depth) && config.depth >= 1 && config.depth <= 40, "1 … 40", config.depth);
  check("width", config.width % 4 === 0 && config.width >= 4 && config.width <= 64, "4, 8, … 64", config.width);
  return supervised({
    model: classifier(plainNet(config), 10),
    classes: 10,
    optimizer: sgd({momentum: 0.9}),
    normalise: sceneStatistics
  });
}

function check(name: string, holds: boolean, what: string, got: unknown): void {
  if (!holds) throw new RangeError(`initNormTask: expected ${name} ${what}, got ${String(got)}`);
}

export const data = async ({images = defaults.images, testImages = defaults.testImages}: Partial<InitNormConfig>, source: Source): Promise<DataSet> =>
  sceneData({images, testImages}, source); // prettier-ignore
