import type {DataSet, Source} from "../components/data/records.js";
import type {Encoder, Model} from "../components/models/model.js";
import {projectionHead} from "../components/models/projectionHead.js";
import {resnet} from "../components/models/resnet.js";
import {sgd} from "../components/optimizers/sgd.js";
import {simsiam} from "../components/ssl/simsiam.js";
import type {Task} from "../components/train/task.js";
import {among, checked, integer} from "./checked.js";
import {imagesOf, statistics, viewsAllowed, viewsDefaults, viewsOf, type ViewsConfig} from "./viewsConfig.js";

/** What a run of SimSiam can choose. */
export interface SimsiamConfig extends ViewsConfig {
  stop: "on" | "off";
  predictor: "on" | "off";
  /** Width of the hidden layers of both heads, and of the projections. */
  hidden: number;
  outputs: number;
}

const fields = {
  defaults: {...viewsDefaults, stop: "on", predictor: "on", hidden: 256, outputs: 128} as SimsiamConfig,
  allowed: {
    ...viewsAllowed,
    stop: among("on", "off"),
    predictor: among("on", "off"),
    hidden: integer(1, 4096),
    outputs: integer(2, 1024)
  }
};

/** The configuration with the defaults for what is not named. @throws RangeError in one sentence if it is none. */
export const validated = (asked: Partial<SimsiamConfig>): SimsiamConfig => checked("simsiamTask", fields, asked);

/** SimSiam of a residual network: SGD with momentum 0.9 and weight decay 5e-4. @throws RangeError in one sentence if the configuration is none. */
export default function simsiamTask(asked: Partial<SimsiamConfig>): Task {
  const config = validated(asked);
  const {depth, width, hidden, outputs, data, stop, predictor} = config;
  const encoder = resnet({depth, width});
  const head = (inputs: number) => projectionHead(inputs, hidden, outputs) as unknown as Model;
  return simsiam({
    encoder: encoder as unknown as Encoder,
    projector: head(encoder.features),
    predictor: predictor === "on" ? head(outputs) : null,
    optimizer: sgd({momentum: 0.9, decay: {amount: 5e-4}}),
    views: viewsOf(config),
    normalise: statistics[data],
    stop: stop === "on"
  });
}

/** The images that the configuration names. */
export const data = (asked: Partial<SimsiamConfig>, source: Source): Promise<DataSet> =>
  imagesOf("simsiamTask", asked, source);
