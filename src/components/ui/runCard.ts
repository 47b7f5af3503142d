import type {RunRecord} from "../data/runRecord.js";
import {element} from "./element.js";
import {formatNumber, formatPercent} from "./number.js";

const names: Record<string, string> = {
  testAccuracy: "test accuracy",
  testLoss: "test loss (nats)",
  trainAccuracy: "training accuracy",
  linearProbe: "linear probe accuracy",
  knn: "kNN accuracy",
  calibrationError: "calibration error"
};
const fractions = /accuracy|probe|knn|error|recall|precision|nmi|ari|iou|dice/i;

/** A recorded run: its results first, then everything needed to make it again and to judge it. */
export function runCard(record: RunRecord): HTMLElement {
  const results = Object.entries(record.final).map(([name, value]) =>
    element(
      "div",
      {},
      element("dt", {}, names[name] ?? spaced(name)),
      element("dd", {}, fractions.test(name) && Math.abs(value) <= 1 ? formatPercent(value, 2) : formatNumber(value, 4))
    )
  );
  const {command, data, epochs, machine, name, seconds, seed} = record;
  const root = element(
    "article",
    {class: "run-card", "aria-label": `Recorded run ${name}`},
    element("h3", {}, `Recorded run: ${name}`),
    element("dl", {class: "run-results"}, ...results),
    facts([
      ["Command", element("code", {}, command)],
      ["Seed", String(seed)],
      ["Data", `${data.name}, SHA-256 ${data.digest.slice(0, 12)}…`],
      ["Length", `${epochs.length} ${epochs.length === 1 ? "epoch" : "epochs"} in ${formatDuration(seconds)}`],
      ["Machine", machine]
    ])
  );
  if (data.note) root.append(element("p", {class: "run-note"}, data.note));
  return root;
}

/** Seconds in words a person would use: 48 s, 12 min, 1 h 25 min. */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function facts(rows: [string, Node | string][]): HTMLElement {
  return element(
    "dl",
    {class: "run-facts"},
    ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])
  );
}

function spaced(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}
