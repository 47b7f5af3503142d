import type {RunRecord} from "../src/components/data/runRecord.js";
import {formatDuration} from "../src/components/ui/runCard.js";
import {weeks} from "../src/programme.js";
import {counted, type Asked} from "./site/counted.js";
import {belongs} from "./site/programme.js";

/** A number that the README reports, and the runs that it is read from. */
export interface Reported extends Asked {
  title: string;
  /** The page whose name those runs begin with. */
  page: string;
  /** What the programme asks for at least; null where it asks for the number alone. */
  least: number | null;
}

/** Every number that the programme asks for, in its order. */
export const reported: Reported[] = [
  {title: "ResNet-18 on CIFAR-10, test accuracy", ...requiredOf("week2/resnet-from-scratch")},
  {title: "SimCLR on CIFAR-10, linear probe", ...requiredOf("week3/simclr")},
  {title: "DINO on CIFAR-10, 100 epochs, clustering accuracy of k-means with k = 10", ...requiredOf("week3/dino")}
];

const none = "–";

/** The README's table of results: a row for each number, with all that makes it again. */
export function resultsTable(records: RunRecord[], numbers = reported): string {
  const rows = numbers.map((number) => {
    const least = number.least === null ? "reported" : `≥ ${percent(number.least, 0)} %`;
    return [number.title, least, ...recordedCells(number, records)];
  });
  const head = ["number", "required", "recorded", "command", "seed", "time", "data"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** What is wrong with the recorded numbers, one sentence each: below what is asked, or neither recorded nor in the queue. */
export function missing(records: RunRecord[], queue: string, numbers = reported): string[] {
  const outstanding = queuedRuns(queue).filter(({measured}) => measured === none);
  return numbers.flatMap((number): string[] => {
    const {title, page, least} = number;
    const values = resultsOf(number, records).map(({value}) => value);
    if (values.length && mean(values) >= (least ?? 0)) return [];
    if (values.length)
      return [`${title}: expected at least ${percent(least!, 0)} %, got ${percent(mean(values), 2)} %`];
    const planned = outstanding.some(({run}) => belongs(run, page));
    return planned ? [] : [`${title}: expected a recorded run or one that headless/queue.md lists, got none`];
  });
}

/** The runs of the queue's table: `| \`name\` | command | estimated | measured |`, measured – until it is recorded. */
export function queuedRuns(queue: string): {run: string; measured: string}[] {
  return [...queue.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)].map(([, run, rest]) => ({
    run,
    measured: rest.split("|").at(-1)!.trim()
  }));
}

function requiredOf(path: string): Omit<Reported, "title"> {
  const items = weeks.flatMap(({deliverables}) => deliverables.flatMap(({items}) => items));
  const required = items.find(({page}) => page === path)?.required;
  if (!required) throw new Error(`results: expected a required number of ${path}, got none`);
  const {metric, least, of} = required;
  return {page: path.split("/").at(-1)!, metric, least, of};
}

function recordedCells(number: Reported, records: RunRecord[]): string[] {
  const found = resultsOf(number, records);
  if (!found.length) return ["no run yet", none, none, none, none];
  const [runs, values] = [found.map(({run}) => run), found.map(({value}) => value)];
  const spread = runs.length > 1 ? ` ± ${percent(deviation(values), 2)}` : "";
  const [first] = runs;
  return [
    `${percent(mean(values), 2)}${spread} %`,
    `\`${first.command}\``,
    runs.map(({seed}) => seed).join(", "),
    formatDuration(mean(runs.map(({seconds}) => seconds))),
    [...new Set(runs.map(({data}) => data.note || "official"))].join("; ")
  ];
}

/** What a number is the mean of, by seed. */
const resultsOf = (number: Reported, records: RunRecord[]) =>
  counted(number, records)
    .filter(({run}) => belongs(run.name, number.page))
    .sort((a, b) => a.run.seed - b.run.seed);

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const deviation = (values: number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));

const percent = (fraction: number, decimals: number) => (100 * fraction).toFixed(decimals);
