import {afterEach, describe, expect, test} from "vitest";
import type {Page} from "playwright-core";
import {notebook, openPanel} from "./panel.js";
import {fewGreys, offering, recordings, testImages, type Files} from "./recordings.js";
import {failures, settled, visit, type Visit} from "./visit.js";

let visited: Visit | undefined;
afterEach(() => visited?.close());

const open = async (files: Files): Promise<Page> => {
  visited = await visit(notebook, {prepare: offering(files)});
  return visited.page;
};
const lookAtRun = (page: Page) => page.getByRole("button", {name: /^Look at the recorded run/});
const resultRows = (page: Page) => page.locator("table", {hasText: "airbench94"}).locator("tbody tr");

const main = {width: 64, seed: 1, skill: 3.5};
const seven = [main, {width: 64, seed: 2, skill: 3.4}, {width: 32, seed: 1, skill: 3}, ...[1, 2, 3, 4].map((seed) => ({width: 16, seed, skill: 2.5}))]; // prettier-ignore

/** What is loaded when the reader comes near it counts as seen once it was passed. */
const readToTheEnd = (page: Page) => page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));

const nothingBroke = async (page: Page) => {
  expect(await failures(page)).toEqual([]);
  expect(visited!.errors).toEqual([]);
};

test("without a record the page claims no number and offers none", async () => {
  const page = await open(new Map());
  await expect.poll(() => page.getByText("No run is recorded on this site yet").count()).toBe(1);
  expect(await lookAtRun(page).count()).toBe(0);
  expect(await page.locator(".run-card").count()).toBe(0);
  expect(await page.getByText("recorded here").count()).toBe(0);
  await expect.poll(() => resultRows(page).count()).toBe(6);
  expect(await page.locator(".trainer").getByText("(recorded)").count()).toBe(0);
  await nothingBroke(page);
});

