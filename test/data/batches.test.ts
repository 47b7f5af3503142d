import {expect, test} from "vitest";
import {gather, gatherAll} from "../../src/components/data/batches.js";
import type {Records} from "../../src/components/data/records.js";

const records: Records = {
  images: Uint8Array.from({length: 4 * 6}, (_, i) => i),
  labels: Uint8Array.of(7, 8, 9, 6),
  count: 4,
  height: 1,
  width: 2,
  channels: 3,
  classes: [],
  digest: "",
  note: ""
};

test("gather copies the asked rows in the asked order, repeats included", () => {
  const {images, labels} = gather(records, Uint32Array.of(2, 0, 2));
  expect([...labels]).toEqual([9, 7, 9]);
  expect([...images]).toEqual([12, 13, 14, 15, 16, 17, 0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17]);
  images.fill(0);
  expect(records.images[12]).toBe(12);
});

test("gather names a row that does not exist", () => {
  expect(() => gather(records, [1, 4])).toThrow("gather: expected rows in [0, 4), got 4");
});

test("gatherAll copies what is held for each record, and leaves the rest", () => {
  const more = {
    ...records,
    classes: ["a", "b", "c", "d"],
    boxes: Float32Array.from({length: 8}, (_, i) => i / 2),
    captions: ["p", "q", "r", "s"],
    palette: Uint8Array.of(1, 2, 3)
  };
  expect(gatherAll(more, [3, 0])).toEqual({
    ...gather(records, [3, 0]),
    boxes: Float32Array.of(3, 3.5, 0, 0.5),
    captions: ["s", "p"]
  });
  expect(() => gatherAll(more, [4])).toThrow("gather: expected rows in [0, 4), got 4");
  more.boxes.fill(9);
  expect(gatherAll({...records, count: 0}, [])).toEqual({images: new Uint8Array(), labels: new Uint8Array()});
});
