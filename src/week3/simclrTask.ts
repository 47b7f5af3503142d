import type {DataSet, Source} from "../components/data/records.js";
import {mlp} from "../components/models/mlp.js";
import type {Encoder} from "../components/models/model.js";
import {noHead} from "../components/models/noHead.js";
import {projectionHead} from "../components/models/projectionHead.js";
import {resnet} from "../components/models/resnet.js";
import {sgd} from "../components/optimizers/sgd.js";
import {simclr} from "../components/ssl/simclr.js";
import type {Task} from "../components/train/task.js";
import {among, checked, integer, within} from "./checked.js";
import {imagesOf, statistics, viewsAllowed, viewsDefaults, viewsOf, type ViewsConfig} from "./viewsConfig.js";

/** What a run of SimCLR can choose. It stands in the address of the page and in every checkpoint. */
export interface SimclrConfig extends ViewsConfig {
  /** τ. */
  temperature: number;
  /** Layers of the projection head: 2, 1 for a linear one, 0 for none. */
  head: 0 | 1 | 2;
  /** Width of the projection head's hidden layer, and of the projections; without a head these are the features. */
  hidden: number;
  outputs: number;
}

const fields = {
  defaults: {...viewsDefaults, temperature: 0.5, head: 2, hidden: 256, outputs: 128} as SimclrConfig,
  allowed: {
    ...viewsAllowed,
    temperature: within(0.01, 10),
    head: among(0, 1, 2),
    hidden: integer(1, 4096),
    outputs: integer(2, 1024)
  }
};

/** The configuration with the defaults for what is not named. @throws RangeError in one sentence if it is none. */
export const validated = (asked: Partial<SimclrConfig>): SimclrConfig => checked("simclrTask", fields, asked);

/** f and g. */
export function networks({depth, width, head, hidden, outputs}: SimclrConfig): {encoder: Encoder; projector: Encoder} {
  const encoder = resnet({depth, width});
  const {features} = encoder;
  const heads = [
    () => noHead(features),
    () => mlp([features, outputs]),
    () => projectionHead(features, hidden, outputs)
  ];
  return {encoder: encoder as unknown as Encoder, projector: heads[head]() as unknown as Encoder};
}

/**
 * SimCLR of a residual network: SGD with momentum 0.9 and weight decay 5e-4.
 *
 * @throws RangeError in one sentence if the configuration is none.
 */
export default function simclrTask(asked: Partial<SimclrConfig>): Task {
  const config = validated(asked);
  return simclr({
    ...networks(config),
    optimizer: sgd({momentum: 0.9, decay: {amount: 5e-4}}),
    views: viewsOf(config),
    normalise: statistics[config.data],
    temperature: config.temperature
  });
}

/** The images that the configuration names. */
export const data = (asked: Partial<SimclrConfig>, source: Source): Promise<DataSet> =>
  imagesOf("simclrTask", asked, source);
