import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {
  entries,
  fromEntries,
  leaves,
  map,
  mapAt,
  size,
  unflatten,
  type Tree
} from "../../src/components/tensor/tree.js";
import {values} from "../gradients.js";

const tree = () => ({conv1: {weight: tf.ones([2, 3])}, layer1: {0: {bn: {bias: tf.tensor1d([5])}}}, t: tf.scalar(7)});

test("entries are the state dict: dotted paths in order, and fromEntries is their inverse", () => {
  const t = tree();
  expect(entries(t).map(([path]) => path)).toEqual(["conv1.weight", "layer1.0.bn.bias", "t"]);
  const back = fromEntries(entries(t));
  expect(entries(back)).toEqual(entries(t));
  expect((back.conv1 as Tree).weight).toBe(t.conv1.weight);
});

test("map keeps the form, gives corresponding leaves, and obeys map(f ∘ g) = map f ∘ map g", () => {
  const t = tree();
  const doubled = map((x) => tf.mul(x, 2), t);
  expect(entries(map((x, y) => tf.sub(y, x), t, doubled)).map(([path, x]) => [path, values(x)])).toEqual(
    entries(t).map(([path, x]) => [path, values(x)])
  );
  const composed = map((x) => tf.add(tf.mul(x, 2), 1), t);
  const inTurn = map((x) => tf.add(x, 1), doubled);
  expect(leaves(composed).map(values)).toEqual(leaves(inTurn).map(values));
});

test("mapAt hands over each leaf's path", () => {
  const seen: string[] = [];
  mapAt((path, x) => {
    seen.push(path);
    return x;
  }, tree());
  expect(seen).toEqual(entries(tree()).map(([path]) => path));
});

test("unflatten is the inverse of leaves", () => {
  const t = tree();
  const list = leaves(t).map((x) => tf.neg(x));
  expect(leaves(unflatten(t, list))).toEqual(list);
});

test("size counts scalars", () => expect(size(tree())).toBe(6 + 1 + 1));

test("a missing leaf and a wrong number of leaves are named", () => {
  expect(() => map((a) => a, tree(), {conv1: {}})).toThrow("map: tree 2 has no conv1.weight");
  expect(() => unflatten(tree(), [tf.scalar(1)])).toThrow("unflatten: expected 3 leaves, got 1");
  expect(() => unflatten(tree(), leaves(tree()).concat(tf.scalar(1)))).toThrow("unflatten: expected 3 leaves, got 4");
});
