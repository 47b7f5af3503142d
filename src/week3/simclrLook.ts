import * as tf from "@tensorflow/tfjs";
import type {Records} from "../components/data/records.js";
import {l2Normalise} from "../components/ops/l2Normalise.js";
import {matMul} from "../components/ops/matMul.js";
import {projected, type Projected} from "../components/ssl/projected.js";
import {featuresOf, inBatches, nearestClass, stateOf, type Network} from "./look.js";
import {commonest, grounds, type Mark} from "./simclr/marks.js";
import simclrTask, {networks, validated, type SimclrConfig} from "./simclrTask.js";
import {scenesOf} from "./viewsConfig.js";

export {judge, nearestClass, nearestPixels, plane, similar} from "./look.js";

type Config = Partial<SimclrConfig>;

/** Pooled features (N, F) of the encoder as it begins from a seed: the random network to compare with. */
export const untrained = (config: Config, seed: number, records: Records): tf.Tensor =>
  featuresOf(simclrTask(config), seed, records);

/**
 * What the loss sees of a network: the projections (N, D) of the records' first views, and the cosines of all first views
 * with all second ones, (N, N), positives on the diagonal.
 */
export function projections(config: Config, network: Network, records: Records): Record<"z" | "cosines", tf.Tensor> {
  const task = simclrTask(config);
  const {encoder, projector} = networks(validated(config));
  const model = projected(encoder, projector);
  const state = stateOf(task, network) as Projected;
  const seen = (which: "first" | "second") =>
    l2Normalise(inBatches(task, records, (batch) => model.apply(state, batch[which])[0]));
  const z = seen("first");
  return {z, cosines: matMul(z, seen("second"), {transposeB: true})};
}

/** How well something is told from each side of the head: fractions of the test records, by kNN with 20 neighbours. */
export interface Told {
  name: string;
  /** The share of the test records that are of the commonest class: the least to be expected of anything. */
  commonest: number;
  h: number;
  z: number;
}

/**
 * What the features h and the projections z tell of whole images: the class, and of scenes also the ground's texture and colour.
 *
 * @param train the first training records, `test` the first test records.
 */
export async function sides(
  config: Config,
  network: Network,
  {train, test}: Record<"train" | "test", Records>
): Promise<Told[]> {
  const of = validated(config);
  const [from, to] = [seenOnBothSides(of, network, train), seenOnBothSides(of, network, test)];
  const marked = ({classes, labels, count}: Records, split: "train" | "test"): Mark[] => [
    {name: "class", names: classes, labels},
    ...(of.data === "scenes" ? grounds(scenesOf(split, count).captions) : [])
  ];
  const asked = marked(test, "test");
  const told: Told[] = [];
  for (const [i, {name, names, labels}] of marked(train, "train").entries()) {
    const by = (side: "h" | "z") =>
      nearestClass({features: from[side], labels}, {features: to[side], labels: asked[i].labels}, names.length);
    told.push({name, commonest: commonest(asked[i].labels), h: await by("h"), z: await by("z")});
  }
  return told;
}

/** h (N, F) and z (N, D) of whole images, as arrays. */
function seenOnBothSides(config: SimclrConfig, network: Network, records: Records) {
  const task = simclrTask(config);
  const {projector} = networks(config);
  const [h, z] = tf.tidy(() => {
    const {params, stats} = stateOf(task, network) as Projected;
    const h = inBatches(task, records, (batch) => task.predict({params, stats} as never, batch as never));
    return [h, projector.apply(params.projector, stats.projector, h)[0]];
  });
  const block = (tensor: tf.Tensor) => ({data: tensor.dataSync<"float32">(), shape: tensor.shape});
  const read = {h: block(h), z: block(z)};
  tf.dispose([h, z]);
  return read;
}
