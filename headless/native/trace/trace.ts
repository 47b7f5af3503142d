import * as tf from "@tensorflow/tfjs";
import {withoutDraws} from "../../../src/components/math/random.js";
import {graphBuilder, type Graph} from "../onnx/graph.js";
import {during, tensorOf, traceName, valueOf} from "./backend.js";
import {caller} from "./kernel.js";
import "./table.js";
import {recording, type DataType, type Dialect, type Recording} from "./value.js";

/** Shape and type of an argument or a result. */
export interface Form {
  shape: number[];
  dtype: DataType;
}

export type Tensors = Record<string, tf.Tensor>;

/** A function of tensors as a graph. */
export interface Traced {
  graph: Graph;
  /** Results by name; one that is an argument unchanged has no output in the graph. */
  results: Record<string, Form & {unchanged: boolean}>;
  /** Floating-point operations of its convolutions and matrix products, as the function asks for them; see `flopsOf`. */
  flops: number;
}

/**
 * Runs a function once on names instead of numbers, and returns the graph of what it did.
 *
 * @param f a pure function; it may differentiate. Arguments and results are known by their keys.
 * @param forms the arguments.
 * @throws Error if f draws a random number, reads a value, or runs a kernel without a translation.
 */
export function trace(
  f: (tensors: Tensors) => Tensors,
  forms: Record<string, Form>,
  dialect: Dialect = "runtime"
): Traced {
  const graph = graphBuilder();
  const recorded = recording(graph, dialect);
  let results: Traced["results"] = {};
  const record = () => void (results = run(f, forms, recorded));
  onTrace(() => during(recorded, () => withoutChance(() => tf.tidy(record))));
  return {graph: graph.finish(), results, flops: recorded.flops};
}

/** The name of an argument in the graph, and of a result. */
export const inputName = (argument: string): string => `in:${argument}`;
export const outputName = (result: string): string => `out:${result}`;

function run(
  f: (tensors: Tensors) => Tensors,
  forms: Record<string, Form>,
  {graph, name}: Recording
): Traced["results"] {
  const inputs = Object.entries(forms).map(([argument, {shape, dtype}]): [string, tf.Tensor] => {
    return [argument, tensorOf({shape, dtype, name: graph.input(inputName(argument), dtype, shape)})];
  });
  const results = Object.entries(f(Object.fromEntries(inputs))).map(([result, tensor]) => {
    const value = valueOf(tensor);
    const {shape, dtype} = value;
    const unchanged = "name" in value && value.name === inputName(result);
    if (!unchanged) graph.output(outputName(result), name(value), dtype, shape);
    return [result, {shape, dtype, unchanged}];
  });
  return Object.fromEntries(results);
}

/** Runs f on the trace backend, at once: tfjs changes to a backend that needs no loading before setBackend returns. */
function onTrace(f: () => void): void {
  tf.backend(); // chooses one, if none is in use yet
  const before = tf.getBackend();
  void tf.setBackend(traceName);
  try {
    f();
  } finally {
    void tf.setBackend(before);
  }
}

/** Runs f; whoever draws a random number in it is told where: a graph would hold the same number for ever. */
function withoutChance(f: () => void): void {
  const refused = (): never => {
    throw new Error(`trace: expected random numbers in the batch, got one drawn inside the step${caller()}`);
  };
  const random = Object.getOwnPropertyDescriptor(Math, "random")!;
  Object.defineProperty(Math, "random", {...random, value: refused});
  try {
    withoutDraws(refused, f);
  } finally {
    Object.defineProperty(Math, "random", random);
  }
}
