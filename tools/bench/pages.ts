import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {loadavg} from "node:os";
import type {Browser, CDPSession, Page} from "playwright-core";
import {launch, offline, provideChromium} from "../browser.js";
import {buildSite} from "../site/build.js";
import {pageNames} from "../site/pages.js";
import {siteListener} from "../site/server.js";
import {median} from "./rounds.js";

const bar = 200; // ms
const moves = 12; // places of a slider, or steps of a point, in a sweep
const controls = "main input[type=range], main .plane-handle";

/** What the moves of one slider or point cost the main thread, in ms, the worst move of each sweep. */
interface Swept {
  label: string;
  /** The longest task as the browser reports it, which waiting for a processor lengthens; 0 stands for "below 50". */
  task: number[];
  /** The processor time of all tasks of a move together: no single task can have taken more. */
  processor: number[];
}

/**
 * What moving each slider and each movable point costs the main thread, page by page. A task counts as long when both
 * the best sweep's longest task and its processor time are above the bar: other work on the machine lengthens the first,
 * and the second also holds what a move does in several tasks.
 * @param names pages (`week1/linear-algebra`); all of the weeks unless told.
 * @param site a built site; builds one unless told.
 */
export async function pages(rounds: number, names: string[], site?: string): Promise<void> {
  const wanted = names.length ? names : pageNames("src").filter((name) => /^week\d\//.test(name));
  const folder = site ?? ".cache/bench-site";
  if (!site) await buildSite(folder);
  const server = createServer(siteListener(folder)).listen(0, "127.0.0.1");
  const browser = await launch(provideChromium(), offline);
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    console.log(`worst of ${moves} moves, best of ${rounds} sweeps, in ms: processor time of a move, longest task (below 50: 0)\n`); // prettier-ignore
    const over: string[] = [];
    for (const name of wanted) over.push(...(await onePage(browser, `${root}/${name}`, name, rounds)));
    console.log(`\nbar: no task above ${bar} ms: ${over.length ? `not met by ${over.join("; ")}` : "met"}`);
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

const best = (times: number[]) => Math.min(...times);

async function onePage(browser: Browser, address: string, name: string, rounds: number): Promise<string[]> {
  const page = await browser.newPage({viewport: {width: 1280, height: 800}});
  try {
    page.setDefaultTimeout(120_000); // on a machine that may have other work
    await page.goto(address);
    await page.waitForLoadState("networkidle");
    await page.waitForFunction(
      () => !document.querySelector("main :is(observablehq-loading, .equation-sum:not([data-check]))")
    );
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const swept: Swept[] = [];
    const count = await page.locator(controls).count();
    for (let i = 0; i < count; ++i) swept.push(await sweeps(page, session, i, rounds));
    console.log(line(name, swept));
    const long = swept.filter(({task, processor}) => best(task) > bar && best(processor) > bar);
    return long.map(({label}) => `${name}: ${label}`);
  } finally {
    await page.close();
  }
}

function line(name: string, swept: Swept[]): string {
  const [slowest] = [...swept].sort((a, b) => best(b.processor) - best(a.processor));
  if (!slowest) return `${name}: nothing to move`;
  const middle = median(swept.map(({processor}) => best(processor))).toFixed(0);
  const [cost, task] = [slowest.processor, slowest.task].map((times) => best(times).toFixed(0).padStart(4));
  return `${name.padEnd(31)} ${cost} ${task}  ${slowest.label} (the median of ${swept.length} controls: ${middle}; load ${loadavg()[0].toFixed(1)})`; // prettier-ignore
}

/** Moves one control through its range, as often as told. */
async function sweeps(page: Page, session: CDPSession, index: number, rounds: number): Promise<Swept> {
  const control = page.locator(controls).nth(index);
  await control.scrollIntoViewIfNeeded();
  await page.waitForTimeout(300); // what is drawn when it comes into sight
  const label = await control.evaluate((node) => {
    const {labels} = node as HTMLInputElement;
    return (node.getAttribute("aria-label") ?? labels?.[0]?.textContent ?? "").trim();
  });
  const swept: Swept = {label, task: [], processor: []};
  for (let round = 0; round < rounds; ++round) {
    const worst = {task: 0, processor: 0};
    await move(page, index, 0); // which does not count: it looks for the control, and what it shows loads
    for (let i = 1; i <= moves; ++i) {
      const start = await threadTime(session);
      worst.task = Math.max(worst.task, await move(page, index, i));
      worst.processor = Math.max(worst.processor, (await threadTime(session)) - start);
    }
    swept.task.push(worst.task);
    swept.processor.push(worst.processor);
  }
  return swept;
}

/** The processor time that the main thread has taken so far, in ms. */
async function threadTime(session: CDPSession): Promise<number> {
  const {metrics} = await session.send("Performance.getMetrics");
  return 1000 * metrics.find(({name}) => name === "ThreadTime")!.value;
}

/** One move, and the longest task until the page has been quiet for some frames. */
function move(page: Page, index: number, i: number): Promise<number> {
  return page.evaluate(
    async ({controls, index, share, key}) => {
      let longest = 0;
      const observer = new PerformanceObserver((list) => {
        for (const {duration} of list.getEntries()) longest = Math.max(longest, duration);
      });
      observer.observe({type: "longtask"});
      const remembered = globalThis as {control?: HTMLElement}; // looking for it in a long page takes time as well
      if (share === 0 || !remembered.control!.isConnected)
        remembered.control = document.querySelectorAll<HTMLElement>(controls)[index];
      const control = remembered.control!;
      setTimeout(() => {
        if (control instanceof HTMLInputElement) {
          control.valueAsNumber = Number(control.min) + share * (Number(control.max) - Number(control.min));
          control.dispatchEvent(new Event("input", {bubbles: true}));
        } else control.dispatchEvent(new KeyboardEvent("keydown", {key, shiftKey: true, bubbles: true}));
      });
      for (let frame = 0; frame < 4; ++frame)
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10)));
      observer.disconnect();
      return longest;
    },
    {...{controls, index, share: i / moves}, key: ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"][i % 4]}
  );
}