describe("with one record", () => {
  test("the table, the card and the curve say whose number it is and on what", async () => {
    const page = await open(recordings([main]));
    expect(await page.getByText("No run is recorded").count()).toBe(0);
    const row = await resultRows(page).first().textContent();
    expect(row).toMatch(
      /ResNet-18, width 64, recorded here\d\d\.\d\d % \(one run\)9 epochs, 1\.5 PFLOP, 118 min on 2 threads/
    );
    expect(row).toContain("JPEG re-encoding of CIFAR-10");
    await expect
      .poll(() => page.locator("[data-check=pass]", {hasText: "at least 85 % test accuracy"}).count())
      .toBe(1);
    await readToTheEnd(page);
    await expect.poll(() => page.locator(".run-card").count()).toBe(1);
    expect(await page.locator("trainer-panel").textContent()).toContain("CIFAR-10, ResNet-18, width 64 (recorded)");
    await nothingBroke(page);
  });

  test("a number below the programme's requirement is shown as such", async () => {
    const page = await open(recordings([{...main, skill: 2}]));
    expect(await failures(page)).toEqual([expect.stringContaining("at least 85 % test accuracy")]);
  });

  test("its logits are enough for the confusion matrix, the commonest mistakes and the calibration", async () => {
    const page = await open(recordings([main]));
    await lookAtRun(page).click();
    await page.locator(".confusion").waitFor();
    await settled(page);
    const cells = await page.locator(".confusion tbody td").allTextContents();
    expect(cells.map((text) => Number(text.replace("·", "0"))).reduce((a, b) => a + b)).toBe(testImages);
    await expect.poll(() => page.getByText("from its stored logits: no network runs now").count()).toBe(1);
    await expect.poll(() => page.getByText("Recorded. The commonest mistakes").count()).toBe(1);
    await expect.poll(() => page.getByText("Recorded. Calibration").count()).toBe(1);
    await expect.poll(() => page.getByText("This site holds none.").count()).toBe(1);
    expect(visited!.requests.filter((url) => url.includes("@tensorflow"))).toEqual([]);
    expect(visited!.requests.filter((url) => /seed-1\.safetensors/.test(url))).toEqual([]);
    await nothingBroke(page);
  });

  test("its filters come when they are asked for, and a bar says how far they have come", async () => {
    const page = await open(recordings([main]));
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await visited!.context.route("**/*-seed-1.safetensors", (route) => held.then(() => route.fallback()));
    await lookAtRun(page).click();
    await page.getByRole("button", {name: /^Load its filters \(0\.0 MB\)/}).click();
    await page.getByRole("progressbar", {name: "Loading the weights"}).waitFor();
    release();
    await page.getByText("Recorded. The 64 filters").waitFor();
    expect(visited!.requests.filter((url) => url.includes("@tensorflow"))).toEqual([]);
    await nothingBroke(page);
  });

  test("a file that is not the record's is refused", async () => {
    const files = recordings([main]);
    const [name, bytes] = [...files].find(([name]) => name.endsWith("-logits.safetensors"))!;
    files.set(name, bytes.with(bytes.length - 1, bytes.at(-1)! + 1));
    const page = await open(files);
    await lookAtRun(page).click();
    await expect.poll(() => failures(page)).toContainEqual(expect.stringContaining(`expected ${name} with SHA-256`));
  });

  test("a network of the reader's own takes its place when it is examined", async () => {
    const settings = {images: 500, testImages: 500, epochs: 1};
    const panel = await openPanel(settings, {prepare: offering(recordings([main]))});
    const {page} = (visited = panel);
    await lookAtRun(page).click();
    await page.getByText("Recorded. Calibration").waitFor();
    await panel.press("Train");
    await panel.until(({status}) => status === "done", 120_000);
    await page.getByRole("button", {name: "Examine this network"}).click();
    await page.getByText("The 8 filters").waitFor();
    await settled(page);
    expect(await page.getByText(/stored logits|^Recorded\. (How|The|Calib)|The images of its worst/).count()).toBe(0);
    await expect.poll(() => page.getByText(/^(How often|Calibration|The worst mistakes)/).count()).toBe(3);
    await nothingBroke(page);
  });

  test("its mistakes are shown as images where the data is the run's, and only there", async () => {
    const digest = "12".repeat(32);
    const page = await open(new Map([...recordings([main], digest), ...fewGreys(digest)]));
    await lookAtRun(page).click();
    await page.getByRole("button", {name: /^Show its worst mistakes/}).click();
    await page.getByText("Recorded. The worst mistakes").waitFor();
    await nothingBroke(page);
    await visited!.close();
    const other = await open(new Map([...recordings([main], digest), ...fewGreys("34".repeat(32))]));
    await lookAtRun(other).click();
    await other.getByText("This site holds another one.").waitFor();
    expect(await other.getByRole("button", {name: /^Show its worst/}).count()).toBe(0);
  });
});

describe("with seven records", () => {
  test("seeds are averaged, widths are compared, and one card stands for the rest", async () => {
    const page = await open(recordings(seven));
    await expect.poll(() => resultRows(page).count()).toBe(9);
    const rows = await resultRows(page).allTextContents();
    expect(rows[0]).toMatch(/ResNet-18, width 64, recorded here\d\d\.\d\d ± \d\.\d\d % \(2 seeds\)/);
    expect(rows[1]).toMatch(/ResNet-18, width 32, recorded here\d\d\.\d\d % \(one run\)/);
    expect(rows[2]).toMatch(/ResNet-18, width 16, recorded here\d\d\.\d\d ± \d\.\d\d % \(4 seeds\)/);
    const chart = page.getByRole("img", {name: /test accuracy \(%\) over training, PFLOP/});
    expect(await chart.getAttribute("aria-label")).toMatch(/width 16: .*width 32: .*width 64: /);
    await readToTheEnd(page);
    await expect.poll(() => page.getByText("The other 6 recorded runs").count()).toBe(1);
    await expect.poll(() => page.locator(".run-card:visible").count()).toBe(1);
    await nothingBroke(page);
  });

  test("the page stays within its JavaScript budget", async () => {
    await open(recordings(seven));
    const loaded = await visited!.scripts();
    const plot = visited!.requests.findIndex((url) => url.includes("/_npm/@observablehq/plot"));
    const earlier = new Set(visited!.requests.slice(0, plot));
    const sum = (list: {bytes: number}[]) => list.reduce((total, {bytes}) => total + bytes, 0);
    expect(sum(loaded.filter(({url}) => earlier.has(url)))).toBeLessThanOrEqual(60_000);
    expect(sum(loaded)).toBeLessThanOrEqual(230_000);
  });
});
