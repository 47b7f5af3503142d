import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import type MarkdownIt from "markdown-it";
import {parseRunRecord, type RunRecord} from "../../src/components/data/runRecord.js";
import {endGoal, resources, weeks} from "../../src/programme.js";
import {printedPdf} from "../pdf/name.js";
import {type Site, goalHtml, resourcesHtml, weekHtml} from "./programmeHtml.js";
import {pageInfo} from "./pages.js";

const place = /^<div data-programme="([\w-]+)"><\/div>\s*$/;

/**
 * Puts the programme into a page as plain HTML, readable before any script runs: `<div data-programme="week-1"></div>`
 * becomes that week, `resources` and `goal` the lists after it. Which pages exist and what runs were recorded is read
 * from the source folder each time, so the list cannot go stale.
 */
export function programmeMarkdown(md: MarkdownIt, root: string): void {
  md.core.ruler.after("block", "programme", (state) => {
    for (const token of state.tokens) {
      const name = token.type === "html_block" ? place.exec(token.content)?.[1] : undefined;
      if (name) token.content = `${programmeHtml(name, siteOf(root))}\n`;
    }
  });
}

/** @throws Error if the programme has no such part. */
export function programmeHtml(name: string, site: Site): string {
  if (name === "resources") return resourcesHtml(resources);
  if (name === "goal") return goalHtml(endGoal);
  const week = weeks.find(({id}) => id === name);
  if (!week) throw new Error(`programme: expected week-1 to week-4, resources or goal, got ${name}`);
  return weekHtml(week, weeks.indexOf(week) + 1, site);
}

function siteOf(root: string): Site {
  const runs = recordedRuns(join(root, "data/runs"));
  return {
    page: (path) => pageInfo(root, `/${path}`)?.title,
    pdf: printedPdf,
    runs: (page) => runs.filter(({name}) => belongs(name, page.split("/").at(-1)!))
  };
}

/** Whether a record is one of a page's: its name is the page's, or goes on from it. */
export function belongs(record: string, page: string): boolean {
  return record === page || record.startsWith(`${page}-`);
}

function recordedRuns(folder: string): RunRecord[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => parseRunRecord(JSON.parse(readFileSync(join(folder, name), "utf8"))));
}
