import {loadavg} from "node:os";
import {fileURLToPath} from "node:url";
import type {ConvRequest, ConvResult} from "./conv.worker.js";
import {inWorker} from "./inWorker.js";
import {flops, isBar, layers, title} from "./layers.js";
import {median} from "./rounds.js";
import type {StepRequest, StepResult} from "./step.worker.js";

const bar = 15; // GFLOP/s
const entry = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Forward, dx and dw of ResNet layers against the stock kernels on wasm, then whole training steps. */
export async function conv(rounds: number): Promise<void> {
  const request: ConvRequest = {layers, rounds};
  const {measured, stockFilterGradient} = await inWorker<ConvResult>(entry("conv.worker.ts"), request, console.log);
  console.log(`medians in GFLOP/s; ratio = ours / stock; load average ${loadavg()[0].toFixed(1)}\n`);
  console.log(row(["layer", "pass", "ours", "stock", "ratio"]));
  const reached: number[] = [];
  for (const {layer, ...passes} of measured)
    for (const [pass, {ours, stock, composed}] of Object.entries(passes)) {
      const rate = (times: number[]) => flops(layer) / median(times) / 1e6;
      const other = stock ?? composed;
      const name = stock ? "" : stockFilterGradient ? " (composed)" : " (missing; composed)";
      if (isBar(layer)) reached.push(rate(ours));
      const ratio = `${(rate(ours) / rate(other)).toFixed(1)}×`;
      console.log(row([title(layer), pass, rate(ours).toFixed(1), rate(other).toFixed(1) + name, ratio]));
    }
  const least = Math.min(...reached);
  const verdict = least >= bar ? "met" : "not met";
  console.log(`\nbar: forward, dx and dw of 3×3, stride 1, 64 channels at ≥ ${bar} GFLOP/s: ${verdict}, the slowest ${least.toFixed(1)}\n`); // prettier-ignore
  await steps(rounds);
}

async function steps(rounds: number): Promise<void> {
  const nets = [16, 32].map((width) => ({width, batch: 128}));
  const request: StepRequest = {nets, rounds};
  const {backend, steps} = await inWorker<StepResult>(entry("step.worker.ts"), request, console.log);
  console.log(
    `ResNet-18 training steps, ${backend.reason}; stock tfjs has no filter gradient on wasm and cannot run them`
  );
  for (const {width, batch, times, loss} of steps) {
    const ms = median(times);
    console.log(`width ${width}, batch ${batch}: ${ms.toFixed(0)} ms a step, ${((batch / ms) * 1000).toFixed(1)} images/s (loss ${loss.toFixed(3)})`); // prettier-ignore
  }
}

const widths = [34, 8, 8, 30, 8];
const row = (cells: string[]) => cells.map((cell, i) => cell.padEnd(widths[i])).join(" ").trimEnd(); // prettier-ignore
