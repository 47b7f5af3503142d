import {loadavg} from "node:os";
import {fileURLToPath} from "node:url";
import {inWorker} from "./inWorker.js";
import {median} from "./rounds.js";
import type {Contender, GpuRequest, GpuResult} from "./webgpu.worker.js";

const entry = fileURLToPath(new URL("webgpu.worker.ts", import.meta.url));
const ask = (request: GpuRequest) => inWorker<GpuResult>(entry, request, console.log);

/**
 * A ResNet-18 step on WebGPU, in Chromium: stock tfjs against ours. First what holds on any GPU, the commands of a step at
 * full width, which are counted and not computed; then times on the adapter that is here, in turns.
 */
export async function webgpu(rounds: number): Promise<void> {
  const full = await ask({width: 64, side: 32, batch: 32, rounds: 0, compute: false});
  console.log(`\nResNet-18 of width 64, 32×32, batch 32: commands of one step, ${full.backend.reason}\n`);
  console.log(row(["", "dispatches", "bound", "uploaded", "new buffers", "submits"]));
  for (const {name, load} of full.contenders)
    console.log(row([name, `${load.dispatches}`, megabytes(load.bound), bytes(load.uploaded), `${load.buffers}`, `${load.submits}`])); // prettier-ignore
  const recorded = full.contenders.at(-1)!.load;
  bar("dispatches ≤ 330", recorded.dispatches <= 330);
  bar("bytes bound ≤ 2.5 GB", recorded.bound <= 2.5e9);
  bar(`upload ≤ the batch (${bytes(full.batchBytes)}) + 1 kB`, recorded.uploaded <= full.batchBytes + 1000);

  const load = loadavg()[0].toFixed(1);
  const small = await ask({width: 16, side: 16, batch: 8, rounds, compute: true});
  console.log(`\nResNet-18 of width 16, 16×16, batch 8: ${rounds} interleaved rounds, load average ${load}\n`);
  console.log(row(["", "median", "least", "first step", "ratio", "loss"]));
  const [stock, ...ours] = small.contenders;
  for (const contender of small.contenders) console.log(timed(contender, stock));
  for (const [i, floor] of [7, 8].entries())
    bar(`${ours[i].name}: ${floor} times stock`, median(stock.times) / median(ours[i].times) >= floor);
}

function timed({name, times, first, losses}: Contender, stock: Contender): string {
  const ratio = `${(median(stock.times) / median(times)).toFixed(1)}×`;
  const loss = losses.map((value) => value.toFixed(3)).join(" → ");
  return row([name, ms(median(times)), ms(Math.min(...times)), ms(first), ratio, loss]);
}

const ms = (time: number) => `${time.toFixed(0)} ms`;
const megabytes = (count: number) => `${(count / 1e6).toFixed(0)} MB`;
const bytes = (count: number) => `${count.toLocaleString("en")} B`;
const bar = (what: string, met: boolean) => console.log(`bar: ${what}: ${met ? "met" : "not met"}`);
const widths = [24, 12, 12, 18, 13, 8];
const row = (cells: string[]) => cells.map((cell, i) => cell.padEnd(widths[i])).join(" ").trimEnd(); // prettier-ignore
