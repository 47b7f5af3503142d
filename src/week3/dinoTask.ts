import type {DataSet, Source} from "../components/data/records.js";
import {dinoHead} from "../components/models/dinoHead.js";
import type {Encoder} from "../components/models/model.js";
import {resnet} from "../components/models/resnet.js";
import {vit} from "../components/models/vit.js";
import {sgd} from "../components/optimizers/sgd.js";
import {dino} from "../components/ssl/dino.js";
import type {Task} from "../components/train/task.js";
import {validated, type DinoConfig} from "./dinoConfig.js";
import {imagesOf, statistics, viewsOf} from "./viewsConfig.js";

// The last layer's columns are scaled to length 1: decay could only shorten them, and would move them while they rest.
const decayed = (path: string, leaf: {rank: number}) => leaf.rank > 1 && !path.startsWith("projector.last.");

/** Of the vision transformer: pixels on a side of a patch, blocks, heads. */
export const transformer = {patch: 4, depth: 2, heads: 2};

/** The encoder of student and teacher, with eight times as many features as the width says. */
export function encoderOf({encoder, depth, width}: DinoConfig): Encoder {
  if (encoder === "resnet") return resnet({depth, width}) as unknown as Encoder;
  const features = 8 * width;
  return vit({image: 32, ...transformer, width: features, mlp: 2 * features}) as unknown as Encoder;
}

/** The head of student and teacher, from features to scores of K prototypes. */
export function headOf(config: DinoConfig): Encoder {
  const {prototypes, hidden, bottleneck, headNorm} = config;
  const norm = headNorm === "on";
  return dinoHead(encoderOf(config).features, prototypes, {hidden, bottleneck, norm}) as unknown as Encoder;
}

/**
 * DINO of a residual network or a small transformer: SGD with momentum 0.9 and weight decay 5e-4. paper: AdamW, for transformers.
 *
 * @throws RangeError in one sentence if the configuration is none.
 */
export default function dinoTask(asked: Partial<DinoConfig>): Task {
  const config = validated(asked);
  const {strength, gray} = config;
  return dino({
    encoder: encoderOf(config),
    head: headOf(config),
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
