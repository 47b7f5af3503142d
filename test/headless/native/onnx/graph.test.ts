import * as ort from "onnxruntime-node";
import {expect, test} from "vitest";
import {graphBuilder} from "../../../../headless/native/onnx/graph.js";
import {encodeModel} from "../../../../headless/native/onnx/model.js";

test("the same operator on the same inputs is one node; another attribute or order of inputs makes another", () => {
  const graph = graphBuilder();
  const [a, b] = ["a", "b"].map((name) => graph.input(name, "float32", [2]));
  expect(graph.node("Sub", [a, b])).toBe(graph.node("Sub", [a, b]));
  expect(graph.node("Sub", [b, a])).not.toBe(graph.node("Sub", [a, b]));
  expect(graph.node("Softmax", [a], {axis: 0})).not.toBe(graph.node("Softmax", [a], {axis: -1}));
  expect(graph.node("LeakyRelu", [a], {alpha: {float: 1}})).not.toBe(graph.node("LeakyRelu", [a], {alpha: 1}));
});

test("constants are shared by value, shape and type", () => {
  const graph = graphBuilder();
  expect(graph.integers([1, 2])).toBe(graph.integers([1, 2]));
  expect(graph.integers([1, 2])).not.toBe(graph.integers([2, 1]));
  expect(graph.float(1)).not.toBe(graph.constant("float32", [1], Float32Array.of(1)));
  expect(graph.float(0)).not.toBe(graph.float(-0));
});

test("finishing leaves what outputs need, in the order of execution", () => {
  const graph = graphBuilder();
  const [a, b] = ["a", "b"].map((name) => graph.input(name, "float32", [2]));
  const c = graph.node("Exp", [a]);
  graph.node("Add", [c, b]);
  graph.output("y", graph.node("Mul", [c, graph.float(2)]), "float32", [2]);
  const {inputs, constants, nodes} = graph.finish();
  expect(inputs.map(({name}) => name)).toEqual(["a"]);
  expect(constants).toHaveLength(1);
  expect(nodes.map(({operator}) => operator)).toEqual(["Exp", "Mul"]);
});

test("a tensor given out is made under that name, and copied only if it is an input, or given out twice", () => {
  const graph = graphBuilder();
  const a = graph.input("a", "float32", [2]);
  const b = graph.node("Exp", [a]);
  graph.output("y", b, "float32", [2]);
  graph.output("again", b, "float32", [2]);
  graph.output("same", a, "float32", [2]);
  graph.output("z", graph.node("Neg", [b]), "float32", [2]);
  const {nodes} = graph.finish();
  expect(nodes.map(({operator, inputs, outputs}) => [operator, ...inputs, ...outputs].join(" "))).toEqual([
    "Exp a y",
    "Identity y again",
    "Identity a same",
    "Neg y z"
  ]);
});

test("onnxruntime reads the bytes: names, types, shapes and every kind of attribute", async () => {
  const graph = graphBuilder();
  const x = graph.input("x", "float32", [2, 3]);
  const sums = graph.node("ReduceMax", [x], {axes: [1], keepdims: 0});
  const leaky = graph.node("LeakyRelu", [sums], {alpha: {float: 0.5}});
  const [low, high] = graph.nodes("Split", [leaky, graph.integers([1, 1])], {axis: 0}, {outputs: 2});
  const scattered = graph.node("ScatterElements", [low, graph.constant("int32", [1], Int32Array.of(0)), high], {reduction: "add"}); // prettier-ignore
  graph.output("y", scattered, "float32", [1]);
  const session = await ort.InferenceSession.create(encodeModel(graph.finish()));
  expect([session.inputNames, session.outputNames]).toEqual([["x"], ["y"]]);
  expect(session.inputMetadata[0]).toMatchObject({name: "x", type: "float32", shape: [2, 3]});
  const {y} = await session.run({x: new ort.Tensor("float32", [-4, -3, -2, 1, 5, 2], [2, 3])});
  expect([...(y.data as Float32Array)]).toEqual([-1 + 5]);
  await session.release();
});
