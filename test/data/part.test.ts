import {expect, test} from "vitest";
import {part} from "../../src/components/data/part.js";

const size = 2 * 2 * 3;
const records = {
  images: Uint8Array.from({length: 5 * size}, (_, i) => i),
  labels: Uint8Array.of(4, 3, 2, 1, 0),
  ...{count: 5, height: 2, width: 2, channels: 3, classes: ["a"], digest: "", note: "n", masks: new Uint8Array(5)}
};

test("a part of the records has their images and labels as views, and nothing else that is one for each record", () => {
  const some = part(records, 1, 3);
  expect(some).toMatchObject({count: 2, height: 2, width: 2, channels: 3, note: "n"});
  expect([...some.labels]).toEqual([3, 2]);
  expect([some.images[0], some.images.length, some.images.buffer]).toEqual([size, 2 * size, records.images.buffer]);
  expect(some).not.toHaveProperty("masks");
});

test.each([
  [0, 6],
  [-1, 2],
  [3, 2]
])("rows %i to %i of five are refused", (from, to) => {
  expect(() => part(records, from, to)).toThrow(`part: expected rows within 0 … 5, got ${from} … ${to}`);
});
