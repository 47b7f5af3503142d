import type {TrainerState} from "../../src/components/ui/trainerState.js";
import {ownTask} from "./ownTask.js";
import {type Preview, startPreview} from "./preview.js";
import {patient} from "./editing.js";
import {visit} from "./visit.js";

/** A panel and a loop that depend on an input; each counts how many of it are alive. */
const notebook = (note: string) => `# Again

\`\`\`ts
const alive = ((globalThis as {alive?: Record<string, number>}).alive ??= {panels: 0, loops: 0, made: 0});
const knob = view(Inputs.number([0, 1e6], {value: 0, step: 1, label: "knob"}));
\`\`\`

\`\`\`ts
import {trainer} from "../components/ui/trainer.js";
const note = "${note}";
const training = view(trainer({
  name: "own",
  module: import.meta.resolve("./ownTask.js"),
  controls: {rate: {label: "rate", value: 0.1, min: 0, max: 1, step: 0.01}},
  spec: ({rate}) => ({
    config: {}, seed: knob, epochs: 1000, batch: 2, schedule: {kind: "constant", rate: Number(rate)}
  })
}));
if (note) ++alive.made;
++alive.panels;
invalidation.then(() => --alive.panels);
\`\`\`

\`\`\`ts
import {compute} from "../components/train/compute.js";
(globalThis as {memory?: unknown}).memory = compute().memory;
\`\`\`

\`\`\`ts
const steps = (async function* () {
  ++alive.loops;
  try {
    for (let i = knob; ; ++i) {
      yield i;
      await new Promise((next) => setTimeout(next, 20));
    }
  } finally {
    --alive.loops;
  }
})();
\`\`\`

Step \${steps}
`;

type Globals = {alive: Record<string, number>; memory(): Promise<{numTensors: number; numBytes: number}>};

/**
 * Lets a training cell run again so many times while its run goes on, every tenth time because its code was edited.
 *
 * @returns how many panels, loops and compute workers are alive then, and the worker's tensors while nothing trains.
 */
export async function reruns(times: number): Promise<Record<string, unknown>> {
  const preview: Preview = await startPreview({"week1/again.md": notebook("first"), "week1/ownTask.ts": ownTask});
  const {page, errors, close} = await visit("/week1/again", {site: preview.site, backend: "wasm", prepare: patient});
  const state = () => page.$eval("trainer-panel", (panel) => (panel as unknown as {value: TrainerState}).value);
  const made = (count: number) =>
    page.waitForFunction((count) => (globalThis as unknown as Globals).alive.made >= count, count, {timeout: 120_000});
  try {
    await made(1);
    for (let i = 1; i <= times; ++i) {
      await page.getByRole("button", {name: "Train", exact: true}).click();
      await page.waitForFunction(
        () => (document.querySelector("trainer-panel") as unknown as {value: TrainerState}).value.points.length > 0,
        undefined,
        {timeout: 120_000}
      );
      if (i % 10) await page.locator("input[type=number]").first().fill(String(i));
      else await preview.put("week1/again.md", notebook(`edit ${i}`));
      await made(i + 1).catch((error) => Promise.reject(new Error(`re-run ${i}: ${error.message}`)));
    }
    await page.waitForFunction(
      async () => (await (globalThis as unknown as Globals).memory()).numTensors === 0, // the last run has ended
      undefined,
      {timeout: 120_000}
    );
    const {alive, memory} = await page.evaluate(async () => {
      const {alive, memory} = globalThis as unknown as Globals;
      return {alive, memory: await memory()};
    });
    const workers = page.workers().filter((worker) => worker.url().includes("compute.worker")).length;
    return {...alive, ...memory, workers, errors, status: (await state()).status};
  } finally {
    await close();
    await preview.stop();
  }
}
