/** What a page that takes optimizers from its cells has: a task made with the one that was offered. */
export const ownTask = `import {scenes} from "../components/data/scenes.js";
import type {DataSet} from "../components/data/records.js";
import {mlp} from "../components/models/mlp.js";
import type {Optimizer} from "../components/optimizers/optimizer.js";
import {sgd} from "../components/optimizers/sgd.js";
import {supervised} from "../components/train/supervised.js";
import type {Task} from "../components/train/task.js";

/** A perceptron on small scenes, trained by the optimizer of the configuration, plain SGD without one. */
export default ({optimizer = sgd()}: {optimizer?: Optimizer}): Task => {
  const statistics = {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]};
  return supervised({model: mlp([3072, 10]), classes: 10, optimizer, normalise: statistics});
};

export const data = async (): Promise<DataSet> => ({
  train: scenes({seed: 0, count: 64}),
  test: scenes({seed: 0, count: 32, from: 1_000_000})
});
`;
