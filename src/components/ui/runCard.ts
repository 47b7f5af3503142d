import type {RecordedData, RecordedRecipe, RunRecord} from "../data/runRecord.js";
import {element} from "./element.js";
import {featureTable} from "./featureTable.js";
import {formatNumber, formatPercent} from "./number.js";

const names: Record<string, string> = {
  testAccuracy: "test accuracy",
  linearProbe: "linear probe accuracy",
  knn: "kNN accuracy",
  testLoss: "test loss (nats)",
  trainAccuracy: "training accuracy",
  trainLoss: "training loss (nats)",
  trainUnaugmented: "training images as they are,",
  knn10: "kNN accuracy, k = 10",
  testKnn: "kNN accuracy when training ended",
  testMatched: "matched, test views",
  trainMatched: "matched, training views",
  trainSpread: "spread, training views",
  calibrationError: "calibration error"
};
const fractions = /accuracy|probe|knn|error|recall|precision|nmi|ari|iou|dice|matched/i;

const order = Object.keys(names);

/** What stands in the table of frozen features. */
const tabled = ["knn10", "kmeans", "randomNetwork", "rawPixels"];

/** A recorded run: its results first, then everything needed to make it again and to judge it. */
export function runCard(record: RunRecord): HTMLElement {
  const {command, commit, data, epochs, flops, machine, name, recipe, seconds, seed} = record;
  const length = `${epochs.length} ${epochs.length === 1 ? "epoch" : "epochs"} in ${formatDuration(seconds)}`;
  const features = featureTable(record);
  const large = sorted(record.final).filter(([name]) => !(features && tabled.includes(name)));
  const root = element(
    "article",
    {class: "run-card", "aria-label": `Recorded run ${name}`},
    element("h3", {}, `Recorded run: ${name}`),
    element("dl", {class: "run-results"}, ...large.flatMap(results)),
    ...(features ? [features] : []),
    facts([
      ["Command", element("code", {}, command)],
      ["Seed", String(seed)],
      ["Recipe", recipeText(recipe)],
      ["Data", dataText(data)],
      ["Length", `${length}, ${formatNumber(flops / 1e15, 3)} PFLOP`],
      [
        "Machine",
        `${machine.cpu}, ${machine.cores} cores, ${machine.backend}, Node ${machine.node}, ${machine.platform}`
      ],
      ...probed(record),
      ["Code", element("code", {}, commit.replace(/^([0-9a-f]{12})[0-9a-f]+/, "$1"))]
    ])
  );
  if (data.note) root.append(element("p", {class: "run-note"}, data.note));
  return root;
}

/** How the frozen features were measured, if they were. */
const probed = ({probe}: RunRecord): [string, Node][] =>
  probe
    ? [["Probe", element("span", {}, element("code", {}, probe.command), `, k-means of ${probe.clusterings} seeds with ${probe.restarts} restarts each`)]]
    : []; // prettier-ignore

/** Seconds in words a person would use: 48 s, 12 min, 1 h 25 min. */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Results in the order of the names above, the others after them as they come. */
function sorted(final: RunRecord["final"]) {
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.entries(final).sort(([a], [b]) => rank(a) - rank(b));
}

/** One result, or those of a method with several: `sharpness eigenvalue`. Series over numbers, as of classes, are for figures. */
function results([name, value]: [string, number | Record<string, number>]): HTMLElement[] {
  const label = names[name] ?? spaced(name);
  if (typeof value === "number") return [result(label, name, value)];
  const parts = Object.entries(value).filter(([part]) => !/^\d/.test(part));
  return parts.map(([part, each]) => result(`${label} ${names[part] ?? spaced(part)}`, part, each));
}

function result(label: string, name: string, value: number): HTMLElement {
  const shown = fractions.test(name) && Math.abs(value) <= 1 ? formatPercent(value, 2) : formatNumber(value, 4);
  return element("div", {}, element("dt", {}, label), element("dd", {}, shown));
}

function recipeText({name, batch, schedule, stages = []}: RecordedRecipe): string {
  const changed = stages.map(({until, config}) => {
    const constants = Object.entries(config).map(([constant, value]) => `${spaced(constant)} ${String(value)}`);
    return `; ${constants.join(", ")} until epoch ${until}`;
  });
  return `${name}: batch ${batch}, ${schedule.kind} with peak rate ${formatNumber(schedule.rate, 3)}${changed.join("")}`;
}

function dataText({name, digest, evaluated, train}: RecordedData): string {
  const {count, split} = evaluated;
  const measured = split === "test" ? "test images" : "images held out of the training split";
  return `${name}, SHA-256 ${digest.slice(0, 12)}…; trained on ${formatNumber(train)} images, measured on ${formatNumber(count)} ${measured}`; // prettier-ignore
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
