import type {CellState} from "./cellRuntime.js";
import {button, element} from "./element.js";

type Counts = {state: CellState; count: number}[];

const quiet = 1000; // milliseconds for which the counts stay the same before they are told

/** What all cells of the page are up to, in a corner of the window; nothing while all are fresh. */
export function cellStrip({run, stop}: {run(): void; stop(): void}) {
  const text = element("span", {role: "status"});
  const runAll = button("Run stale cells", run, {hidden: true});
  const stopAll = button("Stop all", stop, {hidden: true});
  const root = element("div", {class: "cell-strip", role: "group", "aria-label": "Cells"}, text, runAll, stopAll);
  let wanted = "";
  let timer: ReturnType<typeof setTimeout> | undefined;

  function say(words: string): void {
    if (words === wanted) return;
    wanted = words;
    clearTimeout(timer);
    timer = setTimeout(() => (text.textContent = wanted), quiet);
  }

  return {
    element: root,
    show(counts: Counts): void {
      const count = (state: CellState) => counts.find((one) => one.state === state)!.count;
      runAll.hidden = count("stale") === 0;
      stopAll.hidden = count("running") === 0;
      const told = counts.filter(({state, count}) => count && state !== "fresh");
      root.toggleAttribute("data-shown", told.length > 0);
      say(sentence(told) || (wanted && "All cells are fresh."));
    }
  };
}

/** `1 cell has failed, 2 are stale.` */
function sentence(counts: Counts): string {
  const words: Record<CellState, [one: string, many: string]> = {
    failed: ["has failed", "have failed"],
    running: ["is running", "are running"],
    stale: ["is stale", "are stale"],
    fresh: ["is fresh", "are fresh"]
  };
  const parts = counts.map(({state, count}, i) => {
    const subject = i ? String(count) : count === 1 ? "1 cell" : `${count} cells`;
    return `${subject} ${words[state][count === 1 ? 0 : 1]}`;
  });
  return parts.length ? `${parts.join(", ")}.` : "";
}
