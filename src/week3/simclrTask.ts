import type {DataSet, Source} from "../components/data/records.js";
import type {Model} from "../components/models/model.js";
import {projectionHead} from "../components/models/projectionHead.js";
import {resnet} from "../components/models/resnet.js";
import {sgd} from "../components/optimizers/sgd.js";
import {simclr} from "../components/ssl/simclr.js";
import type {Task} from "../components/train/task.js";
import {checked, integer, within} from "./checked.js";
import {imagesOf, statistics, viewsAllowed, viewsDefaults, viewsOf, type ViewsConfig} from "./viewsConfig.js";

/** What a run of SimCLR can choose. It stands in the address of the page and in every checkpoint. */
export interface SimclrConfig extends ViewsConfig {
  /** τ. */
  temperature: number;
  /** Width of the projection head's hidden layer, and of the projections. */
  hidden: number;
  outputs: number;
}

const fields = {
  defaults: {...viewsDefaults, temperature: 0.5, hidden: 256, outputs: 128} as SimclrConfig,
  allowed: {...viewsAllowed, temperature: within(0.01, 10), hidden: integer(1, 4096), outputs: integer(2, 1024)}
};

/** The configuration with the defaults for what is not named. @throws RangeError in one sentence if it is none. */
export const validated = (asked: Partial<SimclrConfig>): SimclrConfig => checked("simclrTask", fields, asked);

/**
 * SimCLR of a residual network: SGD with momentum 0.9 and weight decay 5e-4.
 *
 * @throws RangeError in one sentence if the configuration is none.
 */
export default function simclrTask(asked: Partial<SimclrConfig>): Task {
  const config = validated(asked);
  const encoder = resnet({depth: config.depth, width: config.width});
  return simclr({
    encoder,
    projector: projectionHead(encoder.features, config.hidden, config.outputs) as unknown as Model,
    optimizer: sgd({momentum: 0.9, decay: {amount: 5e-4}}),
    views: viewsOf(config),
    normalise: statistics[config.data],
    temperature: config.temperature
  });
}

/** The images that the configuration names. */
export const data = (asked: Partial<SimclrConfig>, source: Source): Promise<DataSet> =>
  imagesOf("simclrTask", asked, source);
