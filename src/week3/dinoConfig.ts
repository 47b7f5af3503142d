import {among, checked, integer, within} from "./checked.js";
import {viewsAllowed, viewsDefaults, type ViewsConfig} from "./viewsConfig.js";

/** What a run of DINO can choose. `size` and `scale` are those of the global crops. */
export interface DinoConfig extends ViewsConfig {
  /** A residual network, or a small vision transformer for whole images: `depth` is not its own, it has as many features. */
  encoder: "resnet" | "vit";
  /** Local crops of an image, their side, and the greatest part of the image that one shows; the least is 0.05. */
  locals: number;
  localSize: number;
  localScale: number;
  /** K, prototypes. */
  prototypes: number;
  /** Width of the head's two hidden layers. */
  hidden: number;
  /** Width at which the head scales to length 1. */
  bottleneck: number;
  /** Batch normalisation in the head. */
  headNorm: "on" | "off";
  /** m of the teacher at the beginning; it rises to 1 over `epochs`. */
  momentum: number;
  /** The length of the schedules, in epochs of the training images: as long as the run. */
  epochs: number;
  /** τ of the student, and of the teacher: at the beginning and after `warmup` epochs. At the student's τ nothing is sharpened. */
  temperature: number;
  firstTeacherTemperature: number;
  teacherTemperature: number;
  warmup: number;
  /** Off: the centre stays at 0. */
  centring: "on" | "off";
}

const fields = {
  defaults: {
    ...viewsDefaults,
    encoder: "resnet",
    ...{scale: 0.4, locals: 0, localSize: 16, localScale: 0.4},
    ...{prototypes: 1024, hidden: 512, bottleneck: 128, headNorm: "on"},
    ...{momentum: 0.99, epochs: 100},
    ...{temperature: 0.1, firstTeacherTemperature: 0.04, teacherTemperature: 0.04, warmup: 0},
    centring: "on"
  } as DinoConfig,
  allowed: {
    ...viewsAllowed,
    encoder: among("resnet", "vit"),
    locals: integer(0, 10),
    localSize: among(8, 12, 16, 20, 24),
    localScale: within(0.05, 1),
    prototypes: integer(2, 65_536),
    hidden: integer(1, 4096),
    bottleneck: integer(2, 1024),
    headNorm: among("on", "off"),
    momentum: within(0, 1),
    epochs: within(1, 10_000),
    temperature: within(0.01, 10),
    firstTeacherTemperature: within(0.01, 10),
    teacherTemperature: within(0.01, 10),
    warmup: within(0, 10_000),
    centring: among("on", "off")
  }
};

/**
 * The configuration with the defaults for what is not named.
 *
 * @throws RangeError in one sentence if it is none.
 */
export function validated(asked: Partial<DinoConfig>): DinoConfig {
  const config = checked("dinoTask", fields, asked);
  const {encoder, size, locals} = config;
  if (encoder === "vit" && (size !== 32 || locals !== 0))
    throw new RangeError(`dinoTask: expected views of 32 and no local ones for a vit, got ${size} and ${locals}`);
  return config;
}
