import {type Cell, cellsOfPage, type CellState, watchCells} from "./cellRuntime.js";
import {cellStrip} from "./cellStrip.js";
import {button, element} from "./element.js";

/** A block of the page with its cells, and the panel that trains in it, if there is one: to the reader, one cell. */
type Shown = Cell;

/** The panel that trains, as far as it is looked at here: importing it would load it on every page. */
type Panel = HTMLElement & {value: {status: string; stale: boolean}};
const live = ({status}: Panel["value"]) => ["loading", "running", "paused"].includes(status);

const patience = 400; // milliseconds for which a cell may run or wait before the reader is told
const order: CellState[] = ["failed", "running", "stale", "fresh"];
const strip = cellStrip({run: runStale, stop: stopAll});
let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows on every block, and in sum, which cells run, are stale, or have failed; Run and Stop for each and for all. */
function start(): void {
  document.body.append(strip.element);
  watchCells(() => look());
  new MutationObserver(() => look()).observe(document.querySelector("main")!, {childList: true}); // edited blocks
  for (const type of ["input", "left"]) document.addEventListener(type, () => look(), true); // panels have news
  document.addEventListener("cells-run", runStale);
  document.addEventListener("cells-stop", stopAll);
  look();
}

function look(after = 100): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    for (const {node, waits, run} of cellsOfPage()) if (waits === "asked" && node.dataset.run !== "ask") run(); // no more
    const now = performance.now();
    const blocks = blocksOfPage();
    const early = blocks.filter(({state, since}) => state !== "fresh" && state !== "failed" && now - since < patience);
    const told = blocks.map((block) => (early.includes(block) ? {...block, state: shownState(block.node)} : block));
    for (const block of told) show(block);
    strip.show(order.map((state) => ({state, count: told.filter((block) => block.state === state).length})));
    if (early.length) look(patience);
  }, after);
}

const shownState = (node: HTMLElement): CellState => (node.dataset.cell as CellState | undefined) ?? "fresh";

/** The blocks that cells display in; values within a text count as their paragraph does. */
function blocksOfPage(): Shown[] {
  const blocks = new Map<HTMLElement, Shown>();
  const add = (one: Shown) => {
    const other = blocks.get(one.node);
    blocks.set(one.node, other ? both(other, one) : one);
  };
  cellsOfPage().forEach(add);
  for (const {parentElement} of document.querySelectorAll<HTMLElement>("main .cell-fault"))
    // the file's does not parse
    add({node: parentElement!, state: "failed", since: 0, waits: null, run: () => undefined, stop: () => undefined});
  for (const panel of document.querySelectorAll<Panel>("main trainer-panel")) {
    const node = panel.closest<HTMLElement>(".observablehq--block");
    const {status, stale} = panel.value;
    const state = live(panel.value) ? "running" : status === "failed" ? "failed" : stale ? "stale" : "fresh";
    const tell = (type: string) => () => void panel.dispatchEvent(new Event(type));
    if (node) add({node, state, since: 0, waits: null, run: tell("cell-run"), stop: tell("cell-stop")});
  }
  return [...blocks.values()];
}

function both(one: Shown, two: Shown): Shown {
  const worst = order.indexOf(one.state) <= order.indexOf(two.state) ? one : two;
  return {
    ...worst,
    waits: one.waits ?? two.waits,
    run: () => (one.run(), two.run()),
    stop: () => (one.stop(), two.stop())
  };
}

/** A mark on the block, and the button of a cell that waits to be asked for. */
function show({node, state, waits, run}: Shown): void {
  if (state === "fresh") delete node.dataset.cell;
  else node.dataset.cell = state;
  if (state === "running") node.setAttribute("aria-busy", "true");
  else node.removeAttribute("aria-busy");
  const offer = node.querySelector(":scope > .cell-offer");
  if (!waits) return offer?.remove();
  if (offer) return;
  const result = [...node.children].some(({localName}) => localName !== "observablehq-loading");
  const asks = result ? "Stale: the inputs have changed since this result." : "This cell runs when you ask.";
  node.append(element("p", {class: "cell-offer"}, waits === "stopped" ? "Stopped." : asks, " ", button("Run", run)));
}

function runStale(): void {
  const stale = blocksOfPage().filter(({state, waits}) => state === "stale" || waits !== null);
  const panels = stale.filter(({node}) => node.querySelector("trainer-panel"));
  for (const block of stale) if (!panels.includes(block)) block.run();
  void oneAfterAnother(panels);
}

/** The compute worker trains one run at a time: the next panel begins when the one before has ended. */
async function oneAfterAnother(panels: Shown[]): Promise<void> {
  for (const {node, run} of panels) {
    run();
    const panel = node.querySelector<Panel>("trainer-panel");
    while (panel?.isConnected && live(panel.value)) await new Promise((next) => setTimeout(next, 200));
  }
}

function stopAll(): void {
  for (const {state, stop} of blocksOfPage()) if (state === "running") stop();
}

if (document.body) start();
else document.addEventListener("DOMContentLoaded", start);
