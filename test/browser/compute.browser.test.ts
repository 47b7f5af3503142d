import {readdirSync} from "node:fs";
import {expect, inject, test} from "vitest";
import type {compute as Start} from "../../src/components/train/compute.js";
import type {RunEvent, RunSpec} from "../../src/components/train/protocol.js";
import {visit, type Visit, type VisitOptions} from "./visit.js";

/** The address of a component in this build: its name with the hash that the builder gave it. */
function built(name: string): string {
  const files = readdirSync(inject("folder"), {recursive: true, encoding: "utf8"}).map((file) =>
    file.replaceAll("\\", "/")
  );
  const file = files.find((path) => path.startsWith(`_import/${name}.`) && path.endsWith(".js"));
  if (!file) throw new Error(`expected ${name} in the build: no page uses it`);
  return `./${file}`; // relative to the page, the site's root
}

const spec = (changes: Partial<RunSpec> = {}): RunSpec => ({
  module: built("week2/resnetTask"),
  config: {data: "scenes", images: 64, testImages: 24, depth: 10, width: 4},
  seed: 3,
  epochs: 2,
  batch: 16,
  schedule: {kind: "cosine", rate: 0.05},
  ...changes
});

/** A page with its compute client as `globalThis.compute`, and `train`, which runs to the end and returns all events. */
async function open(options: VisitOptions = {backend: "wasm"}): Promise<Visit> {
  const visited = await visit("/", options);
  await ready(visited);
  return visited;
}

async function ready({page}: Visit): Promise<void> {
  const content = `import {compute} from "${built("components/train/compute")}"; globalThis.compute = compute();`;
  await page.addScriptTag({type: "module", content});
  await page.waitForFunction(() => "compute" in globalThis);
  await page.evaluate(() => {
    globalThis.train = async (spec, {stopAfter = Infinity, from} = {}) => {
      const events: RunEvent[] = [];
      const hear = (event: RunEvent) => {
        events.push(event);
        if (event.type === "progress" && event.step >= stopAfter) run.stop();
      };
      const run = compute.train(spec, hear, {from});
      await run.finished;
      return events;
    };
  });
}

declare global {
  var compute: ReturnType<typeof Start>;
  var train: (spec: RunSpec, options?: {stopAfter?: number; from?: string}) => Promise<RunEvent[]>;
}

/** The compute workers of a page; the threads of wasm are workers too. */
const computeWorkers = (page: Visit["page"]) =>
  page.workers().filter((worker) => worker.url().includes("compute.worker"));

const of = <T extends RunEvent["type"]>(events: RunEvent[], type: T) =>
  events.filter((event) => event.type === type) as Extract<RunEvent, {type: T}>[];
const pointsOf = (events: RunEvent[]) => of(events, "progress").flatMap(({points}) => points);

