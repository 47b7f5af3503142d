import * as tf from "@tensorflow/tfjs";
import type {Table, Translation} from "../kernel.js";
import {count, type Recording, type Value} from "../value.js";
import {binary} from "./arithmetic.js";

type Axes = {axis: number | number[]; keepDims?: boolean};

/** Axes in order, and the shape without them. */
function geometry(x: Value, axis: number | number[]) {
  const axes = tf.util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
  return {
    axes,
    rest: x.shape.filter((_, i) => !axes.includes(i)),
    kept: x.shape.map((n, i) => (axes.includes(i) ? 1 : n))
  };
}

/**
 * Σ x over axes. Leading and trailing ones are taken together, so that onnxruntime meets a matrix. It is slow to add up
 * the rows of a tall one; many short sums, and then their sum, are about ten times faster.
 */
export function sum(recording: Recording, x: Value, axis: number | number[], keepDims = false): Value {
  const {axes, rest, kept} = geometry(x, axis);
  const shape = keepDims ? kept : rest;
  if (axes.length === 0) return x;
  const along = (value: Value, at: number[]) => {
    const like = {shape: value.shape.filter((_, i) => !at.includes(i)), dtype: x.dtype};
    return recording.emit(like, "ReduceSum", [recording.name(value), recording.graph.integers(at)], {keepdims: 0});
  };
  const total = count(axes.map((i) => x.shape[i]));
  const leading = axes.every((i, at) => i === at);
  const trailing = axes.every((i, at) => i === x.shape.length - axes.length + at);
  if (!leading && !trailing) return recording.reshape(along(x, axes), shape);
  const columns = count(rest);
  if (!leading) return recording.reshape(along(recording.reshape(x, [columns, total]), [1]), shape);
  const parts = divisor(total, 128);
  const matrix = recording.reshape(x, parts > 1 ? [parts, total / parts, columns] : [total, columns]);
  const sums = parts > 1 ? along(along(matrix, [1]), [0]) : along(matrix, [0]);
  return recording.reshape(sums, shape);
}

/** The largest divisor of n that is at most `limit` and leaves parts of eight or more; 1 if there is none. */
function divisor(n: number, limit: number): number {
  for (let parts = Math.min(limit, Math.floor(n / 8)); parts > 1; parts--) if (n % parts === 0) return parts;
  return 1;
}

const extremum =
  (operator: string): Translation =>
  ({x}, {axis, reductionIndices, keepDims = false}: Axes & {reductionIndices?: number | number[]}, recording) => {
    const {axes, rest, kept} = geometry(x, reductionIndices ?? axis);
    if (axes.length === 0) return x;
    const like = {shape: keepDims ? kept : rest, dtype: x.dtype};
    return recording.emit(like, operator, [recording.name(x)], {axes, keepdims: keepDims ? 1 : 0});
  };

/** The place of the extremum, the first one of equals. */
const place =
  (operator: string): Translation =>
  ({x}, {axis}: {axis: number | number[]}, recording) => {
    const {axes, rest} = geometry(x, axis);
    const place = recording.graph.node(operator, [recording.name(x)], {axis: axes[0], keepdims: 0});
    return recording.emit({shape: rest, dtype: "int32"}, "Cast", [place], {to: 6});
  };

/** All and any: of truth values as 0 and 1. */
const logical =
  (operator: string): Translation =>
  ({x}, attributes, recording) =>
    recording.cast(extremum(operator)({x: recording.cast(x, "int32")}, attributes, recording) as Value, "bool");

/** Kernels that make one number of many. */
export const reduction: Table = {
  Sum: ({x}, {axis, keepDims}: Axes, r) => sum(r, x.dtype === "bool" ? r.cast(x, "int32") : x, axis, keepDims),
  Mean({x}, {axis, keepDims}: Axes, r) {
    const total = sum(r, r.cast(x, "float32"), axis, keepDims);
    return binary(r, "Mul", total, {shape: [], dtype: "float32", fill: count(total.shape) / count(x.shape)});
  },
  Max: extremum("ReduceMax"),
  Min: extremum("ReduceMin"),
  Prod: extremum("ReduceProd"),
  All: logical("ReduceMin"),
  Any: logical("ReduceMax"),
  ArgMax: place("ArgMax"),
  ArgMin: place("ArgMin"),
  Softmax: ({logits}, {dim}: {dim: number}, r) => r.emit(logits, "Softmax", [r.name(logits)], {axis: dim}),
  Cumsum({x}, {axis, exclusive, reverse}: {axis: number; exclusive: boolean; reverse: boolean}, r) {
    const inputs = [r.name(x), r.graph.integers([axis])];
    return r.emit(x, "CumSum", inputs, {exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0});
  }
};
