import {afterEach, expect, test} from "vitest";
import type {Page} from "playwright-core";
import {failures, settled, visit, type Visit} from "./visit.js";

let visited: Visit | undefined;
afterEach(() => visited?.close());

const wide = {viewport: {width: 1280, height: 900}};
const few = {width: 4, images: 500, testImages: 500, epochs: 1, batch: 128};

/** A page whose panel is set to one short epoch, trained, and looked at. */
async function lookedAt(method: string, settings: Record<string, number | string> = {}): Promise<Page> {
  const search = Object.entries({...few, ...settings}).map(([name, value]) => `${method}.${name}=${value}`);
  visited = await visit(`/week3/${method}?${search.join("&")}`, {backend: "wasm", ...wide});
  const {page} = visited;
  await page.getByRole("button", {name: "Train", exact: true}).click();
  const look = page.getByRole("button", {name: "Look at this network"});
  await look.waitFor({timeout: 150_000});
  await look.click();
  await page.getByText("the same network, untrained").first().waitFor({timeout: 150_000});
  await page.getByText("Press a point to see its nearest neighbours.").waitFor({timeout: 150_000});
  await settled(page);
  return page;
}

/** How far the page is wider than a window of 380 pixels, when it has been narrowed to that. */
async function excess(page: Page): Promise<number> {
  await page.setViewportSize({width: 380, height: 900});
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await expect.poll(over, {timeout: 10_000}).toBeLessThanOrEqual(0);
  return over();
}

async function nothingBroke(page: Page): Promise<void> {
  expect(await failures(page)).toEqual([]);
  expect(visited!.errors).toEqual([]);
}

test("SimCLR's page measures both sides of the head after a run, and a narrower window needs no sideways scroll", async () => {
  const page = await lookedAt("simclr");
  const sides = page.locator("table", {hasText: "from z, untrained"});
  expect(await sides.locator("tbody tr").count()).toBe(3);
  for (const share of await sides.locator("tbody td").allTextContents()) expect(share).toMatch(/^\d+\.\d %$/);
  expect(await excess(page)).toBeLessThanOrEqual(0);
  await nothingBroke(page);
}, 300_000);

test("DINO's page shows where a transformer looks, its clusters and how many there might be", async () => {
  const page = await lookedAt("dino", {encoder: "vit"});
  await page.getByText("of the attention of the trained heads").waitFor({timeout: 60_000});
  expect(await page.locator("canvas[aria-label='head 2']").count()).toBe(6);
  expect(await page.getByText(/The silhouette prefers K = \d+/).count()).toBe(1);
  expect(await page.getByText(/Classes by clusters, each cluster under the class/).count()).toBe(1);
  expect(await excess(page)).toBeLessThanOrEqual(0);
  await nothingBroke(page);
}, 300_000);

test("MoCo's page shows the leak of small groups, and its cure, on wasm", async () => {
  visited = await visit("/week3/moco", {backend: "wasm", ...wide});
  const {page} = visited;
  await page.getByRole("button", {name: /^Train both/}).click();
  await page
    .locator("[data-check=pass]", {hasText: "With shuffled keys nothing is given away"})
    .waitFor({timeout: 120_000});
  expect(await excess(page)).toBeLessThanOrEqual(0);
  await nothingBroke(page);
}, 300_000);

test("MoCo's page shows what becomes of a queue without momentum, on wasm", async () => {
  visited = await visit("/week3/moco", {backend: "wasm", ...wide});
  const {page} = visited;
  await page.getByRole("button", {name: "Compare m = 0, 0.9, 0.99"}).click();
  for (const claim of ["At m = 0 another image's new key would do", "At the end the loss at m = 0.99"])
    await page.locator("[data-check=pass]", {hasText: claim}).waitFor({timeout: 240_000});
  expect(await excess(page)).toBeLessThanOrEqual(0);
  await nothingBroke(page);
}, 300_000);
