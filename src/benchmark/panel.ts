import {button, element} from "../components/ui/element.js";
import type {BenchmarkEvent} from "./benchmark.worker.js";
import {cellTable} from "./cellTable.js";
import {entrants, fault, mostRounds, sizes} from "./choices.js";
import {liveWords, markdownOf, type Report} from "./report.js";
import {startBenchmark, type Running} from "./start.js";
import {contendersTable, loadsTable} from "./tables.js";

const large = 128 * 2 ** 20; // bytes to copy on hardware: more than any cache holds
const little = 8 * 2 ** 20; // in the small trial

/** The benchmark's panel: what to run, Run and Stop, its progress, its results, and copies of them. */
export function benchmarkPanel(): HTMLElement {
  const size = element("select", {}, ...Object.keys(sizes).map((name) => element("option", {}, name)));
  const rounds = element("input", {type: "number", min: 1, max: mostRounds, step: 1, value: 10});
  const boxes = Object.entries(entrants).map(([name, about]) => {
    const box = element("input", {type: "checkbox", value: name, checked: true});
    return {box, label: element("label", {}, box, element("span", {}, element("b", {}, name), `: ${about}`))};
  });
  const status = element("p", {role: "status", class: "benchmark-status"});
  const results = element("div", {class: "benchmark-results"});
  const start = button("Run", () => void run(), {class: "trainer-train"});
  const stop = button("Stop", () => running?.stop(), {disabled: true});
  let running: Running | null = null;

  async function run(): Promise<void> {
    const names = boxes.filter(({box}) => box.checked).map(({box}) => box.value);
    const wrong = fault(rounds.valueAsNumber, names);
    status.textContent = wrong;
    if (wrong || running) return;
    const chosen = Object.keys(sizes)[size.selectedIndex];
    const copied = chosen.startsWith("trial") ? little : large;
    const report: Report = {backend: "", where: navigator.userAgent, date: new Date().toISOString().slice(0, 10), size: sizes[chosen], rounds: rounds.valueAsNumber, load: null, contenders: [], roofline: null}; // prettier-ignore
    [start.disabled, stop.disabled] = [true, false];
    status.textContent = "Starting a worker.";
    running = startBenchmark({size: report.size, rounds: report.rounds, names, copied}, (event) => note(event, report));
    try {
      Object.assign(report, await running.done);
      status.textContent = "Done.";
    } catch (error) {
      status.textContent = ending((error as Error).message, report);
    }
    running = null;
    [start.disabled, stop.disabled] = [false, true];
    await show(report);
  }

  function note(event: BenchmarkEvent, report: Report): void {
    if (event.type === "backend") report.backend = event.backend.reason;
    else {
      status.textContent = `${event.stage[0].toUpperCase()}${event.stage.slice(1)} …`;
      if (event.contenders?.length) void show(Object.assign(report, {contenders: event.contenders}));
    }
  }

  async function show(report: Report): Promise<void> {
    if (!report.contenders.length) return;
    const live = element("p", {}, element("b", {}, liveWords(report.backend)));
    const parts = [
      live,
      cellTable(contendersTable(report.contenders), "Step times"),
      cellTable(loadsTable(report.contenders), "What a step asks of the GPU")
    ];
    results.replaceChildren(...parts, ...(await figureOf(report)), copies(report));
  }

  if (!("gpu" in navigator)) {
    start.disabled = true;
    status.textContent = noGpu;
  }
  addEventListener("pagehide", () => running?.stop());
  const controls = [
    element("label", {}, element("span", {}, "network"), size),
    element("label", {}, element("span", {}, "rounds"), rounds)
  ];
  return element(
    "div",
    {class: "trainer benchmark", role: "group", "aria-label": "Benchmark"},
    element("div", {class: "benchmark-controls"}, ...controls),
    element("fieldset", {}, element("legend", {}, "Contenders"), ...boxes.map(({label}) => label)),
    element("div", {class: "trainer-actions"}, start, stop),
    status,
    results
  );
}

const noGpu =
  "This browser has no WebGPU, so there is nothing to measure: Chrome and Edge have it on most machines, Safari from 26 and Firefox on Windows and recent Macs.";

function ending(reason: string, {contenders}: Report): string {
  if (reason !== "stopped") return `${/no WebGPU/.test(reason) ? noGpu : `It failed: ${reason}`}`;
  const rounds = Math.min(...contenders.filter(({failed}) => failed === null).map(({times}) => times.length));
  return contenders.length ? `Stopped; ${rounds} rounds are whole.` : "Stopped before the first round.";
}

async function figureOf({roofline}: Report): Promise<Node[]> {
  if (!roofline) return [];
  const [{rooflinePlot}, {placed, rooflineWords}] = await Promise.all([
    import("../components/plots/roofline.js"),
    import("./rooflineWords.js")
  ]);
  return [rooflinePlot(roofline.ceilings, placed(roofline), rooflineWords(roofline))];
}

function copies(report: Report): HTMLElement {
  const said = element("span", {role: "status"});
  const copy = (what: string, text: () => string) =>
    button(`Copy as ${what}`, () =>
      navigator.clipboard.writeText(text()).then(
        () => (said.textContent = `${what} copied.`),
        () => (said.textContent = "The browser does not let this page use the clipboard.")
      )
    );
  const json = () => JSON.stringify(report, null, 2);
  return element("p", {class: "trainer-actions"}, copy("Markdown", () => markdownOf(report)), copy("JSON", json), said); // prettier-ignore
}