test("training runs in the worker, on wasm; the page keeps turning; no tensor is left", async () => {
  const {page, errors, close} = await open();
  const {events, turns, loaded, memory, backend} = await page.evaluate(async (spec) => {
    const loaded = performance.getEntriesByType("resource").map(({name}) => name);
    let [turns, going] = [0, true];
    const turn = () => void (++turns, going && setTimeout(turn));
    turn();
    const events = await train(spec);
    going = false;
    return {events, turns, loaded, memory: await compute.memory(), backend: await compute.backend()};
  }, spec());
  expect(backend).toMatchObject({name: "wasm", isolated: true});
  expect(computeWorkers(page)).toHaveLength(1);
  expect(pointsOf(events).map(({step}) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(pointsOf(events).every(({metrics}) => Number.isFinite(metrics.loss))).toBe(true);
  expect(new Set(of(events, "progress").map(({tensors}) => tensors)).size).toBe(1);
  expect(of(events, "epoch")).toHaveLength(2);
  expect(events.at(-1)!.type).toBe("done");
  expect(turns).toBeGreaterThan(8);
  expect(loaded.filter((name) => /tensorflow|compute\.worker/.test(name))).toEqual([]); // nothing before it is asked for
  expect(memory).toEqual({numTensors: 0, numBytes: 0});
  expect(errors).toEqual([]);
  await close();
});

test("the same seed gives the same curve and the same weights, bit for bit; another seed does not", async () => {
  const {page, close} = await open();
  const runs = [];
  for (const seed of [3, 3, 4])
    runs.push(
      await page.evaluate(async (spec) => {
        const events = await train(spec);
        const {key} = events.at(-1) as {key: string};
        const weights = await compute.weights(key);
        return {events, weights: Object.values(weights).map(({data}) => [...data])};
      }, spec({seed}))
    );
  const [first, second, other] = runs.map(({events, weights}) => ({curve: pointsOf(events), weights}));
  expect(second).toEqual(first);
  expect(other.curve).not.toEqual(first.curve);
  await close();
});

test("a stopped run is offered after a reload, and resumed it is the run that never stopped", async () => {
  const visited = await open();
  const {page} = visited;
  const straight = await page.evaluate((spec) => train(spec), spec());
  const stopped = await page.evaluate((spec) => train(spec, {stopAfter: 1}), spec());
  const {type, key} = stopped.at(-1) as {type: string; key: string};
  const reached = pointsOf(stopped).at(-1)!.step;
  expect(type).toBe("stopped");
  expect(reached).toBeLessThan(8);
  await page.reload();
  await ready(visited);
  const offered = await page.evaluate(() => compute.checkpoints());
  expect(computeWorkers(page)).toHaveLength(0); // a list needs no worker
  expect(offered[0]).toMatchObject({key, step: reached, tag: "stopped", spec: {config: spec().config, seed: 3}});
  const resumed = await page.evaluate(({spec, key}) => train(spec, {from: key}), {spec: spec(), key});
  expect([...pointsOf(stopped), ...pointsOf(resumed)]).toEqual(pointsOf(straight));
  expect(of(resumed, "history")[0].points).toEqual(pointsOf(stopped));
  expect(await page.evaluate(() => compute.memory())).toEqual({numTensors: 0, numBytes: 0});
  await visited.close();
});

test("a checkpoint leaves as a file and comes back with its configuration; another file is refused", async () => {
  const {page, close} = await open();
  const {
    spec: back,
    same,
    refused
  } = await page.evaluate(
    async (spec) => {
      const {key} = (await train(spec)).at(-1) as {key: string};
      const file = await compute.exportCheckpoint(key);
      const imported = await compute.importCheckpoint(file);
      const text = async (key: string) => JSON.stringify(await compute.weights(key));
      const refused = await compute.importCheckpoint(new Blob(["not a checkpoint"])).catch((error) => error.message);
      return {spec: imported.spec, same: (await text(key)) === (await text(imported.key)), refused};
    },
    spec({epochs: 0.5})
  );
  expect(back.config).toEqual(spec().config);
  expect(same).toBe(true);
  expect(refused).toMatch(/^readSafetensors: expected a header/);
  await close();
});

test("a browser without room keeps no checkpoint and says so; the run goes on to its end", async () => {
  const {page, context, close} = await open();
  const session = await context.newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", {origin: new URL(inject("site")).origin, quotaSize: 10_000});
  const events = await page.evaluate((spec) => train(spec), spec());
  await session.send("Storage.overrideQuotaForOrigin", {origin: new URL(inject("site")).origin});
  const [first] = of(events, "notice");
  expect(first.message).toMatch(
    /^The browser has no room for a checkpoint of [\d.]+ MB: export or forget older ones\.$/
  );
  expect(of(events, "checkpoint")).toEqual([]);
  expect(events.at(-1)).toEqual({type: "done", key: null});
  await close();
});

test("leaving the page ends the worker", async () => {
  const {page, close} = await open();
  void page.evaluate((spec) => void train(spec), spec({epochs: 1000}));
  await page.waitForFunction(() => compute.memory().then(({numTensors}) => numTensors > 0));
  const [worker] = computeWorkers(page);
  const ended = new Promise((resolve) => worker.on("close", resolve));
  await page.goto(`${inject("site")}/404`);
  await ended;
  expect(computeWorkers(page)).toEqual([]);
  await close();
});

test("a worker that breaks fails the run; the next one has a worker of its own", async () => {
  const {page, close} = await open();
  const broken = page.evaluate((spec) => train(spec), spec({epochs: 1000}));
  await page.waitForFunction(() => compute.memory().then(({numTensors}) => numTensors > 0));
  const [worker] = computeWorkers(page);
  await worker.evaluate(() => void setTimeout(() => { throw new Error("out of memory"); })); // prettier-ignore
  const end = (await broken).at(-1)!;
  expect(end).toMatchObject({type: "failed", message: expect.stringMatching(/the worker failed: .*out of memory/)});
  const events = await page.evaluate((spec) => train(spec), spec({epochs: 0.5}));
  expect(events.at(-1)!.type).toBe("done");
  await close();
});

test("code is taken from this site only", async () => {
  const {page, outside, close} = await open();
  for (const url of ["https://elsewhere.example/task.js", "data:text/javascript,export const f = () => 1"])
    expect(await page.evaluate((url) => compute.call(url, "f").catch((error) => error.message), url)).toBe(
      `compute: expected a module of this site, got ${url}`
    );
  const blob = await page.evaluate(() => {
    const source = new Blob(["export const f = (x) => x + 1"], {type: "text/javascript"});
    return compute.call(URL.createObjectURL(source), "f", 1); // what a cell compiles
  });
  expect(blob).toBe(2);
  expect(outside).toEqual([]);
  await close();
});

test("two steps on software WebGPU", async () => {
  const {page, close} = await open({backend: "webgpu"});
  const tiny = spec({epochs: 1, batch: 2, config: {...spec().config, images: 4, testImages: 2}});
  const events = await page.evaluate((spec) => train(spec), tiny);
  expect(of(events, "started")[0].backend).toBe("webgpu");
  expect(pointsOf(events).map(({metrics}) => Number.isFinite(metrics.loss))).toEqual([true, true]);
  expect(events.at(-1)!.type).toBe("done");
  expect(await page.evaluate(() => compute.memory())).toMatchObject({numTensors: 0});
  await close();
}, 300_000); // its shaders are compiled on the processor

test("below a base path, without headers, the worker starts all the same", async () => {
  const {page, close} = await open({backend: "wasm", hosted: true, serviceWorkers: "block"});
  const events = await page.evaluate((spec) => train(spec), spec({epochs: 0.5}));
  expect(events.at(-1)!.type).toBe("done");
  expect(await page.evaluate(() => compute.backend())).toMatchObject({threads: 1, isolated: false});
  await close();
});
