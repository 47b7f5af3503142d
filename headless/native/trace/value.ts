import type * as tf from "@tensorflow/tfjs";
import type {Attribute, Elements, GraphBuilder, NodeOptions} from "../onnx/graph.js";
import {elementTypes} from "../onnx/model.js";

/** What a step's tensors can hold while it is recorded. */
export type DataType = "float32" | "int32" | "bool";

/** A tensor of the step: one of the graph, or the same number everywhere. */
export type Value = {shape: number[]; dtype: DataType} & ({name: string} | {fill: number});

/** Which operators a graph may use: onnxruntime's own, fast on its CPU, or those of the ONNX standard alone. */
export type Dialect = "runtime" | "standard";

/** A graph under construction, in terms of values. */
export interface Recording {
  graph: GraphBuilder;
  dialect: Dialect;
  /** Floating-point operations of the kernels so far; see `flopsOf`. */
  flops: number;
  /** The tensor's name in the graph. */
  name(value: Value): string;
  /** The same, for operators that broadcast: a number is a scalar of the graph. */
  operand(value: Value): string;
  /** The value of a node. */
  emit(
    like: {shape: number[]; dtype?: DataType},
    operator: string,
    inputs: string[],
    attributes?: Record<string, Attribute>,
    options?: NodeOptions
  ): Value;
  reshape(value: Value, shape: number[]): Value;
  cast(value: Value, dtype: DataType): Value;
}

/** @param dtype what tfjs calls the type. @throws Error for types that no step uses. */
export function dataType(dtype: tf.DataType): DataType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return dtype;
  throw new Error(`trace: expected float32, int32 or bool, got ${dtype}`);
}

/** Numbers as the graph stores them. */
export function elements(values: ArrayLike<number>, dtype: DataType): Elements {
  if (dtype === "float32") return Float32Array.from(values);
  return dtype === "int32" ? Int32Array.from(values) : Uint8Array.from(values);
}

/** The number of elements. */
export const count = (shape: number[]): number => shape.reduce((product, n) => product * n, 1);

/** Whether two shapes, or lists of numbers, are the same. */
export const alike = (a: number[], b: number[]): boolean => a.length === b.length && a.every((n, i) => n === b[i]);

/** Values over a graph. */
export function recording(graph: GraphBuilder, dialect: Dialect): Recording {
  const scalar = (fill: number, dtype: DataType) => graph.constant(dtype, [], elements([fill], dtype));
  const self: Recording = {
    graph,
    dialect,
    flops: 0,
    operand: (value) => ("name" in value ? value.name : scalar(value.fill, value.dtype)),
    name(value) {
      if ("name" in value) return value.name;
      const one = scalar(value.fill, value.dtype);
      return value.shape.length ? graph.node("Expand", [one, graph.integers(value.shape)]) : one;
    },
    emit: ({shape, dtype = "float32"}, operator, inputs, attributes, options) => ({
      shape,
      dtype,
      name: graph.node(operator, inputs, attributes, options)
    }),
    reshape(value, shape) {
      if (alike(value.shape, shape) || "fill" in value) return {...value, shape};
      return self.emit({shape, dtype: value.dtype}, "Reshape", [value.name, graph.integers(shape)]);
    },
    cast(value, dtype) {
      if (value.dtype === dtype) return value;
      if ("fill" in value) return {shape: value.shape, dtype, fill: converted(value.fill, dtype)};
      return self.emit({shape: value.shape, dtype}, "Cast", [value.name], {to: elementTypes[dtype]});
    }
  };
  return self;
}

function converted(fill: number, dtype: DataType): number {
  if (dtype === "bool") return fill ? 1 : 0;
  return dtype === "int32" ? Math.trunc(fill) : fill;
}
