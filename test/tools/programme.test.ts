import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import he from "he";
import MarkdownIt from "markdown-it";
import {expect, test} from "vitest";
import type {RunRecord} from "../../src/components/data/runRecord.js";
import {weeks} from "../../src/programme.js";
import {belongs, programmeHtml, programmeMarkdown} from "../../tools/site/programme.js";
import type {Site} from "../../tools/site/programmeHtml.js";
import {recordedRun} from "../data/recordedRun.js";
import {required} from "./programmePhrases.js";

const empty: Site = {page: () => undefined, pdf: () => undefined, runs: () => []};
const words = (html: string) =>
  he
    .decode(html.replace(/<[^>]+>/g, " "))
    .replace(/\s+/g, " ")
    .replace(/ ([,;:.])/g, "$1");
const run = (testAccuracy: number, note = "") =>
  recordedRun({data: {...recordedRun().data, note}, final: {testAccuracy}});
const withRuns = (...runs: RunRecord[]): Site => ({...empty, runs: (page) => (/resnet/.test(page) ? runs : [])});

test.each(Object.keys(required))("%s names every topic, resource, action and deliverable of the programme", (part) => {
  const shown = words(programmeHtml(part, empty));
  expect(required[part].filter((phrase) => !shown.includes(phrase))).toEqual([]);
});

test("what is ticked has a name of its own", () => {
  const ids = weeks.flatMap(({id}) =>
    [...programmeHtml(id, empty).matchAll(/data-mastered="([^"]+)"/g)].map((m) => m[1])
  );
  expect(ids.length).toBeGreaterThan(40);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a page that exists is linked by its title; one that does not is planned and not linked", () => {
  const site = {...empty, page: (path: string) => (path === "week2/basic-losses" ? "Basic <losses>" : undefined)};
  const html = programmeHtml("week-2", site);
  expect(html).toContain('<a href="./week2/basic-losses">Basic &lt;losses&gt;</a>');
  expect(html.match(/<a href="\.\/week2/g)).toHaveLength(1);
  expect(html.match(/data-status="ready"/g)).toHaveLength(1);
  expect(html.match(/data-status="planned"/g)).toHaveLength(6);
});

test("a topic with a page of its own links to it; without one nothing is promised", () => {
  const site = {...empty, page: (path: string) => (path === "week1/linear-algebra" ? "Linear algebra" : undefined)};
  expect(programmeHtml("week-1", site)).toContain('<a href="./week1/linear-algebra">Linear algebra</a>');
  expect(programmeHtml("week-1", empty)).not.toContain("week1/linear-algebra");
});

test("an action with a page links to it once that exists", () => {
  const site = {...empty, page: (path: string) => (path === "week1/exercises-statistics" ? "Exercises" : undefined)};
  expect(programmeHtml("week-1", site)).toContain('<a href="./week1/exercises-statistics">Exercises</a>');
  expect(programmeHtml("week-1", empty)).not.toContain("exercises-statistics");
});

test("a required number says that no run was recorded, or the mean of those that were, and on what", () => {
  expect(words(programmeHtml("week-2", empty))).toContain(
    "Test accuracy of at least 85 % required; no recorded run yet."
  );
  expect(words(programmeHtml("week-3", empty))).toContain(
    "Clustering accuracy of k-means to be reported; no recorded run yet."
  );
  const shown = words(programmeHtml("week-2", withRuns(run(0.86), run(0.88, "Re-encoded images."))));
  expect(shown).toContain("87.00 % test accuracy, mean of 2 recorded runs; test accuracy of at least 85 % required");
  expect(shown).toContain("Re-encoded images.");
  const other = recordedRun({final: {linearProbe: 0.8}});
  expect(words(programmeHtml("week-2", withRuns(other)))).toContain("no recorded run yet");
});

test("runs of other widths or data, or measured on held-out images, are comparisons and no part of the number", () => {
  const {data, recipe} = recordedRun();
  const narrow = recordedRun({recipe: {...recipe, config: {...recipe.config, width: 16}}, final: {testAccuracy: 0.5}});
  const held = recordedRun({
    data: {...data, evaluated: {split: "validation", count: 5000}},
    final: {testAccuracy: 0.5}
  });
  const shown = words(programmeHtml("week-2", withRuns(run(0.9), narrow, held)));
  expect(shown).toContain("90.00 % test accuracy, one recorded run");
  expect(words(programmeHtml("week-2", withRuns(narrow)))).toContain("no recorded run yet");
});

test("the records of a source folder reach its page", async () => {
  const root = await mkdtemp(join(tmpdir(), "programme-"));
  await mkdir(join(root, "data/runs"), {recursive: true});
  await writeFile(join(root, "data/runs/resnet-from-scratch-seed-1.json"), JSON.stringify(run(0.9123)));
  const md = new MarkdownIt({html: true});
  programmeMarkdown(md, root);
  const shown = words(md.render('<div data-programme="week-2"></div>'));
  await rm(root, {recursive: true});
  expect(shown).toContain("91.23 % test accuracy, one recorded run; test accuracy of at least 85 % required.");
});

test("a record belongs to the page whose name it begins with, and to no page with a longer or shorter name", () => {
  expect(belongs("resnet-from-scratch", "resnet-from-scratch")).toBe(true);
  expect(belongs("resnet-from-scratch-seed-1", "resnet-from-scratch")).toBe(true);
  expect(belongs("simclr2", "simclr")).toBe(false);
  expect(belongs("resnet", "resnet-from-scratch")).toBe(false);
});

test("published sections stand beside pointers that differ, and what was not checked says so", () => {
  const week2 = words(programmeHtml("week-2", empty));
  expect(week2).toContain("FaceNet Paper, Section 4.2 In the published version: triplet loss §3.1");
  expect(week2).toContain("SAM Paper, Section 3 Probably, not yet checked against the published text: derivation §2");
  expect(week2).toContain("CPC Paper, Section 2.2 In the published version: §2.3");
});

test("markdown gets the programme in place of its marks and keeps everything else", () => {
  const md = new MarkdownIt({html: true});
  programmeMarkdown(md, "test/nowhere");
  const html = md.render('# Title\n\n<div data-programme="goal"></div>\n\n<div data-other="goal"></div>\n');
  expect(html).toContain("Rebuilt complete ML mathematics");
  expect(html).toContain('<div data-other="goal"></div>');
  expect(() => md.render('<div data-programme="week-5"></div>')).toThrow("expected week-1 to week-4");
});
