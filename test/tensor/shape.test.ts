import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {agree, shapes} from "../../src/components/tensor/shape.js";

test("shapes binds names to sizes and lets numbers and … stand", () => {
  const x = tf.zeros([2, 5, 5, 3]);
  expect(shapes("f", {x: [x, "B H W 3"], w: [tf.zeros([5, 7]), "W K"]})).toEqual({B: 2, H: 5, W: 5, K: 7});
  expect(shapes("f", {x: [x, "… 3"]})).toEqual({});
  expect(shapes("f", {x: [x, "… W C"]})).toEqual({W: 5, C: 3});
  expect(shapes("f", {x: [tf.scalar(1), "…"]})).toEqual({});
});

test("a shape that does not fit is a RangeError that names the argument, what was known, and what came", () => {
  const [a, b] = [tf.zeros([4, 8]), tf.zeros([4, 6])];
  const f = () => shapes("ntXent", {z1: [a, "B D"], z2: [b, "B D"]});
  expect(f).toThrow(RangeError);
  expect(f).toThrow("ntXent: expected z2 (B, D) with B = 4, D = 8, got (4, 6)");
  expect(() => shapes("conv", {x: [a, "B H W 3"]})).toThrow("conv: expected x (B, H, W, 3), got (4, 8)");
  expect(() => shapes("f", {x: [a, "… 7"]})).toThrow("f: expected x (…, 7), got (4, 8)");
  expect(() => shapes("f", {x: [tf.scalar(1), "… 7"]})).toThrow("f: expected x (…, 7), got ()");
  expect(() => shapes("f", {x: [tf.zeros([2, 3]), "N N"]})).toThrow("f: expected x (N, N), got (2, 3)");
});

test("agree wants equal shapes, and names both arguments", () => {
  expect(() => agree("mse", {predictions: tf.zeros([4, 6]), targets: tf.zeros([4, 6])})).not.toThrow();
  expect(() => agree("mse", {predictions: tf.zeros([4, 6]), targets: tf.zeros([4, 5])})).toThrow(
    "mse: expected targets (4, 6) as predictions, got (4, 5)"
  );
});
