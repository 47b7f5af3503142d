import * as tf from "@tensorflow/tfjs";
import {rng} from "../../../src/components/math/random.js";
import type {Block} from "../../../src/components/train/task.js";
import {typeOf} from "../../../headless/native/forms.js";
import {nativeTensor, openSession} from "../../../headless/native/session.js";
import {inputName, outputName, trace, type Form, type Tensors} from "../../../headless/native/trace/trace.js";
import type {Dialect} from "../../../headless/native/trace/value.js";

export type Blocks = Record<string, Block>;
export type Results = Record<string, {values: number[]; shape: number[]; dtype: string}>;

/** Normal numbers of a shape. */
export const normal = (seed: number, shape: number[]): Block => ({
  data: rng(seed).normal(shape.reduce((product, n) => product * n, 1)),
  shape
});

/** f as tfjs computes it on the cpu backend. */
export function eager(f: (tensors: Tensors) => Tensors, blocks: Blocks): Results {
  const inputs = Object.entries(blocks).map(([name, {data, shape}]) => [name, tf.tensor(data, shape, typeOf(data))]);
  const results = f(Object.fromEntries(inputs));
  return Object.fromEntries(
    Object.entries(results).map(([name, t]) => [
      name,
      {values: Array.from(t.dataSync()), shape: t.shape, dtype: t.dtype}
    ])
  );
}

/** f as onnxruntime computes the graph that was recorded of it. */
export async function native(f: (tensors: Tensors) => Tensors, blocks: Blocks, dialect?: Dialect): Promise<Results> {
  const forms = Object.entries(blocks).map(([name, {data, shape}]): [string, Form] => [
    name,
    {shape, dtype: typeOf(data)}
  ]);
  const {graph, results} = trace(f, Object.fromEntries(forms), dialect);
  const session = await openSession(graph, {threads: 1});
  const wanted = new Set(graph.inputs.map(({name}) => name));
  const feeds = Object.entries(blocks).map(([name, block]) => [inputName(name), nativeTensor(block)] as const);
  const made = await session.run(Object.fromEntries(feeds.filter(([name]) => wanted.has(name))));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, {dtype}]) => {
      const {data, dims} = made[outputName(name)];
      return [name, {values: Array.from(data as Float32Array, Number), shape: [...dims], dtype}];
    })
  );
}

/** The largest |a − b| / max(1, |b|) over all elements. @throws Error if names, shapes or types differ. */
export const distance = (a: Results, b: Results): number =>
  worst(a, b, (left, right) => Math.max(0, ...left.map((value, i) => gap(value, right[i]))));

/** The largest ‖a − b‖ / ‖b‖ over the results, each as one vector. @throws Error as `distance`. */
export const relative = (a: Results, b: Results): number =>
  worst(a, b, (left, right) => norm(left.map((value, i) => value - right[i])) / (norm(right) || 1));

/** ‖a‖₂. */
export const norm = (a: number[]): number => Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));

function worst(a: Results, b: Results, measure: (left: number[], right: number[]) => number): number {
  const [made, expected] = [a, b].map((results) =>
    JSON.stringify(Object.entries(results).map(([name, {shape, dtype}]) => [name, shape, dtype]))
  );
  if (made !== expected) throw new Error(`distance: expected ${expected}, got ${made}`);
  const distances = Object.entries(a).map(([name, {values}]) => measure(values, b[name].values));
  return distances.includes(NaN) ? NaN : Math.max(0, ...distances);
}

const gap = (a: number, b: number) => (Object.is(a, b) || a === b ? 0 : Math.abs(a - b) / Math.max(1, Math.abs(b)));
