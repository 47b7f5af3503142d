import {afterEach, describe, expect, test} from "vitest";
import type {Page} from "playwright-core";
import {fewGreys, offering, type Files} from "./recordings.js";
import {namedDigest, sslRecordings} from "./sslRecordings.js";
import {failures, settled, visit, type Visit} from "./visit.js";

let visited: Visit | undefined;
afterEach(() => visited?.close());

const open = async (path: string, files: Files): Promise<Page> => {
  visited = await visit(path, {prepare: offering(files)});
  return visited.page;
};

const curveOf = (page: Page, name: RegExp) => page.getByRole("img", {name}).first().getAttribute("aria-label");

const nothingBroke = async (page: Page) => {
  expect(await failures(page)).toEqual([]);
  expect(visited!.errors).toEqual([]);
};

/** Loads the map, scrubs it to its first epoch, and presses a point. */
async function exploreMap(page: Page): Promise<void> {
  await page.getByRole("button", {name: /^Load the map of its features/}).click();
  await page.getByText("The first 40 test images after epoch 30.").waitFor();
  const scrub = page.getByRole("slider", {name: "epoch", exact: true});
  await scrub.fill("10");
  await page.getByText("The first 40 test images after epoch 10.").waitFor();
  expect(await page.getByText("after epoch 30.").count()).toBe(0);
  await page.locator("g[aria-label=dot] > *").first().dispatchEvent("click");
}

const pages = [
  {method: "simclr", epochs: 60, network: "recorded run"},
  {method: "moco", epochs: 30, network: "recorded run"},
  {method: "dino", epochs: 100, network: "recorded run"}
];

describe.each(pages)("$method", ({method, epochs}) => {
  const files = () => sslRecordings([{name: `${method}-seed-1`, epochs, map: true}], namedDigest);

  test("without a record claims no number", async () => {
    const page = await open(`/week3/${method}`, new Map());
    await expect.poll(() => page.locator("b", {hasText: "Not recorded yet."}).count()).toBe(1);
    expect(await page.getByRole("button", {name: /^Load the map/}).count()).toBe(0);
    expect(await page.locator(".run-card").count()).toBe(0);
    await nothingBroke(page);
  });

  test("shows its run's kNN beside the published curve, its scores, its probe by labels, and its card", async () => {
    const page = await open(`/week3/${method}`, files());
    expect(await page.locator("b", {hasText: "Not recorded yet."}).count()).toBe(0);
    expect(await curveOf(page, /^kNN \(%\) over epoch/)).toMatch(
      new RegExp(`${method}-seed-1, recorded here: .* published: `, "s")
    );
    const table = page.locator("table", {hasText: "linear probe (%)"});
    expect(await table.locator("tbody tr").first().textContent()).toMatch(
      /recorded run.*71\.00.*77\.00|recorded run.*77\.00/
    );
    expect(await table.textContent()).toMatch(/raw pixels/);
    expect(await curveOf(page, /^test accuracy \(%\) over labels a class/)).toMatch(
      /30.* at labels a class 1, .*66.* at labels a class 100/
    );
    await expect.poll(() => page.locator(".run-card").count()).toBe(1);
    await nothingBroke(page);
  });

  test("scrubs the map of its features over epochs and names the neighbours of a pressed point", async () => {
    const page = await open(`/week3/${method}`, files());
    await exploreMap(page);
    await page.getByText(/^pressed: .*; nearest neighbours: /).waitFor();
    await nothingBroke(page);
  });

  test("shows the neighbours as images where the data is the run's", async () => {
    const page = await open(`/week3/${method}`, new Map([...files(), ...fewGreys(namedDigest)]));
    await exploreMap(page);
    await page.getByText("The pressed record and its nearest neighbours, nearest first.").waitFor();
    await nothingBroke(page);
  });
});

