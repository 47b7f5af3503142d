import * as tf from "@tensorflow/tfjs";
import {rng} from "../components/math/random.js";
import {classifier} from "../components/models/classifier.js";
import {resnet} from "../components/models/resnet.js";
import {vit} from "../components/models/vit.js";
import {adam} from "../components/optimizers/adam.js";
import {sgd} from "../components/optimizers/sgd.js";
import {recordStep, stepOf} from "../components/train/recorded.js";
import {supervised} from "../components/train/supervised.js";
import type {Batch, Task} from "../components/train/task.js";
import type {Make, Step} from "./race.js";
import {classes, vitOf, type Size} from "./size.js";

const normalise = {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]};

/** The rate of all contenders: of momentum for the ResNet, of Adam for the transformer. */
export const rateOf = ({model}: Size): number => (model === "resnet" ? 0.01 : 1e-3);

/** The images, their labels and their mask: what a step of ours uploads. */
export function batchOf({side, batch}: Size): Batch {
  const images = {data: rng(1).normal(batch * side * side * 3), shape: [batch, side, side, 3]};
  const labels = {data: Int32Array.from({length: batch}, (_, i) => i % classes), shape: [batch]};
  return {images, labels, mask: {data: new Float32Array(batch).fill(1), shape: [batch]}};
}

/** Bytes of a batch with its mask. */
export const batchBytes = (size: Size): number =>
  Object.values(batchOf(size)).reduce((sum, {data}) => sum + data.byteLength, 0);

/** The task that ours trains. */
export function taskOf(size: Size): Task {
  const task =
    size.model === "resnet"
      ? supervised({model: classifier(resnet({width: size.width}), classes), classes, optimizer: sgd({momentum: 0.9}), normalise}) // prettier-ignore
      : supervised({model: classifier(vit(vitOf(size)), classes), classes, optimizer: adam(), normalise});
  return task as unknown as Task;
}

/** The batch as tensors that stay where they are, the labels as rows of 0 and 1. */
function resident(size: Size): {images: tf.Tensor4D; labels: tf.Tensor2D} {
  const {images, labels} = batchOf(size);
  return {
    images: tf.tensor4d(images.data as Float32Array, images.shape as [number, number, number, number]),
    labels: tf.tidy(() => tf.cast(tf.oneHot(labels.data as Int32Array as never, classes), "float32") as tf.Tensor2D)
  };
}

/** tfjs's ops, gradients and optimizers. */
async function plain(size: Size): Promise<Step> {
  const {images, labels} = resident(size);
  const make = async () => {
    if (size.model === "vit") return (await import("./stockVit.js")).stockVit(size, images, labels);
    return (await import("./stockResnet.js")).stockResnet(size.width, images, labels).step;
  };
  const step = await make();
  return async () => {
    const loss = step();
    const [number] = await loss.data();
    loss.dispose();
    return number;
  };
}

/** A model of tf.layers. */
async function layers(size: Size): Promise<Step> {
  if (size.model !== "resnet") throw new Error("tf.layers has no layer for multi-head attention");
  const {images, labels} = resident(size);
  const {layersResnet} = await import("./layersResnet.js");
  return layersResnet(size, images, labels, tf.train.momentum(rateOf(size), 0.9));
}

/** Ours, its commands sent one by one. */
async function eager(size: Size): Promise<Step> {
  const [task, batch] = [taskOf(size), batchOf(size)];
  let state = tf.tidy(() => task.init(rng(0)));
  return async () => {
    const {state: next, read, values} = stepOf(task, state, batch, rateOf(size));
    const [loss] = Array.from(await read);
    values!.dispose();
    tf.dispose(state as never);
    state = next;
    return loss;
  };
}

/** Ours, recorded at the first step and repeated from then on. */
async function recorded(size: Size): Promise<Step> {
  const [task, batch] = [taskOf(size), batchOf(size)];
  const state = tf.tidy(() => task.init(rng(0)));
  let steps: ReturnType<typeof recordStep>["recorded"] = null;
  return async () => {
    if (steps) {
      const {read} = steps.take(batch, rateOf(size));
      steps.ask(); // a run would read several together
      return (await read)[0];
    }
    const made = recordStep(task, state, batch, rateOf(size));
    if (!made.recorded) throw new Error(`the step cannot be recorded: ${made.reason}`);
    steps = made.recorded;
    return (await made.taken.read)[0];
  };
}

/** Who runs, by name. The stock ones load what they need when they are made. */
export const contenders = {
  "stock tf.layers": layers,
  "stock plain ops": plain,
  "ours, eager": eager,
  "ours, recorded": recorded
} satisfies Record<string, Make>;
