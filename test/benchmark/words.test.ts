import {expect, test} from "vitest";
import {entrants, fault, sizes} from "../../src/benchmark/choices.js";
import {contenders} from "../../src/benchmark/contenders.js";
import type {Contender} from "../../src/benchmark/race.js";
import {race} from "../../src/benchmark/race.js";
import {liveWords, markdownOf, markdownTable} from "../../src/benchmark/report.js";
import type {TimedOp} from "../../src/benchmark/roofline.js";
import {placed, rooflineWords, stepSeconds} from "../../src/benchmark/rooflineWords.js";
import {contendersTable, loadsTable} from "../../src/benchmark/tables.js";

const load = {dispatches: 300, bound: 2.5e9, uploaded: 3108, buffers: 0, destroyed: 0, submits: 2};
const contender = (name: string, times: number[], more: Partial<Contender> = {}): Contender => ({
  ...{name, times, first: 100, load, losses: [2.5, 1.25], failed: null},
  ...more
});

test("ratios are to the first that ran; one that does not run says why and stops nobody", () => {
  const failed = contender("a", [], {failed: "no such layer", load: null});
  const {rows} = contendersTable([failed, contender("b", [40, 44, 42]), contender("c", [7, 6, 8])]);
  expect(rows[0]).toEqual(["a", "does not run: no such layer", "", "", "", ""]);
  expect(rows[1]).toEqual(["b", "42 ms", "40 ms", "100 ms", "1×", "2.500 → 1.250"]);
  expect(rows[2].slice(1, 5)).toEqual(["7 ms", "6 ms", "100 ms", "6×"]);
  expect(loadsTable([failed, contender("b", [1])]).rows).toEqual([["b", "300", "2500 MB", "3108 B", "0", "2"]]);
});

test("contenders take their steps in turns, after three steps each, and one that fails leaves the others alone", async () => {
  const order: string[] = [];
  const make = (name: string) => async () => async () => order.push(name);
  const broken = async () => Promise.reject(new Error("not here"));
  const size = sizes["ResNet-18, width 16, images 16 × 16, batch 8"];
  const stages: string[] = [];
  const done = await race({a: make("a"), broken, b: make("b")}, {size, rounds: 2, meter: null}, (s) => stages.push(s));
  expect(order.join("")).toBe("aaabbbabab");
  expect(done.map(({failed}) => failed)).toEqual([null, "not here", null]);
  expect(done.map(({times}) => times.length)).toEqual([2, 0, 2]);
  expect(stages).toEqual(["first steps of a", "first steps of broken", "first steps of b", "round 1 of 2", "round 2 of 2"]); // prettier-ignore
});

const op = (kernel: string, flops: number, bytes: number, seconds: number, calls = 1): TimedOp => ({
  ...{kernel, shape: [2, 3], calls, flops, bytes, seconds, dispatches: 1}
});
const ceilings = {flops: 1e12, bytes: 1e11, rows: 512, copied: 64e6};

test("an op stands where its operations, bytes and time put it, its share is of all calls of all ops", () => {
  const ops = [op("DlmConv2D", 1e9, 1e7, 0.002, 3), op("DlmRelu", 1e6, 8e6, 0.001), op("Transpose", 0, 1e6, 0.001)];
  expect(stepSeconds({ops})).toBeCloseTo(0.008);
  const dots = placed({ops});
  expect(dots.map(({name}) => name)).toEqual(["conv2d 2×3", "relu 2×3"]); // a logarithm has no place for 0
  expect(dots[0].intensity).toBe(100);
  expect(dots[0].throughput).toBe(5e11);
  expect(dots.map(({share}) => share)).toEqual([0.75, 0.125]);
});

test("the roofline's sentences name the ridge, both sides of it, what only moves, and what lies above", () => {
  const ops = [op("DlmConv2D", 1e9, 1e7, 0.002, 3), op("DlmRelu", 1e6, 8e6, 0.001), op("Transpose", 0, 1e6, 0.001)];
  const words = rooflineWords({ceilings, ops});
  expect(words).toContain("1000 GFLOP/s (the product of 512 × 512 matrices) and 100 GB/s (a copy of 64 MB); they meet at 10 FLOP/byte"); // prettier-ignore
  expect(words).toContain("Left of the ridge, where the copy is the ceiling, stand 1 op with 13 %");
  expect(words).toContain("right of it, where arithmetic is, 1 op with 75 %");
  expect(words).toContain("1 op only move numbers");
  expect(words).not.toContain("above the roof");
  expect(words).toContain("all the ops would take 39 % of their time"); // (3 · 1 + 0.08 + 0.01) / 8 ms
  expect(rooflineWords({ceilings, ops: [op("DlmConv2D", 1e9, 1e7, 0.0005)]})).toContain("1 op lies above the roof");
});

test("what cannot be run is said in one sentence", () => {
  expect(fault(10, ["a"])).toBe("");
  for (const rounds of [0, 2.5, 1001, NaN]) expect(fault(rounds, ["a"])).toMatch(/^The number of rounds is .*\.$/);
  expect(fault(10, [])).toBe("Choose at least one contender.");
});

test("whom the page offers is there to run", () => {
  expect(Object.keys(entrants)).toEqual(Object.keys(contenders));
});

test("live results name the adapter", () => {
  expect(liveWords("webgpu: on the adapter apple metal-3; numbers are float32")).toBe("Live, on your adapter apple metal-3; numbers are float32."); // prettier-ignore
  expect(liveWords("webgpu: as asked, on the software adapter x, which is slow")).toBe("Live, on your software adapter x, which is slow."); // prettier-ignore
});

test("a report in Markdown holds the machine, the tables and the sentences", () => {
  expect(markdownTable({columns: ["", "a|b"], rows: [["x", "1"]]})).toBe("|  | a\\|b |\n| --- | ---: |\n| x | 1 |");
  const report = markdownOf({
    ...{backend: "webgpu: on X", where: "a browser", date: "2026-01-02", rounds: 3, load: [1, 2.25]},
    size: sizes["ResNet-18, width 16, images 16 × 16, batch 8"],
    contenders: [contender("b", [42])],
    roofline: null
  });
  expect(report).toContain("**ResNet-18, width 16, images 16 × 16, batch 8**, 3 interleaved rounds, 2026-01-02, load average 1.0 before and 2.3 after"); // prettier-ignore
  expect(report).toContain("webgpu: on X; a browser");
  expect(report).toContain("| b | 42 ms | 42 ms | 100 ms | 1× | 2.500 → 1.250 |");
});
