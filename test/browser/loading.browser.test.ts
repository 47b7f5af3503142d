import {readdirSync} from "node:fs";
import {inject, expect, test} from "vitest";
import {pagesOfSite, visit} from "./visit.js";

const isPlot = (url: string) => url.includes("/_npm/@observablehq/plot");
const isTfjs = (url: string) => url.includes("/@tensorflow/");
const sum = (list: {bytes: number}[]) => list.reduce((total, {bytes}) => total + bytes, 0);

test.each(pagesOfSite())("%s stays within its JavaScript budget and asks for no tfjs", async (path) => {
  const {scripts, requests, close} = await visit(path);
  const loaded = await scripts();
  expect(loaded.length).toBeGreaterThan(0);
  const firstPlot = requests.findIndex(isPlot);
  const earlier = new Set(firstPlot < 0 ? requests : requests.slice(0, firstPlot));
  const before = loaded.filter(({url}) => earlier.has(url));
  expect(sum(before)).toBeLessThanOrEqual(60_000); // gzipped bytes, before the first plot
  expect(sum(loaded)).toBeLessThanOrEqual(230_000); // with Plot and d3
  expect(requests.filter(isTfjs)).toEqual([]);
  await close();
});

test("asking for training brings exactly one tfjs, wherever it is used", async () => {
  const {page, requests, close} = await visit("/week2/resnet-from-scratch", {backend: "cpu"});
  await page.getByRole("button", {name: "Train", exact: true}).first().click();
  const bundles = () => new Set(requests.filter((url) => url.includes("/@tensorflow/tfjs@")));
  await expect.poll(() => bundles().size, {timeout: 60_000}).toBe(1);
  await page.waitForTimeout(2000);
  expect(bundles().size).toBe(1);
  await close();
});

test("the site holds one tfjs, under one hashed name", () => {
  const files = readdirSync(inject("folder"), {recursive: true, encoding: "utf8"});
  const bundles = files.filter((name) => /@tensorflow\/tfjs@[^/]*\/.*\.js$/.test(name.replaceAll("\\", "/")));
  expect(bundles).toHaveLength(1);
  expect(bundles[0]).toMatch(/index\.[0-9a-f]{8}\.js$/);
});
