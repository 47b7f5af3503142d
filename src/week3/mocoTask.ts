import type {DataSet, Source} from "../components/data/records.js";
import {mlp} from "../components/models/mlp.js";
import type {Encoder} from "../components/models/model.js";
import {resnet} from "../components/models/resnet.js";
import {sgd} from "../components/optimizers/sgd.js";
import {moco} from "../components/ssl/moco.js";
import type {Task} from "../components/train/task.js";
import {checked, integer, within} from "./checked.js";
import {imagesOf, statistics, viewsAllowed, viewsDefaults, viewsOf, type ViewsConfig} from "./viewsConfig.js";

/** What a run of MoCo v2 can choose. It stands in the address of the page and in every checkpoint. */
export interface MocoConfig extends ViewsConfig {
  /** τ. */
  temperature: number;
  /** K, keys in the queue. */
  queue: number;
  /** m of the key encoder. */
  momentum: number;
  /** Width of the projections; the hidden layer is as wide as the features. */
  outputs: number;
}

const fields = {
  defaults: {...viewsDefaults, temperature: 0.2, queue: 1024, momentum: 0.99, outputs: 128} as MocoConfig,
  allowed: {
    ...viewsAllowed,
    temperature: within(0.01, 10),
    queue: integer(1, 65_536),
    momentum: within(0, 1),
    outputs: integer(2, 1024)
  }
};

/** The configuration with the defaults for what is not named. @throws RangeError in one sentence if it is none. */
export const validated = (asked: Partial<MocoConfig>): MocoConfig => checked("mocoTask", fields, asked);

/**
 * MoCo v2 of a residual network: SGD with momentum 0.9 and weight decay 5e-4.
 *
 * @throws RangeError in one sentence if the configuration is none.
 */
export default function mocoTask(asked: Partial<MocoConfig>): Task {
  const config = validated(asked);
  const encoder = resnet({depth: config.depth, width: config.width});
  return moco({
    encoder,
    projector: mlp([encoder.features, encoder.features, config.outputs]) as unknown as Encoder,
    optimizer: sgd({momentum: 0.9, decay: {amount: 5e-4}}),
    views: viewsOf(config),
    normalise: statistics[config.data],
    queue: config.queue,
    momentum: config.momentum,
    temperature: config.temperature
  });
}

/** The images that the configuration names. */
export const data = (asked: Partial<MocoConfig>, source: Source): Promise<DataSet> =>
  imagesOf("mocoTask", asked, source);
