import {readFileSync} from "node:fs";
import * as tf from "@tensorflow/tfjs";
import {test} from "vitest";
import {conv2d} from "../../src/components/ops/conv2d.js";
import {depthwiseConv2d} from "../../src/components/ops/depthwiseConv2d.js";
import {expectClose} from "../gradients.js";
import {onBackends} from "./onBackends.js";

type Images = number[][][][];
type Case = {stride: number; padding: number} & Record<"x" | "filter" | "dy" | "y" | "dx" | "dfilter", Images>;
const cases = JSON.parse(readFileSync("test/fixtures/pytorch/filters.json", "utf8")) as Record<string, Case>;

onBackends(() => {
  test.each(Object.keys(cases))("%s and its gradients agree with PyTorch", (name) => {
    const {stride, padding, ...images} = cases[name];
    const {x, filter, dy, y, dx, dfilter} = Object.fromEntries(
      Object.entries(images).map(([key, numbers]) => [key, tf.tensor4d(numbers)])
    );
    const convolution = name.startsWith("depthwise") ? depthwiseConv2d : conv2d;
    const f = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor => convolution(x, filter, {stride, padding});
    expectClose(f(x, filter), y, 2e-5);
    const gradients = tf.grads(f)([x, filter], dy);
    expectClose(gradients[0], dx, 2e-5);
    expectClose(gradients[1], dfilter, 5e-5);
  });
});
