import type {DataSet, Source} from "../components/data/records.js";
import {scenes} from "../components/data/scenes.js";
import type {Encoder, Model} from "../components/models/model.js";
import {mlp} from "../components/models/mlp.js";
import {projectionHead} from "../components/models/projectionHead.js";
import {resnet} from "../components/models/resnet.js";
import {sgd} from "../components/optimizers/sgd.js";
import {moco} from "../components/ssl/moco.js";
import {simclr} from "../components/ssl/simclr.js";
import type {Task} from "../components/train/task.js";

/** What a run of this page can choose. */
export interface SslConfig {
  /** NT-Xent: negatives are the other views of the batch. InfoNCE: they are a queue of earlier keys. */
  loss: "NT-Xent" | "InfoNCE";
  temperature: number;
  /** Side of the views. */
  size: number;
  images: number;
}

const width = 8;
const queue = 512;

/**
 * Two views of scenes, told from others: a residual network of ten layers and 64 features, SGD with momentum.
 *
 * @throws RangeError for another loss.
 */
export default function sslLossesTask({loss, temperature, size}: SslConfig): Task {
  if (loss !== "NT-Xent" && loss !== "InfoNCE")
    throw new RangeError(`sslLossesTask: expected loss NT-Xent or InfoNCE, got ${loss as string}`);
  const encoder = resnet({depth: 10, width});
  const shared = {
    encoder,
    optimizer: sgd({momentum: 0.9, decay: {amount: 5e-4}}),
    views: {size, scale: [0.3, 1] as [number, number], strength: 0.5, gray: 0.1},
    normalise: {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]},
    temperature
  };
  if (loss === "NT-Xent")
    return simclr({...shared, projector: projectionHead(encoder.features, 64, 32) as unknown as Model});
  const projector = mlp([encoder.features, 64, 32]) as unknown as Encoder;
  return moco({...shared, projector, queue, momentum: 0.95});
}

const farAway = 1_000_000; // test scenes begin here

/** Scenes; their labels are looked at only to judge by. */
export async function data({images}: SslConfig, source: Source): Promise<DataSet> {
  source.progress(0, `Drawing ${images + 400} scenes`);
  const train = scenes({seed: 0, count: images});
  const test = scenes({seed: 0, count: 400, from: farAway});
  source.progress(1, `${images + 400} scenes`);
  return {train, test};
}
