import type {Arrays} from "./arrays.js";
import type {Predicted} from "./protocol.js";
import {readSafetensors, writeSafetensors, type Stored} from "./safetensors.js";
import {isTrained} from "./torchLayout.js";
import type {Block} from "./task.js";
import {fromTorch, fromTorchTensors, pathsIn, torchTensors} from "./torchTensors.js";

/** A trained model's parameters and statistics, and what makes the task that they belong to. */
export interface Weights {
  /** The module that makes the task, from `src/`: `week2/resnetTask`. */
  module: string;
  /** What the module is called with. */
  config: Record<string, unknown>;
  /** The leaves below `params` and `stats`, by their paths. */
  state: Arrays;
}

const format = "deep-learning-mastery weights 1";

const mostBytes = 25e6;

/**
 * Weights as a safetensors file in float16: every parameter and statistic of a state under PyTorch's name and in its
 * layout, as in a checkpoint; the optimizer's leaves are left out. Integers stay int32.
 * `__metadata__` holds the module, its configuration and each tensor's path.
 *
 * @throws RangeError if a value is not finite in float16, above 65,504, or they take more than 25 MB.
 */
export function packWeights({module, config, state}: Weights): Uint8Array<ArrayBuffer> {
  const trained = new Map([...state].filter(([path]) => isTrained(path)));
  const bytes = [...trained.values()].reduce((sum, {data}) => sum + data.length * (data instanceof Float32Array ? 2 : 4), 0); // prettier-ignore
  if (bytes > mostBytes) throw new RangeError(`packWeights: expected at most ${mostBytes} bytes, got ${bytes}`);
  const {tensors, paths} = torchTensors("packWeights", trained);
  for (const [name, tensor] of tensors) if (tensor.dtype === "F32") tensors.set(name, halved(name, tensor));
  const metadata = Object.entries({format, module, config: JSON.stringify(config), paths: JSON.stringify(paths)});
  return writeSafetensors({tensors, metadata: new Map(metadata)});
}

/**
 * Reads what `packWeights` wrote, in float32. Nothing in the file is trusted.
 *
 * @throws Error with one sentence if the file holds no such weights.
 */
export function unpackWeights(file: Uint8Array): Weights {
  const {tensors, metadata} = readSafetensors(file);
  const {module, config, paths} = about(metadata);
  return {module, config, state: fromTorchTensors("unpackWeights", {tensors, paths})};
}

/**
 * One parameter or statistic by PyTorch's name, in our layout; the others are not decoded.
 *
 * @throws Error if the file holds no weights, or none of that name.
 */
export function readWeight(file: Uint8Array, name: string): Block {
  const {tensors, metadata} = readSafetensors(file, (each) => each === name);
  const path = about(metadata).paths.find(([known]) => known === name)?.[1];
  const tensor = tensors.get(name);
  if (!tensor || path === undefined) throw new Error(`readWeight: expected a tensor ${name}, got none`);
  return fromTorch(path, tensor);
}

function about(metadata: Map<string, string>) {
  if (metadata.get("format") !== format)
    throw new Error(`unpackWeights: expected "${format}", got a safetensors file of another origin`);
  const [module, config, paths] = ["module", "config", "paths"].map((name) => metadata.get(name) ?? "");
  return {module, config: parsed("config", config, configIn), paths: parsed("paths", paths, pathsIn)};
}

/**
 * A run's logits for every evaluated record as a safetensors file: `logits` (N, K) in float16, `labels` (N) in uint8.
 *
 * @throws RangeError if a logit is not finite in float16, or the labels are not one a row.
 */
export function packLogits({outputs, labels}: Predicted): Uint8Array<ArrayBuffer> {
  const {data, shape} = outputs;
  if (shape.length !== 2 || labels.length !== shape[0] || !(data instanceof Float32Array))
    throw new RangeError(`packLogits: expected logits (${labels.length}, K) float32, got (${shape.join(", ")})`);
  const tensors = new Map<string, Stored>([
    ["logits", halved("logits", {data, shape})],
    ["labels", {dtype: "U8", shape: [labels.length], data: labels}]
  ]);
  return writeSafetensors({tensors, metadata: new Map()});
}

/** Reads what `packLogits` wrote. @throws Error if the file holds no `logits` (N, K) with `labels` (N). */
export function unpackLogits(file: Uint8Array): Predicted {
  const {tensors} = readSafetensors(file);
  const [logits, labels] = [tensors.get("logits"), tensors.get("labels")];
  if (logits?.dtype !== "F16" || labels?.dtype !== "U8" || String(labels.shape) !== String(logits.shape.slice(0, -1)))
    throw new Error(
      `unpackLogits: expected logits (N, K) F16 and labels (N) U8, got ${[...tensors.keys()].join(", ")}`
    );
  return {outputs: {data: logits.data, shape: logits.shape}, labels: labels.data};
}

const largestHalf = 65_504;

function halved(name: string, {data, shape}: Pick<Stored, "shape"> & {data: Float32Array}): Stored {
  const wrong = data.findIndex((value) => !(Math.abs(value) <= largestHalf));
  if (wrong >= 0) throw new RangeError(`packWeights: expected ${name} within ±${largestHalf}, got ${data[wrong]}`);
  return {dtype: "F16", shape, data};
}

function parsed<T>(name: string, text: string, parse: (text: string) => T | undefined): T {
  let value: T | undefined;
  try {
    value = parse(text);
  } catch {
    value = undefined;
  }
  if (value === undefined) throw new Error(`unpackWeights: expected another ${name}, got "${text.slice(0, 60)}"`);
  return value;
}

function configIn(text: string): Record<string, unknown> | undefined {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
