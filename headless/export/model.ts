import * as tf from "@tensorflow/tfjs";
import type {Records} from "../../src/components/data/records.js";
import {entries, unflatten, type Tree} from "../../src/components/tensor/tree.js";
import type {Task, Tensors} from "../../src/components/train/task.js";
import {withFreeBatch} from "../native/onnx/exportBatch.js";
import type {Constant, Graph} from "../native/onnx/graph.js";
import {inputName, outputName, trace, type Form} from "../native/trace/trace.js";
import {dataType, elements} from "../native/trace/value.js";

const statePrefix = "state/";

/** Images of the data sets of this project. */
export const imageForm = {height: 32, width: 32, channels: 3};

/**
 * What a task predicts, as an ONNX graph of the standard operators: `images` (N, 3, 32, 32) float32 on [0, 1], in the
 * order red, green, blue, any N ≥ 1, to `logits` (N, K). The normalisation is inside; the weights are initializers.
 *
 * @param state whose weights to use; nothing else of it is read.
 * @throws Error if the task's prediction depends on the batch size other than by shapes, or uses other domains.
 */
export function exportModel(task: Task, state: Tree): Graph {
  const {scale, shift} = normalisation(task);
  const {height, width, channels} = imageForm;
  const leaves = entries(state).map(([path, {shape, dtype}]): [string, Form] => [
    statePrefix + path,
    {shape, dtype: dataType(dtype)}
  ]);
  const predict = (tensors: Record<string, tf.Tensor>) => {
    const pixels = tf.transpose(tensors.images, [0, 2, 3, 1]); // (N, H, W, C)
    const images = tf.add(tf.mul(pixels, tf.tensor1d(scale)), tf.tensor1d(shift));
    const tree = unflatten(
      state,
      leaves.map(([name]) => tensors[name])
    );
    return {logits: task.predict(tree, {images} as Tensors<never>)};
  };
  const make = (size: number) => {
    const images: Form = {shape: [size, channels, height, width], dtype: "float32"};
    return trace(predict, {...Object.fromEntries(leaves), images}, "standard").graph;
  };
  const graph = withPlainNames(withWeights(withFreeBatch(make, inputName("images")), state));
  const foreign = graph.nodes.find(({domain}) => domain !== "");
  if (foreign) throw new Error(`exportModel: expected standard operators, got ${foreign.domain}.${foreign.operator}`);
  return graph;
}

/** State leaves become constants of the graph. */
function withWeights(graph: Graph, state: Tree): Graph {
  const leaves = new Map(entries(state).map(([path, leaf]) => [inputName(statePrefix + path), {path, leaf}]));
  const weights = graph.inputs.flatMap(({name, type, shape}): Constant[] => {
    const found = leaves.get(name);
    return found ? [{name, type, shape, data: elements(found.leaf.dataSync(), dataType(found.leaf.dtype))}] : [];
  });
  return {
    ...graph,
    inputs: graph.inputs.filter(({name}) => !leaves.has(name)),
    constants: [...weights, ...graph.constants]
  };
}

/** `images`, `logits`, and weights by the paths of their leaves. */
function withPlainNames(graph: Graph): Graph {
  const prefixes = [inputName(statePrefix), inputName(""), outputName("")];
  const plain = (name: string) => name.slice(prefixes.find((prefix) => name.startsWith(prefix))?.length ?? 0);
  const named = <T extends {name: string}>(list: T[]) => list.map((each) => ({...each, name: plain(each.name)}));
  return {
    inputs: named(graph.inputs),
    outputs: named(graph.outputs),
    constants: named(graph.constants),
    nodes: graph.nodes.map((node) => ({...node, inputs: node.inputs.map(plain), outputs: node.outputs.map(plain)}))
  };
}

/**
 * scale · x + shift by channel: what the task's `view` makes of a pixel x on [0, 1], read off images of every grey.
 *
 * @throws Error if it makes something else of them.
 */
function normalisation(task: Task): {scale: number[]; shift: number[]} {
  const {channels, height, width} = imageForm;
  const size = height * width * channels;
  const greys: Records = {
    ...{...imageForm, count: 256, labels: new Uint8Array(256), classes: [], digest: "", note: ""},
    images: Uint8Array.from({length: 256 * size}, (_, i) => Math.floor(i / size))
  };
  const {data, shape} = task.view(greys, Uint32Array.from({length: 256}, (_, i) => i), 256).images ?? {shape: []}; // prettier-ignore
  const expected = [256, height, width, channels];
  if (String(shape) !== String(expected))
    throw new Error(
      `exportModel: expected a task that sees images (${expected.join(", ")}), got (${shape.join(", ")})`
    );
  const shift = Array.from({length: channels}, (_, c) => data[c]);
  const scale = shift.map((black, c) => data[255 * size + c] - black);
  const wrong = data.findIndex((value, i) => {
    const c = i % channels;
    return Math.abs(value - (shift[c] + (scale[c] * Math.floor(i / size)) / 255)) > 1e-5;
  });
  if (wrong >= 0) throw new Error(`exportModel: expected a view that scales pixels by channel, got ${data[wrong]}`);
  return {scale, shift};
}
