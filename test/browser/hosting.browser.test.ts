import {expect, inject, test} from "vitest";
import {failures, pagesOfSite, settled, visit} from "./visit.js";

// The page for unknown addresses is served at any depth, so it alone names the base path (SITE_BASE at build time).
const pages = pagesOfSite().filter((path) => path !== "/404");

test.each(pages)("%s works below a base path", async (path) => {
  const {page, errors, requests, close} = await visit(path, {hosted: true});
  expect(await failures(page)).toEqual([]);
  expect(errors).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(`${inject("hosted")}/`))).toEqual([]);
  await close();
});

test("a host without headers gets isolation by one reload", async () => {
  const {page, context, close} = await visit("/", {hosted: true});
  let loads = 0;
  page.on("load", () => ++loads);
  await page.waitForFunction(() => crossOriginIsolated);
  await settled(page);
  expect(loads).toBeLessThanOrEqual(1);
  await page.reload();
  await settled(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const second = await context.newPage();
  await second.goto(`${inject("hosted")}/`);
  expect(await second.evaluate(() => crossOriginIsolated)).toBe(true);
  await close();
});

test("where service workers are blocked the page works and does not reload", async () => {
  const {page, errors, requests, close} = await visit("/", {hosted: true, serviceWorkers: "block"});
  await page.waitForTimeout(1000);
  expect(requests.filter((url) => url === `${inject("hosted")}/`)).toHaveLength(1);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(errors).toEqual([]);
  await close();
});

test("an unknown address gets the site's own page", async () => {
  const {page, close} = await visit("/no-such-page");
  expect(await page.locator("main").innerText()).toMatch(/does not exist/);
  await close();
});
