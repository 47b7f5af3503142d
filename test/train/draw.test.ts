import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {draw} from "../../src/components/train/draw.js";
import {tiny, tinyRecords} from "./tiny.js";

const records = tinyRecords(26);
const setting = {seed: 5, batch: 4};

test("batch k is a function of the seed and k: any order of asking gives the same batches", () => {
  const forwards = draw(tiny, records, setting);
  const inOrder = Array.from({length: 18}, (_, k) => forwards(k));
  const backwards = draw(tiny, records, setting);
  for (let k = 17; k >= 0; --k) expect(backwards(k)).toEqual(inOrder[k]);
  expect(draw(tiny, records, {...setting, seed: 6})(0)).not.toEqual(inOrder[0]);
});

test("batch k draws from the stream (seed, batch, k), and its rows are the k-th of the epoch's permutation", () => {
  const seen: [rows: number[], first: number][] = [];
  const spy = {sample: (stream: ReturnType<typeof rng>, _: unknown, rows: Uint32Array) => (seen.push([[...rows], stream.next()]), {})}; // prettier-ignore
  const batchAt = draw(spy as never, records, setting);
  for (let k = 0; k < 12; ++k) batchAt(k);
  for (let k = 0; k < 12; ++k) {
    const order = rng(5)
      .fork("order", Math.floor(k / 6))
      .permutation(26);
    expect(seen[k]).toEqual([[...order.slice(4 * (k % 6), 4 * (k % 6) + 4)], rng(5).fork("batch", k).next()]);
  }
});

test("an epoch takes no record twice and leaves out only the last partial batch", () => {
  const rows: number[] = [];
  const spy = {sample: (_: unknown, __: unknown, some: Uint32Array) => (rows.push(...some), {})};
  const batchAt = draw(spy as never, records, setting);
  for (let k = 0; k < 6; ++k) batchAt(k);
  expect(rows).toHaveLength(24);
  expect(new Set(rows).size).toBe(24);
});
