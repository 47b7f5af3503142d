import type {Size} from "./size.js";

/** What the page offers, by name. The first is for software and small GPUs, the last for large ones. */
export const sizes: Record<string, Size> = {
  "ResNet-18, width 16, images 16 × 16, batch 8": {model: "resnet", width: 16, side: 16, batch: 8},
  "ResNet-18, width 64, images 32 × 32, batch 32": {model: "resnet", width: 64, side: 32, batch: 32},
  "ResNet-18, width 64, images 32 × 32, batch 128": {model: "resnet", width: 64, side: 32, batch: 128},
  "ViT of 6 blocks, width 192, images 32 × 32, batch 32": {model: "vit", width: 192, side: 32, batch: 32},
  "trial: ResNet-18, width 4, images 8 × 8, batch 2": {model: "resnet", width: 4, side: 8, batch: 2}
};

/** Who can run on the page, and what each is. */
export const entrants: Record<string, string> = {
  "stock tf.layers": "a model of tf.layers and its trainOnBatch",
  "stock plain ops": "tfjs’s ops, gradients and tf.train optimizers",
  "ours, eager": "this site’s ops, commands sent one by one",
  "ours, recorded": "the same step recorded and repeated, as the site trains"
};

export const mostRounds = 1000;

/** What is wrong with what was asked for, in one sentence; empty if nothing is. */
export function fault(rounds: number, names: string[]): string {
  if (!(Number.isInteger(rounds) && rounds >= 1 && rounds <= mostRounds))
    return `The number of rounds is a whole number from 1 to ${mostRounds}, not ${Number.isNaN(rounds) ? "empty" : rounds}.`;
  return names.length ? "" : "Choose at least one contender.";
}
