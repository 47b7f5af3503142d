import {loadavg} from "node:os";
import {fileURLToPath} from "node:url";
import {ratio} from "../../src/benchmark/arithmetic.js";
import {contendersTable, loadsTable} from "../../src/benchmark/tables.js";
import type {Contender} from "../../src/benchmark/race.js";
import {sentenceOf, type Size} from "../../src/benchmark/size.js";
import {inWorker} from "./inWorker.js";
import type {RaceRequest, RaceResult} from "./webgpu.worker.js";

const entry = fileURLToPath(new URL("webgpu.worker.ts", import.meta.url));
const stock = ["stock tf.layers", "stock plain ops"];
const ours = ["ours, eager", "ours, recorded"];

export const full: Size = {model: "resnet", width: 64, side: 32, batch: 32};
export const small: Size = {model: "resnet", width: 16, side: 16, batch: 8};
export const transformer: Size = {model: "vit", width: 64, side: 16, batch: 8};

/** Runs a race in Chromium. */
export const ask = (request: RaceRequest, say: (line: string) => void = console.log): Promise<RaceResult> =>
  inWorker<RaceResult>(entry, request, say);

/**
 * A training step on WebGPU, in Chromium: stock tfjs twice, ours twice, and jax-js. First what holds on any GPU, the
 * commands of a step at full width, which are counted and not computed; then times on the adapter that is here, in turns,
 * and the same on wasm.
 */
export async function webgpu(rounds: number): Promise<void> {
  const all = [...stock, ...ours, "jax-js"];
  await counted(full, all);
  const {contenders} = await timed({backend: "webgpu", size: small, rounds, compute: true, names: all});
  for (const [name, other, floor] of floors) {
    const [fast, slow] = [name, other].map((wanted) => contenders.find(({name}) => name === wanted));
    if (fast?.times.length && slow?.times.length)
      bar(`${name}: ${floor} times ${other}`, ratio(slow.times, fast.times) >= floor);
  }
  await timed({backend: "webgpu", size: transformer, rounds, compute: true, names: [stock[1], ...ours]});
  console.log("tf.layers has no layer for multi-head attention, so it has no row.");
  await timed({backend: "wasm", size: small, rounds, compute: true, names: [...stock, ours[0]]});
  console.log("Stock tfjs lacks the filters' gradient on wasm; here it is nine matrix products, one for each tap.");
}

const floors: [string, string, number][] = [
  ["ours, eager", "stock tf.layers", 7],
  ["ours, recorded", "stock tf.layers", 8],
  ["ours, recorded", "jax-js", 2]
];

async function counted(size: Size, names: string[]): Promise<void> {
  const {backend, contenders, batchBytes} = await ask({backend: "webgpu", size, rounds: 0, compute: false, names});
  console.log(`\n${sentenceOf(size)}: commands of one step, ${backend.reason}\n`);
  print(loadsTable(contenders));
  const {load} = contenders.find(({name}) => name === "ours, recorded")!;
  bar("dispatches ≤ 330", load!.dispatches <= 330);
  bar("bytes bound ≤ 2.5 GB", load!.bound <= 2.5e9);
  bar(`upload ≤ the batch (${batchBytes.toLocaleString("en")} B) + 1 kB`, load!.uploaded <= batchBytes + 1000);
}

async function timed(request: RaceRequest): Promise<{contenders: Contender[]}> {
  const before = loadavg()[0].toFixed(1);
  const {backend, contenders} = await ask(request);
  const load = `load average ${before} before and ${loadavg()[0].toFixed(1)} after`;
  console.log(`\n${sentenceOf(request.size)}: ${request.rounds} interleaved rounds, ${backend.reason}, ${load}\n`);
  print(contendersTable(contenders));
  return {contenders};
}

const bar = (what: string, met: boolean) => console.log(`bar: ${what}: ${met ? "met" : "not met"}`);

function print({columns, rows}: {columns: string[]; rows: string[][]}): void {
  const lines = [columns, ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => cells[i].length)) + 2);
  for (const cells of lines) console.log(cells.map((cell, i) => cell.padEnd(widths[i])).join("").trimEnd()); // prettier-ignore
}
