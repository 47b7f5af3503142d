import type {DataSet, Source} from "../components/data/records.js";
import {dinoHead} from "../components/models/dinoHead.js";
import type {Encoder} from "../components/models/model.js";
import {resnet} from "../components/models/resnet.js";
import {sgd} from "../components/optimizers/sgd.js";
import {dino} from "../components/ssl/dino.js";
import type {Task} from "../components/train/task.js";
import {validated, type DinoConfig} from "./dinoConfig.js";
import {imagesOf, statistics, viewsOf} from "./viewsConfig.js";

// The last layer's columns are scaled to length 1: decay could only shorten them, and would move them while they rest.
const decayed = (path: string, leaf: {rank: number}) => leaf.rank > 1 && !path.startsWith("projector.last.");

/**
 * DINO of a residual network: SGD with momentum 0.9 and weight decay 5e-4. paper: AdamW, for transformers.
 *
 * @throws RangeError in one sentence if the configuration is none.
 */
export default function dinoTask(asked: Partial<DinoConfig>): Task {
  const config = validated(asked);
  const {prototypes, hidden, bottleneck, strength, gray, headNorm} = config;
  const encoder = resnet({depth: config.depth, width: config.width});
  return dino({
    encoder,
    head: dinoHead(encoder.features, prototypes, {hidden, bottleneck, norm: headNorm === "on"}) as unknown as Encoder,
    optimizer: sgd({momentum: 0.9, decay: {amount: 5e-4, applies: decayed}}),
    crops: {
      global: viewsOf(config),
      local: {size: config.localSize, scale: [0.05, config.localScale], strength, gray},
      locals: config.locals
    },
    normalise: statistics[config.data],
    schedule: {
      epochs: config.epochs,
      momentum: config.momentum,
      temperature: [config.firstTeacherTemperature, config.teacherTemperature],
      warmup: config.warmup
    },
    centring: config.centring === "on" ? 0.9 : 1,
    temperature: config.temperature
  });
}

/** The images that the configuration names. */
export const data = (asked: Partial<DinoConfig>, source: Source): Promise<DataSet> =>
  imagesOf("dinoTask", asked, source);
