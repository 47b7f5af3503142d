import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {dropout} from "../../src/components/ops/dropout.js";
import {broadcastPlace} from "../../src/components/ops/webgpu/text.js";
import {expectClose, expectGradient, seeded, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

onBackends(() => {
  const mask = tf.tensor([0, 2, 2, 0, 0, 2], [2, 1, 3]);

  test("what the mask drops is 0 and has no gradient, what it keeps is scaled, and the sum passes unchanged", () => {
    const [x, c] = [seeded(1).normal([2, 4, 3]), seeded(2).normal([2, 4, 3])];
    expect(values(dropout(x, mask))).toEqual(values(tf.mul(x, mask)));
    expect(values(dropout(x, mask, c))).toEqual(values(tf.add(c, tf.mul(x, mask))));
    const dy = seeded(3).normal([2, 4, 3]);
    const [dx, dc] = tf.grads((x, c) => dropout(x, mask, c))([x, c], dy);
    expect(values(dx)).toEqual(values(tf.mul(dy, mask)));
    expect(values(dc)).toEqual(values(dy));
  });

  test("the mask is data, and the gradient has a gradient", () => {
    const x = seeded(1).normal([2, 4, 3]);
    const [, dMask] = tf.grads((x, mask) => dropout(x, mask))([x, mask]);
    expectClose(dMask, tf.zeros([2, 1, 3]), 0);
    const slope = (x: tf.Tensor) =>
      tf.sum(tf.square(tf.grad((x: tf.Tensor) => tf.sum(tf.square(dropout(x, mask))))(x)));
    expectGradient((x) => slope(x) as tf.Scalar, [2, 4, 3]);
  });
});

test("dropout names shapes that do not fit", () => {
  const x = tf.zeros([2, 4, 3]);
  expect(() => dropout(x, tf.ones([4, 1, 1]))).toThrow(
    "dropout: expected a mask that broadcasts to (2, 4, 3), got (4, 1, 1)"
  );
  expect(() => dropout(x, tf.ones([1, 2, 4, 3]))).toThrow("got (1, 2, 4, 3)");
  expect(() => dropout(x, tf.ones([3]), tf.ones([4, 3]))).toThrow("and a sum with that shape, got (3) and (4, 3)");
});

test("a broadcast place is where tfjs reads a broadcast number", () => {
  const to = [2, 3, 4, 5];
  for (const from of [[2, 3, 4, 5], [2, 1, 4, 1], [3, 1, 5], [1, 1, 1, 5], [1], []]) {
    const count = from.reduce((product, n) => product * n, 1);
    const wide = values(tf.broadcastTo(tf.reshape(tf.range(0, count), from), to));
    const text = broadcastPlace(from, to, "at").replace(/at \/ (\d+)/g, "Math.floor(at / $1)");
    const placeOf = new Function("at", `return ${text};`) as (at: number) => number;
    expect(wide.map((_, at) => placeOf(at))).toEqual(wide);
  }
}); // prettier-ignore
