import {compileStep, type CompiledStep} from "../../headless/native/compile.js";
import {nativeState} from "../../headless/native/nativeState.js";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import type {Model} from "../../src/components/models/model.js";
import {resnet} from "../../src/components/models/resnet.js";
import {vit} from "../../src/components/models/vit.js";
import {adamw} from "../../src/components/optimizers/adamw.js";
import type {Optimizer} from "../../src/components/optimizers/optimizer.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import type {Tree} from "../../src/components/tensor/tree.js";
import {supervised} from "../../src/components/train/supervised.js";
import type {Batch, Block, Task} from "../../src/components/train/task.js";
import {contrast, pairs} from "./contrast.js";

/** A training step to be measured; `torchStep.py` has the same one in PyTorch. */
export interface Experiment {
  name: string;
  /** What `torchStep.py` is called with. */
  torch: string[];
  /** Images, or views, in a batch. */
  images: number;
  make(): {task: Pick<Task, "init" | "step">; batch: Batch};
}

const classes = 10;
const batch = 128;
const momentum = () => sgd({momentum: 0.9, nesterov: true, decay: {amount: 5e-4}});

const imagesOf = (count: number, size: number): Block => ({
  data: rng(2).normal(count * size * size * 3),
  shape: [count, size, size, 3]
});

function classification<P extends Tree, S extends Tree, O extends Tree>(model: Model<P, S>, optimizer: Optimizer<O>) {
  const normalise = {mean: [0, 0, 0], deviation: [1, 1, 1]};
  const task = supervised({model, classes, optimizer, smoothing: 0.1, normalise});
  return {
    task: task as unknown as Task,
    batch: {
      images: imagesOf(batch, 32),
      labels: {data: rng(3).integers(batch, classes), shape: [batch]},
      mask: {data: new Float32Array(batch).fill(1), shape: [batch]}
    }
  };
}

const residual = (width: number): Experiment => ({
  name: `ResNet-18, width ${width}`,
  torch: ["resnet", String(width)],
  images: batch,
  make: () => classification(classifier(resnet({depth: 18, width}), classes), momentum())
});

const transformer = {image: 32, patch: 4, width: 192, depth: 6, heads: 3, mlp: 768};
const views = 512;

export const experiments: Experiment[] = [
  ...[64, 32, 16].map(residual),
  {
    name: "ViT 4/192/6/3",
    torch: ["vit"],
    images: batch,
    make: () => classification(classifier(vit(transformer), classes), adamw({decay: {amount: 0.05}}))
  },
  {
    name: "SimCLR, width 32, 24×24",
    torch: ["simclr"],
    images: views,
    make: () => ({
      task: contrast(resnet({depth: 18, width: 32}), momentum()) as unknown as Pick<Task, "init" | "step">,
      batch: {views: imagesOf(views, 24), ...pairs(views)}
    })
  }
];

/** A step that runs again and again: milliseconds of one. */
export interface Repeated extends Pick<CompiledStep, "flops" | "release"> {
  run(): Promise<number>;
}

export async function openExperiment({make}: Experiment): Promise<Repeated> {
  const {task, batch} = make();
  const state = task.init(rng(1));
  const step = await compileStep(task as Task, state, batch);
  let current = nativeState(state);
  const run = async () => {
    const start = performance.now();
    [current] = await step(current, batch, 1e-3);
    return performance.now() - start;
  };
  return {run, flops: step.flops, release: step.release};
}
