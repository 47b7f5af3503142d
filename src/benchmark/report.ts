import {contendersTable, loadsTable, type Cells} from "./tables.js";
import type {Contender} from "./race.js";
import type {Roofline} from "./roofline.js";
import {rooflineWords} from "./rooflineWords.js";
import {sentenceOf, type Size} from "./size.js";

/** A benchmark with what is needed to make it again and to judge it. */
export interface Report {
  /** What computed, in the words of `useBackend`. */
  backend: string;
  /** The browser's own name for itself, or the command of a recorded one. */
  where: string;
  /** ISO date. */
  date: string;
  size: Size;
  rounds: number;
  /** The machine's load average before and after, where it is known. */
  load: [number, number] | null;
  contenders: Contender[];
  roofline: Roofline | null;
}

/** What live results are headed by: `Live, on your adapter NAME; …`, from the words of `useBackend`. */
export const liveWords = (backend: string): string =>
  `Live, on your ${backend.replace(/^webgpu: (as asked, )?on the /, "")}.`;

/** A table of text in Markdown: the first column to the left, numbers to the right. */
export function markdownTable({columns, rows}: Cells): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = columns.map((_, i) => (i ? "---:" : "---"));
  return [line(columns), line(rule), ...rows.map(line)].join("\n");
}

/** The whole report in Markdown. */
export function markdownOf(report: Report): string {
  const {backend, where, date, size, rounds, load, contenders, roofline} = report;
  const machine = load ? `, load average ${load[0].toFixed(1)} before and ${load[1].toFixed(1)} after` : "";
  const loads = loadsTable(contenders);
  return [
    `**${sentenceOf(size)}**, ${rounds} interleaved rounds, ${date}${machine}`,
    `${backend}; ${where}`,
    markdownTable(contendersTable(contenders)),
    ...(loads.rows.length ? [markdownTable(loads)] : []),
    ...(roofline ? [rooflineWords(roofline)] : [])
  ].join("\n\n");
}
