import {loadavg} from "node:os";
import {fileURLToPath} from "node:url";
import {ratio} from "../../src/benchmark/arithmetic.js";
import {contendersTable, loadsTable} from "../../src/benchmark/tables.js";
import type {Report} from "../../src/benchmark/report.js";
import {sentenceOf, type Size} from "../../src/benchmark/size.js";
import {inWorker} from "./inWorker.js";
import {writeModule} from "./writeModule.js";
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
 *
 * @param rounds 0 counts and times nothing.
 * @param record whether the page of the benchmark is to show the results from now on.
 */
export async function webgpu(rounds: number, record = false): Promise<void> {
  const all = [...stock, ...ours, "jax-js"];
  const command = `npm run bench -- webgpu --rounds ${rounds}${record ? " --record" : ""}`;
  const reports = [await counted(full, all, command)];
  if (rounds > 0) reports.push(...(await times(rounds, all, command)));
  if (record) await write(reports);
}

async function times(rounds: number, all: string[], command: string): Promise<Report[]> {
  const request = (backend: "webgpu" | "wasm", size: Size, names: string[]): RaceRequest => ({backend, size, rounds, compute: true, names}); // prettier-ignore
  const first = await timed(request("webgpu", small, all), command);
  for (const [name, other, floor] of floors) {
    const [fast, slow] = [name, other].map((wanted) => first.contenders.find(({name}) => name === wanted));
    if (fast?.times.length && slow?.times.length)
      bar(`${name}: ${floor} times ${other}`, ratio(slow.times, fast.times) >= floor);
  }
  const second = await timed(request("webgpu", transformer, [stock[1], ...ours]), command);
  console.log("tf.layers has no layer for multi-head attention, so it has no row.");
  const third = await timed(request("wasm", small, [...stock, ours[0]]), command);
  console.log("Stock tfjs lacks the filters' gradient on wasm; here it is nine matrix products, one for each tap.");
  return [first, second, third];
}

const floors: [string, string, number][] = [
  ["ours, eager", "stock tf.layers", 7],
  ["ours, recorded", "stock tf.layers", 8],
  ["ours, recorded", "jax-js", 2]
];

async function counted(size: Size, names: string[], command: string): Promise<Report> {
  const {backend, contenders, batchBytes} = await ask({backend: "webgpu", size, rounds: 0, compute: false, names});
  console.log(`\n${sentenceOf(size)}: commands of one step, ${backend.reason}\n`);
  print(loadsTable(contenders));
  for (const {name, failed} of contenders) if (failed !== null) console.log(`${name} does not run: ${failed}`);
  const {load} = contenders.find(({name}) => name === "ours, recorded")!;
  bar("dispatches ≤ 330", load!.dispatches <= 330);
  bar("bytes bound ≤ 2.5 GB", load!.bound <= 2.5e9);
  bar(`upload ≤ the batch (${batchBytes.toLocaleString("en")} B) + 1 kB`, load!.uploaded <= batchBytes + 1000);
  return reportOf({backend: backend.reason, size, rounds: 0, load: null, contenders}, command);
}

async function timed(request: RaceRequest, command: string): Promise<Report> {
  const before = loadavg()[0];
  const {backend, contenders} = await ask(request);
  const load: [number, number] = [before, loadavg()[0]];
  const said = `load average ${load.map((value) => value.toFixed(1)).join(" before and ")} after`;
  console.log(`\n${sentenceOf(request.size)}: ${request.rounds} interleaved rounds, ${backend.reason}, ${said}\n`);
  print(contendersTable(contenders));
  return reportOf({backend: backend.reason, size: request.size, rounds: request.rounds, load, contenders}, command);
}

const reportOf = (
  measured: Pick<Report, "backend" | "size" | "rounds" | "load" | "contenders">,
  command: string
): Report => ({...measured, where: command, date: new Date().toISOString().slice(0, 10), roofline: null});

/** Replaces what the page shows. */
const write = (reports: Report[]): Promise<void> =>
  writeModule(
    "src/benchmark/recorded.ts",
    `import type {Report} from "./report.js";

/** What \`npm run bench -- webgpu --record\` measured last; it writes this file. */
export const recorded: Report[] = ${JSON.stringify(reports)};
`
  );

const bar = (what: string, met: boolean) => console.log(`bar: ${what}: ${met ? "met" : "not met"}`);

function print({columns, rows}: {columns: string[]; rows: string[][]}): void {
  const lines = [columns, ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => cells[i].length)) + 2);
  for (const cells of lines) console.log(cells.map((cell, i) => cell.padEnd(widths[i])).join("").trimEnd()); // prettier-ignore
}
