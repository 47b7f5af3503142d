import {readdirSync} from "node:fs";
import {inject} from "vitest";
import type {StepRecord} from "../../src/components/train/protocol.js";
import type {TrainerState} from "../../src/components/ui/trainerState.js";
import {settled, visit, type Visit, type VisitOptions} from "./visit.js";

/** The trainer panel of a page, as a reader and the cells below it see it. */
export interface Panel extends Visit {
  /** What cells below the panel see. */
  state(): Promise<TrainerState>;
  /** Waits until the panel says so. The condition runs in the page and sees nothing of the test. */
  until(condition: (state: TrainerState) => boolean, milliseconds?: number): Promise<TrainerState>;
  /** Waits until so many steps are done. */
  untilStep(step: number): Promise<TrainerState>;
  press(name: string): Promise<void>;
  /** Presses Stop; the step that the panel has seen at that moment. */
  stop(): Promise<number>;
  setTo(name: string, value: string): Promise<void>;
  /** Tensors alive in the compute worker of the page. */
  tensors(): Promise<number>;
  /** Durations over 50 ms of the main thread's tasks since the panel was opened, in milliseconds. */
  longTasks(): Promise<number[]>;
}

export const notebook = "/week2/resnet-from-scratch";

/** The notebook with its own panel set by the address. */
export async function openPanel(
  settings: Record<string, string | number>,
  {backend = "wasm", ...options}: VisitOptions = {}
): Promise<Panel> {
  const search = new URLSearchParams(
    Object.entries(settings).map(([name, value]) => [`resnet.${name}`, String(value)])
  );
  const visited = await visit(`${notebook}?${search}`, {backend, ...options});
  await visited.page.evaluate(watchTasks);
  return panelOf(visited);
}

/** The notebook with a panel of the same kind, over the same task, whose runs are 24 steps on 64 images. */
export async function openSmallPanel(): Promise<Panel> {
  const visited = await visit(notebook, {backend: "wasm"});
  await mountSmallPanel(visited);
  await visited.page.evaluate(watchTasks);
  return panelOf(visited);
}

/** Loads the page again, with the small panel in its place. */
export async function reloadSmallPanel({page, ...visited}: Panel): Promise<void> {
  await page.reload();
  await settled(page);
  await mountSmallPanel({page, ...visited});
}

function mountSmallPanel({page}: Visit): Promise<void> {
  const [panel, task] = [built("components/ui/trainer"), built("week2/resnetTask")].map((url) => JSON.stringify(url));
  return page.evaluate(`import(${panel}).then(({trainer}) => {
    const root = trainer({
      name: "resnet",
      module: ${task},
      controls: {
        width: {label: "width", value: 8, options: [4, 8, 16]},
        rate: {label: "rate", value: 0.05, min: 0.01, max: 1e9, step: 0.01},
        seed: {label: "seed", value: 1, min: 0, max: 99, step: 1}
      },
      spec: ({width, rate, seed}) => ({
        config: {data: "scenes", images: 64, testImages: 32, depth: 18, width, augment: "off", smoothing: 0},
        ...{seed, epochs: 12, batch: 32, schedule: {kind: "constant", rate}}
      })
    });
    document.querySelector("trainer-panel").replaceWith(root);
  })`);
}

/** The address of a module in this build: its name with the hash that the builder gave it. */
function built(name: string): string {
  const files = readdirSync(inject("folder"), {recursive: true, encoding: "utf8"});
  const file = files.map((path) => path.replaceAll("\\", "/")).find((path) => path.startsWith(`_import/${name}.`));
  if (!file) throw new Error(`expected ${name} in the build: no page uses it`);
  return `/${file}`;
}

function panelOf(visited: Visit): Panel {
  const {page} = visited;
  const value = `document.querySelector("trainer-panel").value`;
  const state = () => page.evaluate<TrainerState>(value);
  const wait = async (condition: string, timeout: number) => {
    await page.waitForFunction(condition, undefined, {timeout, polling: 50}).catch(async () => {
      throw new Error(`expected ${condition}, got ${JSON.stringify({...(await state()), points: undefined})}`);
    });
    return state();
  };
  return {
    ...visited,
    state,
    until: (condition, milliseconds = 60_000) => wait(`(${condition})(${value})`, milliseconds),
    untilStep: (step) => wait(`${value}.progress.step >= ${step}`, 120_000),
    press: (name) => page.locator("trainer-panel").getByRole("button", {name, exact: true}).click(),
    stop: () =>
      page.evaluate(() => {
        const root = document.querySelector<HTMLElement & {value: {progress: {step: number}}}>("trainer-panel")!;
        const stop = [...root.querySelectorAll("button")].find(({textContent}) => textContent === "Stop")!;
        stop.click();
        return root.value.progress.step;
      }),
    async setTo(name, value) {
      const input = page.locator(`trainer-panel [name="${name}"]`);
      if ((await input.evaluate((node) => node.tagName)) === "SELECT") return void (await input.selectOption(value));
      await input.fill(value);
      await input.blur();
    },
    tensors: () => {
      // a module is one instance under one address: this is the client that the page itself uses
      const client = visited.requests.find((url) => url.includes("/components/train/compute."));
      return page.evaluate<number>(
        `import("${client}").then(({compute}) => compute().memory()).then((m) => m.numTensors)`
      );
    },
    longTasks: () => page.evaluate("longTasks")
  };
}

const watchTasks = `{
  globalThis.longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({duration}) => duration)))
    .observe({type: "longtask"});
}`;

/** The mean loss of some points. */
export const meanLoss = (points: StepRecord[]): number =>
  points.reduce((sum, {metrics}) => sum + metrics.loss, 0) / points.length;