test("SimCLR's requirement is held against the record, and its probe is shown by class", async () => {
  const page = await open(
    "/week3/simclr",
    sslRecordings([{name: "simclr-seed-1", epochs: 60, map: true}], namedDigest)
  );
  await expect.poll(() => page.locator("[data-check=pass]", {hasText: "linear probe at least 75 %"}).count()).toBe(1);
  await expect.poll(() => page.getByText("Recorded. Of each class's test images").count()).toBe(1);
});

test("MoCo's kNN stands beside SimCLR's where both are recorded, and both have a row in DINO's table of clusters", async () => {
  const named = (method: string, epochs: number) => ({name: `${method}-seed-1`, epochs, map: true});
  const both = sslRecordings([named("moco", 30), named("simclr", 60)], namedDigest);
  const page = await open("/week3/moco", both);
  expect(await curveOf(page, /^kNN \(%\) over epoch/)).toMatch(
    /moco-seed-1, recorded here: .*simclr-seed-1, recorded here: .*published: /s
  );
  await nothingBroke(page);
  await visited!.close();
  const dino = await open("/week3/dino", new Map([...both, ...sslRecordings([named("dino", 100)], namedDigest)]));
  const clusters = dino.locator("table", {hasText: "k-means, k = 10"});
  await expect
    .poll(() => clusters.textContent())
    .toMatch(/SimCLR, width 4, recorded here.*MoCo v2, width 4, recorded/s);
  await nothingBroke(dino);
});

describe("DINO's clusters and short runs", () => {
  const short = [
    ...["on", "off"].flatMap((centring) =>
      ["on", "off"].map((sharpening) => ({
        name: `dino-centring-${centring}-sharpening-${sharpening}-seed-1`,
        epochs: 5,
        config: {centring}
      }))
    ),
    ...[0, 4].map((locals) => ({name: `dino-locals-${locals}-seed-1`, epochs: 10, config: {locals}}))
  ];
  const all = () => sslRecordings([{name: "dino-seed-1", epochs: 100, map: true}, ...short], namedDigest);

  test("the ablation has four entropies, the comparison of local views two curves, and k-means its baselines", async () => {
    const page = await open("/week3/dino", all());
    expect(await curveOf(page, /^teacher's entropy \(nats\) over epoch/)).toMatch(
      /centring on, sharpening on.*centring on, sharpening off|centring off, sharpening off.*centring on, sharpening on/s
    );
    await expect.poll(() => page.getByText("centring × sharpening on CIFAR-10, 4 of 4.").count()).toBe(1);
    expect(await page.locator("table", {hasText: "after five epochs"}).textContent()).toContain(
      "centring off, sharpening on, recorded here2.1001.0000.60040.0"
    );
    expect(await curveOf(page, /^told about the image, I \(nats\) over epoch/)).toMatch(/centring off, sharpening off/);
    const locals = await page
      .getByRole("img", {name: /local views/})
      .first()
      .getAttribute("aria-label");
    expect(locals).toMatch(/0 local views: .*4 local views: /s);
    const clusters = page.locator("table", {hasText: "k-means, k = 10"});
    expect(await clusters.textContent()).toMatch(
      /DINO, recorded here50\.00 ± 1\.00.*raw pixels, Euclidean, recorded here22\.00/s
    );
    await nothingBroke(page);
  });

  test("clusters that are the classes under other names are all right after matching, and their middles are of one class", async () => {
    const page = await open("/week3/dino", new Map([...all(), ...fewGreys(namedDigest)]));
    await page.getByRole("button", {name: /^Load the map of its features and its clusters/}).click();
    await page.getByText("Recorded. Classes by clusters after matching: 100.0 %").waitFor();
    await page.getByText("Recorded. The test images nearest to each centre.").waitFor();
    await settled(page);
    const cells = await page
      .locator(".confusion tbody tr")
      .evaluateAll((rows) => rows.map((row, i) => Number(row.querySelectorAll("td")[i].textContent)));
    expect(cells).toEqual(Array(10).fill(40));
    await nothingBroke(page);
  });
});
