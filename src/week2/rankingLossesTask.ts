import {glyphs} from "../components/data/glyphs.js";
import {omniglot} from "../components/data/omniglot.js";
import type {DataSet, Source} from "../components/data/records.js";
import {metricLearning, type Measure} from "../components/fewshot/metricLearning.js";
import {pairsOf} from "../components/fewshot/pairsOf.js";
import {activePairs, contrastive} from "../components/losses/contrastive.js";
import {activeTriplets, minedTriplet} from "../components/losses/triplet.js";
import {embeddingNet} from "../components/models/embeddingNet.js";
import {adam} from "../components/optimizers/adam.js";
import type {Task} from "../components/train/task.js";

/** What a run of this page can choose. */
export interface RankingConfig {
  data: "glyphs" | "omniglot";
  loss: "triplet, all" | "triplet, semi-hard" | "triplet, hard" | "contrastive";
  margin: number;
  dimensions: number;
  /** Embeddings of length 1. */
  unit: "on" | "off";
  /** Drawings of a class in a batch. */
  each: number;
}

const mining = {"triplet, all": "all", "triplet, semi-hard": "semi-hard", "triplet, hard": "hard"} as const;

/**
 * An embedding of characters: three convolutions, Adam, batches of classes with `each` drawings. The metrics of a step have
 * `active` beside those of `metricLearning`: the share of the batch's triplets whose loss is not 0, or, for the contrastive
 * loss, the share of the pairs of two classes that are nearer than the margin.
 *
 * @throws RangeError for another loss.
 */
export default function rankingLossesTask({loss, margin, dimensions, unit, each}: RankingConfig): Task {
  if (loss !== "contrastive" && !(loss in mining))
    throw new RangeError(
      `rankingLossesTask: expected loss ${Object.keys(mining).join(" or ")} or contrastive, got ${loss}`
    );
  const {lossOf, activeOf} = measures({loss, margin, each});
  return metricLearning({
    encoder: embeddingNet({dimensions, unit: unit === "on"}),
    loss: lossOf,
    measures: {active: activeOf},
    each,
    optimizer: adam(),
    normalise: {mean: [0.1], deviation: [0.28]}
  });
}

/** The loss of a batch's embeddings, and the share of the batch that it is still about. */
function measures({
  loss,
  margin,
  each
}: Pick<RankingConfig, "loss" | "margin" | "each">): Record<"lossOf" | "activeOf", Measure> {
  const ofPairs =
    (measure: typeof contrastive): Measure =>
    (z) => {
      const {first, second, alike} = pairsOf(z, each);
      return measure(first, second, alike, {margin});
    };
  if (loss === "contrastive") return {lossOf: ofPairs(contrastive), activeOf: ofPairs(activePairs)};
  return {
    lossOf: (z, labels) => minedTriplet(z, labels, {margin, mining: mining[loss]}),
    activeOf: (z, labels) => activeTriplets(z, labels, {margin})
  };
}

/** 200 glyphs to train on and 40 others to judge by, 20 drawings each; or Omniglot's small sets. */
export async function data({data: name}: RankingConfig, source: Source): Promise<DataSet> {
  if (name === "omniglot") return omniglot(source);
  source.progress(0, "Drawing 4,800 glyphs");
  const train = glyphs({seed: 0, classes: 200, each: 20});
  const test = glyphs({seed: 0, classes: 40, each: 20, from: 100_000});
  source.progress(1, "4,800 glyphs");
  return {train, test};
}
