import * as tf from "@tensorflow/tfjs";
import {beforeAll, expect, test} from "vitest";
import {trace, type Tensors} from "../../../../headless/native/trace/trace.js";
import {rng} from "../../../../src/components/math/random.js";
import {native} from "../traced.js";

const form = {shape: [2, 3], dtype: "float32" as const};
const operators = (f: (tensors: Tensors) => Tensors) =>
  trace(f, {x: form}).graph.nodes.map(({operator}) => operator).sort(); // prettier-ignore

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test("what is computed twice is one node, and what nothing needs is none", () => {
  const twice = ({x}: Tensors) => ({y: tf.add(tf.exp(tf.mul(x, 2)), tf.exp(tf.mul(x, 2)))});
  expect(operators(twice)).toEqual(["Add", "Exp", "Mul"]);
  const idle = ({x}: Tensors) => {
    tf.log(tf.abs(x));
    return {y: tf.neg(x)};
  };
  expect(operators(idle)).toEqual(["Neg"]);
});

test("1 · x, x / 1 and x + 0 are x; a number is a number until a node needs it", () => {
  expect(operators(({x}) => ({y: tf.neg(tf.add(tf.div(tf.mul(x, tf.ones([2, 3])), 1), tf.zeros([3])))}))).toEqual(["Neg"]); // prettier-ignore
  const {graph} = trace(({x}) => ({y: tf.mul(x, tf.mul(tf.add(1, 2), 2))}), {x: form});
  expect(graph.constants.map(({data}) => Array.from(data, Number))).toEqual([[6]]);
});

test("equal constants are one; an argument that nothing reads is no input; one returned as it is, no output", () => {
  const f = ({x, y}: Tensors) => ({y, z: tf.maximum(tf.add(x, tf.tensor([1, 2, 3])), tf.tensor([1, 2, 3]))});
  const {graph, results} = trace(f, {x: form, y: form});
  expect(graph.constants).toHaveLength(1);
  expect(graph.inputs.map(({name}) => name)).toEqual(["in:x"]);
  expect(graph.outputs.map(({name}) => name)).toEqual(["out:z"]);
  expect(results.y.unchanged).toBe(true);
});

test("0 and −0 are different constants", async () => {
  const f = () => ({a: tf.div(1, tf.tensor([0, 1])), b: tf.div(1, tf.tensor([-0, 1]))});
  const {a, b} = await native(f, {});
  expect([a.values[0], b.values[0]]).toEqual([Infinity, -Infinity]);
});

test("a random number inside the step is an error that says where it was drawn", () => {
  const draws = ({x}: Tensors) => ({y: tf.mul(x, tf.tensor(rng(1).normal(3)))});
  expect(() => trace(draws, {x: form})).toThrow(
    /^trace: expected random numbers in the batch, got one drawn inside the step at test\/headless\/native\/trace\/trace\.test\.ts:\d+:\d+$/
  );
  const chance = () => (Reflect.get(Math, "random") as () => number)();
  expect(() => trace(({x}) => ({y: tf.mul(x, chance())}), {x: form})).toThrow(/^trace: expected random numbers in/);
  expect(() => trace(({x}) => ({y: tf.add(x, tf.dropout(x, 0.5))}), {x: form})).toThrow(/^trace: expected random/);
  expect(rng(1).next()).toBeGreaterThan(0); // and afterwards one may draw again
  expect(chance()).toBeLessThan(1);
});

test("a kernel without a translation fails with its name and where it was called", () => {
  expect(() => trace(({x}) => ({y: tf.asinh(x)}), {x: form})).toThrow(
    /^trace: expected kernels with a translation, got Asinh, called at test\/headless\/native\/trace\/trace\.test\.ts:\d+:\d+$/
  );
});

test("reading a value, a tensor from outside and large constants are errors", () => {
  expect(() => trace(({x}) => ({y: tf.mul(x, x.dataSync()[0])}), {x: form})).toThrow("reads a tensor's values");
  const outside = tf.tensor([1, 2, 3]);
  expect(() => trace(({x}) => ({y: tf.mul(x, outside)}), {x: form})).toThrow(
    "trace: expected tensors of the step's state and batch, got one that was made before the step"
  );
  const long = new Float32Array(65_537).map((_, i) => i);
  expect(() => trace(() => ({y: tf.sum(tf.tensor(long))}), {x: form})).toThrow(
    "trace: expected constants of at most 65536 numbers, got 65537 of shape (65537): make them part of the batch"
  );
});

test("tracing gives the backend back, after an error too", () => {
  trace(({x}) => ({y: tf.neg(x)}), {x: form});
  expect(tf.getBackend()).toBe("cpu");
  expect(() => trace(() => { throw new Error("inside"); }, {})).toThrow("inside"); // prettier-ignore
  expect([tf.getBackend(), tf.add(1, 2).dataSync()[0]]).toEqual(["cpu", 3]);
});
