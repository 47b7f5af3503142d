import {commandLine} from "./commandLine.js";
import {conv} from "./bench/conv.js";
import {drawing} from "./bench/scenes.js";

interface Benchmark {
  about: string;
  /** Whether pages show its results: then it takes --record. */
  recorded?: boolean;
  /** Rounds unless told: 5. */
  rounds?: number;
  /** The fewest rounds: 1. */
  least?: number;
  run(rounds: number, names: string[], options: {site?: string; record?: boolean}): Promise<void>;
}

const benchmarks: Record<string, Benchmark> = {
  conv: {about: "convolutions and a ResNet-18 step on wasm, in Chromium, against the stock kernels", run: conv},
  editor: {
    about: "saving in the preview's editor and what it knows of types, on pages of 30 cells and 1 MB, in Chromium",
    run: async (rounds) => (await import("./bench/editor.js")).editor(rounds)
  },
  native: {
    about: "training steps in onnxruntime, beside PyTorch on the CPU where there is one, in Node",
    run: async (rounds) => (await import("./bench/native.js")).native(rounds)
  },
  pages: {
    about:
      "the longest tasks while sliders move, on the pages named or all, in Chromium; --site DIR takes a built site",
    run: async (rounds, names, {site}) => (await import("./bench/pages.js")).pages(rounds, names, site)
  },
  steps: {
    recorded: true,
    about: "training steps of the recorded runs that pages compare, on one thread, in Node; --record for the pages",
    run: async (rounds, _, {record}) => (await import("./bench/steps.js")).steps(rounds, record)
  },
  webgpu: {
    recorded: true,
    about:
      "training steps on WebGPU and wasm, in Chromium, against stock tfjs and jax-js; 10 rounds unless told, 0 counts only; --record for the page",
    rounds: 10,
    least: 0,
    run: async (rounds, _, {record}) => (await import("./bench/webgpu.js")).webgpu(rounds, record)
  },
  scenes: {about: "images of the procedural data set, in Node", run: drawing}
};

const {positionals, values} = commandLine("bench", {
  allowPositionals: true,
  options: {rounds: {type: "string"}, site: {type: "string"}, record: {type: "boolean"}}
});
const [name, ...names] = positionals;
const rounds = Number(values.rounds ?? benchmarks[name ?? ""]?.rounds ?? 5);
if (!name) {
  console.log("npm run bench -- NAME [PAGE …] [--rounds N] [--site DIR] [--record]\n");
  for (const [key, {about}] of Object.entries(benchmarks)) console.log(`  ${key.padEnd(8)} ${about}`);
} else if (!(name in benchmarks)) {
  console.error(`bench: expected a benchmark (${Object.keys(benchmarks).join(", ")}), got ${name}`);
  process.exitCode = 1;
} else if (!(Number.isInteger(rounds) && rounds >= (benchmarks[name].least ?? 1))) {
  console.error(`bench: expected a whole number of rounds ≥ ${benchmarks[name].least ?? 1}, got ${values.rounds}`);
  process.exitCode = 1;
} else if (values.record && !benchmarks[name].recorded) {
  const recorded = Object.keys(benchmarks).filter((key) => benchmarks[key].recorded);
  console.error(`bench: expected --record with ${recorded.join(" or ")} alone, got it with ${name}`);
  process.exitCode = 1;
} else await benchmarks[name].run(rounds, names, values);
