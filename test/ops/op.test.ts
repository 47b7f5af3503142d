import * as tf from "@tensorflow/tfjs";
import {expect, test, vi} from "vitest";
import {backends, defineOp} from "../../src/components/ops/op.js";
import {expectClose, value, values} from "../gradients.js";

type X = {x: tf.Tensor};
const cube = () =>
  defineOp({
    name: "TestCube",
    plain: ({x}: X, {scale}: {scale: number}) => tf.mul(tf.mul(tf.square(x), x), scale),
    gradient: {
      inputs: ["x"],
      rule: (dy: tf.Tensor, {x}, _, {scale}) => ({x: () => tf.mul(dy, tf.mul(tf.square(x), 3 * scale))})
    }
  });

test("defining ops leaves stock kernels and gradients as they are", async () => {
  const names = ["Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter", "BatchMatMul", "Sum", "Mean"];
  const registered = () => names.flatMap((name) => [tf.getKernel(name, "cpu"), tf.getGradient(name)]);
  const before = registered();
  await Promise.all(
    ["conv2d", "matMul", "mean", "batchNorm"].map((name) => import(`../../src/components/ops/${name}.ts`))
  );
  registered().forEach((config, i) => expect(config).toBe(before[i]));
});

test("an op has a kernel on every backend; one without a variant runs the plain composition", () => {
  const op = defineOp({
    name: "TestVariants",
    plain: ({x}: X) => tf.add(x, 1),
    variants: {wasm: ({x}: X) => tf.add(x, 2)}
  });
  const x = tf.scalar(0);
  const run = (backend: string) =>
    value(tf.getKernel("DlmTestVariants", backend).kernelFunc({inputs: {x}, attrs: {}, backend: {}}) as tf.Tensor);
  expect(backends.map(run)).toEqual([1, 2, 1, 1]);
  expect(value(op({x}, {}))).toBe(1);
});

test("the gradient is the op's rule, not that of the ops inside it, which the tape does not see", () => {
  const wrong = defineOp({
    name: "TestWrong",
    plain: ({x}: X) => tf.square(x),
    gradient: {rule: (dy: tf.Tensor) => ({x: () => tf.mul(dy, 7)})}
  });
  expect(value(tf.grad((x: tf.Tensor) => wrong({x}, {}))(tf.scalar(5)))).toBe(7);
  expect(value(tf.grad((x: tf.Tensor) => cube()({x}, {scale: 2}))(tf.scalar(5)))).toBe(150);
});

test("each of several outputs carries its gradient; one that nothing read carries zeros", () => {
  const both = defineOp({
    name: "TestBoth",
    plain: ({x}: X) => [tf.mul(x, 2), tf.mul(x, 3)],
    gradient: {rule: ([a, b]: tf.Tensor[]) => ({x: () => tf.add(tf.mul(a, 2), tf.mul(b, 3))})}
  });
  const x = tf.tensor1d([1, 10]);
  const slope = (f: (outputs: tf.Tensor[]) => tf.Tensor) => values(tf.grad((z: tf.Tensor) => f(both({x: z}, {})))(x));
  expect(slope(([a, b]) => tf.add(a, tf.mul(b, 10)))).toEqual([32, 32]);
  expect(slope(([, b]) => b)).toEqual([3, 3]);
});

test("an output that is an input, and a gradient that is dy, become tensors of their own", () => {
  const same = defineOp({
    name: "TestSame",
    plain: ({x}: X) => x,
    gradient: {rule: (dy: tf.Tensor) => ({x: () => dy})}
  });
  const x = tf.tensor1d([1, 2]);
  const y = same({x}, {});
  y.dispose();
  expect(values(x)).toEqual([1, 2]);
  const f = (z: tf.Tensor) => {
    const u = tf.mul(z, 3);
    return tf.add(tf.add(same({x: u}, {}), same({x: u}, {})), u); // u's gradient is summed from three
  };
  expect(values(tf.grad(f)(x))).toEqual([9, 9]);
});

test("evaluating a definition again replaces it in silence", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  cube();
  const again = cube();
  expect(value(again({x: tf.scalar(2)}, {scale: 1}))).toBe(8);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

test("no tensor is left by a call, by gradients taken twice, or under nested tidies", () => {
  const op = cube();
  const x = tf.tensor1d([1, 2, 3]);
  const loss = () => tf.tidy(() => tf.sum(tf.tidy(() => op({x: tf.square(x)}, {scale: 1})))) as tf.Scalar;
  const before = tf.memory().numTensors;
  op({x}, {scale: 1}).dispose();
  for (let i = 0; i < 2; ++i) {
    const {value: y, grads} = tf.engine().gradients(loss, [x]);
    expectClose(grads[0], [6, 192, 1458], 1e-3); // d x⁶
    tf.dispose([y, grads]);
    expect(tf.memory().numTensors).toBe(before);
  }
});
